package dev.containertui.tui.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From screen to screen. */
final class Navigation {
  private Navigation() {}

  static List<Action> actions(Program program) {
    List<Action> actions = new ArrayList<>();
    for (ScreenId id : ScreenId.values()) {
      if (program.has(id)) {
        actions.add(
            Action.of(
                "go." + id.name().toLowerCase(Locale.ROOT),
                Context.GLOBAL,
                Integer.toString(id.number()),
                "to " + id.title(),
                "",
                s -> program.go(s, id)));
      }
    }
    actions.add(step(program, "go.next", "] tab", "to the next screen", 1));
    actions.add(step(program, "go.previous", "[ shift-tab", "to the screen before", -1));
    return actions;
  }

  private static Action step(Program program, String name, String keys, String title, int by) {
    return Action.of(
        name,
        Context.GLOBAL,
        keys,
        title,
        "",
        s -> {
          ScreenId to = s.get(Shell.SLOT).screen().next(by);
          while (!program.has(to)) {
            to = to.next(by);
          }
          return program.go(s, to);
        });
  }
}
