package dev.containertui.tui.console;

import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.overlay.Confirm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a guest wants on the user's clipboard. It is asked for once per console, and never by a
 * dialog that opens by itself: a guest could time that so that a key meant for something else says
 * yes.
 */
final class GuestClipboard {
  private static final int PREVIEW_LINES = 6;

  private GuestClipboard() {}

  static Step wanted(State state, PanePlace place, String text) {
    Optional<Pane> pane = place.pane(state);
    if (pane.isEmpty()) {
      return Step.to(state);
    }
    return switch (pane.get().clipboard().policy()) {
      case ALLOW -> Step.to(state, put(text));
      case REFUSE -> Step.to(state);
      case ASK -> {
        boolean first = pane.get().clipboard().wish().isEmpty();
        State kept = place.with(state, pane.get().with(pane.get().clipboard().wish(text)));
        yield Step.to(
            first
                ? Shell.note(
                    kept,
                    pane.get().name() + " wants to write to your clipboard",
                    "detach, then C decides")
                : kept);
      }
    };
  }

  /** Asks; whatever the answer, it is not asked for again. */
  static Step decide(State state, PanePlace place) {
    Optional<Pane> pane = place.pane(state);
    Optional<String> wish = pane.flatMap(p -> p.clipboard().wish());
    if (wish.isEmpty()) {
      return Step.to(
          Shell.note(state, "no program in this console has asked for your clipboard", ""));
    }
    State refused = place.with(state, pane.get().with(ClipboardRule.REFUSED));
    return Step.to(
        Confirm.ask(
            refused,
            "May " + pane.get().name() + " write to your clipboard?",
            preview(wish.get(), "It wants to put there, and later what it likes:"),
            s -> {
              State allowed =
                  place.pane(s).map(p -> place.with(s, p.with(ClipboardRule.ALLOWED))).orElse(s);
              return Step.to(allowed, put(wish.get()));
            }));
  }

  private static Effect put(String text) {
    return new Effect("copy", host -> host.clipboard(text));
  }

  /** The first lines of a text under a heading. */
  static List<String> preview(String text, String heading) {
    List<String> all = text.lines().toList();
    List<String> lines = new ArrayList<>(List.of(heading, ""));
    all.stream().limit(PREVIEW_LINES).map(l -> "  " + cut(l)).forEach(lines::add);
    if (all.size() > PREVIEW_LINES) {
      lines.add("  … " + (all.size() - PREVIEW_LINES) + " more lines");
    }
    return lines;
  }

  private static String cut(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
