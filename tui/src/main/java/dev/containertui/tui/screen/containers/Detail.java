package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The details of the selected container: a frame with tabs, and in it the pane of one. */
final class Detail {
  /** Keys that work in all panes. */
  static final Context CONTEXT = new Context("containers.detail", "Containers: the details");

  /** The same from the list. */
  static final Context FROM_LIST = new Context("containers.view", "Containers: to the details");

  private static final int NAME_WIDTH = 24;

  private final List<Pane> panes =
      List.of(
          new LogPane(),
          new StatsPane(),
          new InspectPane(),
          new FilesPane(),
          new BootPane(),
          new ProcessesPane());

  List<Action> actions() {
    List<Action> all = new ArrayList<>();
    for (Context context : List.of(FROM_LIST, CONTEXT)) {
      boolean list = context == FROM_LIST;
      String prefix = context.name() + ".";
      all.add(
          list
              ? arrange(
                  context,
                  "enter",
                  "enter l right tab",
                  "to the details",
                  "details",
                  Arrangement::enter)
              : arrange(
                  context,
                  "leave",
                  "esc h tab shift-tab",
                  "to the list",
                  "list",
                  Arrangement::leave));
      all.add(arrange(context, "next", "]", "next tab", "", a -> a.with(next(a, 1))));
      all.add(arrange(context, "previous", "[", "tab before", "", a -> a.with(next(a, -1))));
      all.add(arrange(context, "bigger", "+ =", "more room for the details", "", a -> a.resize(1)));
      all.add(arrange(context, "smaller", "-", "less room for the details", "", a -> a.resize(-1)));
      all.add(
          arrange(context, "zoom", "z", "the details alone, or not", "zoom", Arrangement::zoom));
      for (Pane pane : panes) {
        Tab tab = pane.tab();
        all.add(
            Action.of(
                prefix + tab.name().toLowerCase(java.util.Locale.ROOT),
                context,
                key(tab),
                tab.title().toLowerCase(java.util.Locale.ROOT),
                "",
                s -> Step.to(s.with(Arrangement.SLOT, a -> a.with(tab).enter()))));
      }
    }
    for (Pane pane : panes) {
      all.addAll(pane.actions());
    }
    return all;
  }

  private static String key(Tab tab) {
    return switch (tab) {
      case LOGS -> "L";
      case STATS -> "M";
      case INSPECT -> "i";
      case FILES -> "F";
      case BOOT -> "B";
      case PROCESSES -> "T";
    };
  }

  private static Action arrange(
      Context context,
      String name,
      String keys,
      String title,
      String hint,
      UnaryOperator<Arrangement> change) {
    Change run = s -> Step.to(s.with(Arrangement.SLOT, change));
    return Action.of(context.name() + "." + name, context, keys, title, hint, run);
  }

  private Tab next(Arrangement now, int step) {
    Tab tab = now.tab().next(step);
    while (find(tab).isEmpty()) {
      tab = tab.next(step);
    }
    return tab;
  }

  private Optional<Pane> find(Tab tab) {
    return panes.stream().filter(p -> p.tab() == tab).findFirst();
  }

  Pane pane(State state) {
    return find(Arrangement.of(state).tab()).orElseThrow();
  }

  /**
   * @param current whether the screen is
   */
  Step settled(State state, boolean current) {
    boolean seen = current && !Arrangement.parts(state).detail().isEmpty();
    Optional<ContainerFacts> selected = seen ? ContainerTable.selected(state) : Optional.empty();
    Tab tab = Arrangement.of(state).tab();
    Step step = Step.to(state);
    for (Pane pane : panes) {
      Optional<ContainerFacts> shown = selected.filter(_ -> pane.tab() == tab);
      step = step.then(s -> pane.settled(s, shown));
    }
    return step;
  }

  Step ticked(State state) {
    if (Arrangement.parts(state).detail().isEmpty()) {
      return Step.to(state);
    }
    return ContainerTable.selected(state)
        .map(c -> pane(state).ticked(state, c))
        .orElse(Step.to(state));
  }

