package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import java.util.List;

/** Tables within the details. */
final class Tables {
  private Tables() {}

  /**
   * What a table can do, but for marking; its Esc goes back to the list when there is nothing to
   * clear.
   */
  static List<Action> actions(TableActions<?> table) {
    String prefix = table.context().name() + ".";
    return table.all().stream()
        .filter(a -> !a.name().startsWith(prefix + "mark"))
        .map(a -> a.name().equals(prefix + "clear") ? orBack(table, a) : a)
        .toList();
  }

  private static Action orBack(TableActions<?> table, Action clear) {
    return new Action(
        clear.name(),
        clear.context(),
        clear.keys(),
        "clear the filter, then back",
        clear.hint(),
        s -> {
          TableState now = s.get(table.slot());
          return now.filter().isEmpty() ? back(s) : clear.run().apply(s);
        });
  }

  static Step back(State state) {
    return Step.to(state.with(Arrangement.SLOT, Arrangement::leave));
  }
}
