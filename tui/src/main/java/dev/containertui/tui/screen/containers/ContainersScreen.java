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
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All containers, and what there is to know of the selected one. */
public final class ContainersScreen implements WorkScreen {
  /** What the user has done to the list. */
  public static final Slot<TableState> TABLE = ContainerTable.SLOT;

  static final Context CONTEXT = new Context("containers", "Containers: the list");

  private final TableActions<ContainerRow> table =
      new TableActions<>(CONTEXT, ContainerTable.TABLE, ContainerTable.SLOT, ContainerRow::all);
  private final ContainerActions actions = new ContainerActions(table);
  private final Detail detail = new Detail();

  @Override
  public ScreenId id() {
    return ScreenId.CONTAINERS;
  }

  @Override
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(actions.all());
    all.addAll(table.all());
    all.addAll(detail.actions());
    return all;
  }

  @Override
  public List<Context> contexts(State state) {
    List<Context> contexts = new ArrayList<>();
    if (Arrangement.of(state).inDetail()) {
      contexts.add(detail.pane(state).context(state));
      contexts.add(Detail.CONTEXT);
      contexts.add(ContainerActions.CONTEXT);
    } else {
      contexts.add(ContainerActions.CONTEXT);
      contexts.add(Detail.FROM_LIST);
      contexts.add(CONTEXT);
    }
    return contexts;
  }

  @Override
  public Step settled(State state) {
    return detail.settled(state, true);
  }

  @Override
  public Step left(State state) {
    return detail.settled(state, false);
  }

  @Override
  public Step ticked(State state) {
    return detail.ticked(state);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    Arrangement.Parts parts = Arrangement.parts(state, area);
    if (parts.list().contains(mouse.column(), mouse.row())) {
      return table
          .mouse(state, mouse, parts.list())
          .map(step -> step.then(s -> Step.to(s.with(Arrangement.SLOT, Arrangement::leave))));
    }
    return parts.detail().contains(mouse.column(), mouse.row())
        ? detail.mouse(state, mouse, parts.detail())
        : Optional.empty();
  }

  @Override
  public Optional<String> badge(State state) {
    int running = Facts.of(state).running();
    return running == 0 ? Optional.empty() : Optional.of(Integer.toString(running));
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Arrangement arrangement = Arrangement.of(state);
    Arrangement.Parts parts = Arrangement.parts(state, area);
    if (!parts.list().isEmpty()) {
      TableView.draw(
          canvas,
          parts.list(),
          Theme.of(state),
          ContainerTable.TABLE,
          state.get(ContainerTable.SLOT),
          ContainerRow.all(state),
          whyEmpty(state),
          !arrangement.inDetail());
    }
    if (!parts.detail().isEmpty()) {
      Optional<ContainerFacts> selected = ContainerTable.selected(state);
      detail.draw(canvas, parts.detail(), state, selected);
    }
  }

  private static List<String> whyEmpty(State state) {
    Facts facts = Facts.of(state);
    String filter = state.get(ContainerTable.SLOT).filter().text();
    if (!facts.failure().isEmpty()) {
      return List.of("The containers cannot be listed.", facts.failure());
    } else if (!facts.containersKnown()) {
      return List.of("Looking for containers …");
    } else if (!facts.containers().isEmpty()) {
      return List.of("No container matches /" + filter + ".", "esc clears the filter.");
    } else if (facts.images().isEmpty()) {
      return List.of(
          "No containers yet, and no image to make one of.", "Press 2, and p to fetch an image.");
    }
    return List.of("No containers yet.", "Press 2, choose an image and press r.");
  }
}
