package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.KeyTable;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The keys that work here, made from the table of keys itself. */
public final class HelpPage {
  private static final int KEYS_WIDTH = 18;

  private HelpPage() {}

  /** The global action that opens it; {@code program} is asked when it runs. */
  public static Action action(Supplier<Program> program) {
    return Action.of(
        "help", Context.GLOBAL, "? f1", "what the keys do here", "help", s -> open(program, s));
  }

  public static Step open(Supplier<Program> program, State state) {
    return Step.to(
        TextPage.open(state, "Help", lines(program.get().keys(), program.get().contexts(state))));
  }

  static List<String> lines(KeyTable keys, List<Context> contexts) {
    List<String> lines = new ArrayList<>();
    for (Context context : contexts) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(context.title());
      for (Action action : keys.actions(context)) {
        String chords =
            keys.keys(action).stream().map(Chord::toString).collect(Collectors.joining(" "));
        lines.add("  " + pad(chords.isEmpty() ? "–" : chords) + "  " + action.title());
      }
    }
    return lines;
  }

  private static String pad(String text) {
    return text + " ".repeat(Math.max(0, KEYS_WIDTH - text.length()));
  }
}
