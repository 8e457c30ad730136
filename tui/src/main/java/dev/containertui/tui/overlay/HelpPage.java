package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.KeyTable;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The keys that work here, made from the table of keys itself. */
public final class HelpPage {
  private static final int MIN_KEYS_WIDTH = 8;
  private static final int MAX_KEYS_WIDTH = 24;

  private HelpPage() {}

  /** The global action that opens it; {@code program} is asked when it runs. */
  public static Action action(Supplier<Program> program) {
    return Action.of(
        "help", Context.GLOBAL, "? f1", "what the keys do here", "help", s -> open(program, s));
  }

  public static Step open(Supplier<Program> program, State state) {
    KeyTable keys = program.get().keys();
    List<Context> contexts = program.get().contexts(state);
    return Step.to(TextPage.open(state, "Help", width -> lines(keys, contexts, width)));
  }

  /** A column of keys and one of what they do, both broken at words. */
  static List<String> lines(KeyTable keys, List<Context> contexts, int width) {
    int widest =
        contexts.stream()
            .flatMap(c -> keys.actions(c).stream())
            .mapToInt(a -> chords(keys, a).length())
            .max()
            .orElse(0);
    int column = Math.min(widest, Math.clamp(width / 3, MIN_KEYS_WIDTH, MAX_KEYS_WIDTH));
    List<String> lines = new ArrayList<>();
    for (Context context : contexts) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(context.title());
      for (Action action : keys.actions(context)) {
        List<String> left = Wrap.lines(List.of(chords(keys, action)), column);
        List<String> right = Wrap.lines(List.of(action.title()), width - column - 4);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
          String chord = i < left.size() ? left.get(i) : "";
          String title = i < right.size() ? right.get(i) : "";
          lines.add(("  " + pad(chord, column) + "  " + title).stripTrailing());
        }
      }
    }
    return lines;
  }

  private static String chords(KeyTable keys, Action action) {
    List<Chord> chords = keys.keys(action);
    return chords.isEmpty()
        ? "–"
        : chords.stream().map(Chord::toString).collect(Collectors.joining(" "));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
