package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;

/** All containers, and what there is to know of the selected one. */
public final class ContainersScreen implements WorkScreen {
  static final Context CONTEXT = new Context("containers", "Containers");
  public static final Slot<TableState> TABLE = new Slot<>("containers.table", TableState.START);

  private final TableActions<ContainerRow> table =
      new TableActions<>(CONTEXT, ContainerTable.TABLE, TABLE, ContainerRow::all);

  @Override
  public ScreenId id() {
    return ScreenId.CONTAINERS;
  }

  @Override
  public List<Action> actions() {
    return table.all();
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return table.mouse(state, mouse, area);
  }

  @Override
  public Optional<String> badge(State state) {
    int running = Facts.of(state).running();
    return running == 0 ? Optional.empty() : Optional.of(Integer.toString(running));
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    TableView.draw(
        canvas,
        area,
        Theme.of(state),
        ContainerTable.TABLE,
        state.get(TABLE),
        ContainerRow.all(state),
        whyEmpty(state),
        true);
  }

  private static List<String> whyEmpty(State state) {
    Facts facts = Facts.of(state);
    String filter = state.get(TABLE).filter().text();
    if (!facts.failure().isEmpty()) {
      return List.of("The containers cannot be listed.", facts.failure());
    } else if (!facts.containersKnown()) {
      return List.of("Looking for containers …");
    } else if (!filter.isBlank()) {
      return List.of("No container matches /" + filter + ".", "esc clears the filter.");
    } else if (facts.images().isEmpty()) {
      return List.of(
          "No containers yet, and no image to make one of.",
          ":pull busybox fetches an image,",
          ":run -it busybox starts a container of it.");
    }
    return List.of("No containers yet.", "Press 2, choose an image and press r.");
  }
}