  Optional<Step> mouse(State state, Mouse mouse, Rect rect) {
    Optional<Step> step = Optional.empty();
    if (mouse.row() == rect.y()) {
      step = tabAt(state, rect, mouse);
    } else if (rect.inset(1).contains(mouse.column(), mouse.row())) {
      step = pane(state).mouse(state, mouse, rect.inset(1));
    }
    boolean pressed = mouse.action() == Mouse.Action.PRESS && mouse.button() == Mouse.Button.LEFT;
    if (step.isEmpty() && !pressed) {
      return Optional.empty();
    }
    Step done = step.orElse(Step.to(state));
    return Optional.of(
        pressed ? done.then(s -> Step.to(s.with(Arrangement.SLOT, Arrangement::enter))) : done);
  }

  private Optional<Step> tabAt(State state, Rect rect, Mouse mouse) {
    int x = tabStart(rect, ContainerTable.selected(state));
    for (Pane pane : panes) {
      int end = x + CharWidth.of(pane.tab().title());
      if (mouse.column() >= x && mouse.column() < end) {
        return Optional.of(Step.to(state.with(Arrangement.SLOT, a -> a.with(pane.tab()))));
      }
      x = end + 2;
    }
    return Optional.empty();
  }

  private static int tabStart(Rect rect, Optional<ContainerFacts> selected) {
    int name = selected.map(c -> Math.min(nameRoom(rect), CharWidth.of(c.name()))).orElse(0);
    return rect.x() + 3 + name + 2;
  }

  private static int nameRoom(Rect rect) {
    return Math.clamp(rect.width() - 52, 6, NAME_WIDTH);
  }

  void draw(Canvas canvas, Rect rect, State state, Optional<ContainerFacts> selected) {
    Theme theme = Theme.of(state);
    boolean focused = Arrangement.of(state).inDetail();
    canvas.box(
        rect,
        "",
        theme.style(focused ? Look.BORDER_FOCUSED : Look.BORDER),
        theme.style(Look.TITLE));
    Rect inside = rect.inset(1);
    if (selected.isEmpty()) {
      if (!inside.isEmpty()) {
        TableView.message(
            canvas, inside, theme, List.of("No container is selected: there is nothing to tell."));
      }
      return;
    }
    ContainerFacts container = selected.get();
    Pane pane = pane(state);
    tabs(canvas, rect, theme, container, pane.tab(), focused);
    if (!inside.isEmpty()) {
      pane.draw(canvas, inside, state, container, focused);
    }
    String status = pane.status(state, container).strip();
    if (!status.isEmpty() && rect.width() > 12) {
      int width = Math.min(rect.width() - 6, CharWidth.of(status) + 2);
      canvas.text(
          rect.x() + rect.width() - 2 - width,
          rect.y() + rect.height() - 1,
          width,
          " " + status + " ",
          theme.style(Look.FAINT));
    }
  }

  private void tabs(
      Canvas canvas, Rect rect, Theme theme, ContainerFacts container, Tab now, boolean focused) {
    int room = nameRoom(rect);
    int width = Math.min(room, CharWidth.of(container.name()));
    canvas.text(rect.x() + 2, rect.y(), 1, " ", theme.style(Look.PLAIN));
    canvas.text(
        rect.x() + 3,
        rect.y(),
        width,
        container.name(),
        theme.style(focused ? Look.TITLE : Look.FAINT));
    int x = tabStart(rect, Optional.of(container));
    canvas.text(x - 2, rect.y(), 2, "  ", theme.style(Look.PLAIN));
    int right = rect.x() + rect.width() - 2;
    for (Pane pane : panes) {
      String title = pane.tab().title();
      if (x + CharWidth.of(title) > right) {
        return;
      }
      x =
          canvas.text(
              x, rect.y(), title, theme.style(pane.tab() == now ? Look.TAB_CURRENT : Look.TAB));
      x = canvas.text(x, rect.y(), Math.min(2, right - x), "  ", theme.style(Look.PLAIN));
    }
  }
}
