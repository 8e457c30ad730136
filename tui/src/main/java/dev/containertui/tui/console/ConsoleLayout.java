package dev.containertui.tui.console;

import dev.containertui.tui.app.Chrome;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.draw.Rect;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tabs and the panes of the current one are.
 *
 * @param tabs the row of tabs; empty if there is only one tab
 */
public record ConsoleLayout(Rect tabs, List<Placed> panes) {
  /**
   * @param index of the pane in its tab
   * @param rect with its frame
   */
  public record Placed(int index, Pane pane, Rect rect) {
    public Rect inside() {
      return rect.inset(1);
    }
  }

  static ConsoleLayout of(State state) {
    Shell shell = state.get(Shell.SLOT);
    return of(state.get(Consoles.SLOT), Chrome.body(shell.columns(), shell.rows()));
  }

  public static ConsoleLayout of(Consoles consoles, Rect area) {
    boolean row = consoles.tabs().size() > 1;
    Rect tabs = new Rect(area.x(), area.y(), area.width(), row ? 1 : 0);
    Rect rest =
        new Rect(area.x(), area.y() + tabs.height(), area.width(), area.height() - tabs.height());
    List<Placed> placed = new ArrayList<>();
    consoles
        .tab()
        .ifPresent(
            tab -> {
              int count = tab.panes().size();
              List<Rect> tiles = tab.zoomed() ? List.of() : Tiling.of(count, rest);
              if (tiles.isEmpty()) {
                placed.add(new Placed(tab.focus(), tab.focused(), rest));
              }
              for (int i = 0; i < tiles.size(); i++) {
                placed.add(new Placed(i, tab.panes().get(i), tiles.get(i)));
              }
            });
    return new ConsoleLayout(tabs, placed);
  }

  /** Where the pane with the focus is. */
  public Rect focused(Consoles consoles) {
    int focus = consoles.tab().map(Tab::focus).orElse(0);
    return panes.stream()
        .filter(p -> p.index() == focus)
        .map(Placed::inside)
        .findFirst()
        .orElse(new Rect(0, 0, 0, 0));
  }
}
