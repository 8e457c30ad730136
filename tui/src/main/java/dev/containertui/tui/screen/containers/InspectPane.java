package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.text.Search;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableView;
import dev.containertui.tui.widget.TextLine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** All that the engine knows of the container: JSON that can be folded and searched. */
final class InspectPane implements Pane {
  static final Context CONTEXT = new Context("containers.inspect", "Containers: inspect");
  static final Slot<Fetched<List<JsonRow>>> ROWS =
      new Slot<>("containers.inspect.rows", Fetched.nothing());

  private static final int INDENT = 2;

  private final Fetcher<List<Object>, List<JsonRow>> fetcher =
      new Fetcher<>(
          ROWS,
          "inspect",
          (host, c, _) -> JsonRow.of(host.engine().containers().inspectJson(c.id())));

  @Override
  public Tab tab() {
    return Tab.INSPECT;
  }

  @Override
  public Context context(State state) {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        move("up", "k up", "a line up", -1),
        move("down", "j down", "a line down", 1),
        move("page-up", "pgup ctrl-b ctrl-u", "ten lines up", -10),
        move("page-down", "pgdn ctrl-f ctrl-d", "ten lines down", 10),
        move("first", "g home", "to the start", -JsonRow.MAX_ROWS),
        move("last", "G end", "to the end", JsonRow.MAX_ROWS),
        action(
            "fold", "enter space o", "fold or unfold", "fold", s -> onRow(s, InspectState::toggle)),
        action("fold-all", "O", "fold everything, or nothing", "", InspectPane::foldAll),
        action(
            "search", "/", "search; ~ before a regular expression", "search", InspectPane::search),
        action("next", "n", "to the next match", "", s -> find(s, 1, false)),
        action("previous", "N", "to the match before", "", s -> find(s, -1, false)),
        action("copy", "y", "copy the value", "", InspectPane::copy),
        action("clear", "esc", "clear the search, then back", "", InspectPane::clear));
  }

  private static Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of(CONTEXT.name() + "." + name, CONTEXT, keys, title, hint, run);
  }

  private static Action move(String name, String keys, String title, int by) {
    return action(name, keys, title, "", s -> moved(s, by));
  }

  private static List<JsonRow> rows(State state) {
    return state.get(ROWS).value().orElse(List.of());
  }

  private static Step moved(State state, int by) {
    List<JsonRow> rows = rows(state);
    InspectState inspect = state.get(InspectState.SLOT);
    List<Integer> visible = inspect.visible(rows);
    if (visible.isEmpty()) {
      return Step.to(state);
    }
    int to = Math.clamp(inspect.index(rows, visible) + (long) by, 0, visible.size() - 1);
    return Step.to(state.put(InspectState.SLOT, inspect.at(rows.get(visible.get(to)).path())));
  }

  private static Optional<JsonRow> row(State state) {
    List<JsonRow> rows = rows(state);
    InspectState inspect = state.get(InspectState.SLOT);
    List<Integer> visible = inspect.visible(rows);
    return visible.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.get(visible.get(inspect.index(rows, visible))));
  }

  private static Step onRow(State state, BiFunction<InspectState, JsonRow, InspectState> change) {
    return row(state)
        .map(r -> Step.to(state.with(InspectState.SLOT, i -> change.apply(i.at(r.path()), r))))
        .orElse(Step.to(state));
  }

  private static Step foldAll(State state) {
    Set<String> all = new HashSet<>();
    for (JsonRow row : rows(state)) {
      if (row.isFoldable() && row.depth() > 0) {
        all.add(row.path());
      }
    }
    return Step.to(
        state.with(InspectState.SLOT, i -> i.fold(i.folded().isEmpty() ? all : Set.of())));
  }

  private static Step search(State state) {
    return Step.to(
        InputLine.open(
            state,
            new InputLine.Input(
                "/",
                TextLine.of(state.get(InspectState.SLOT).search().text()),
                "Enter finds it, then n and N; Esc clears it",
                InspectPane::searched,
                (s, text) -> searched(s, text).then(found -> find(found, 1, true)),
                s -> searched(s, ""),
                InspectPane::moved)));
  }

  private static Step searched(State state, String text) {
    return Step.to(state.with(InspectState.SLOT, i -> i.with(Search.of(text))));
  }

  /** Goes to another match, round the ends; what it lies in is unfolded. */
  private static Step find(State state, int step, boolean here) {
    List<JsonRow> rows = rows(state);
    InspectState inspect = state.get(InspectState.SLOT);
    int from = row(state).map(rows::indexOf).orElse(0);
    for (int i = here ? 0 : 1; i <= rows.size(); i++) {
      JsonRow row = rows.get(Math.floorMod(from + (long) i * step, rows.size()));
      if (inspect.search().matches(row.text())) {
        return Step.to(state.put(InspectState.SLOT, inspect.reveal(row)));
      }
    }
    return Step.to(state);
  }

  private static Step copy(State state) {
    Optional<JsonRow> row = row(state);
    if (row.isEmpty()) {
      return Step.to(state);
    }
    List<JsonRow> rows = rows(state);
    int at = rows.indexOf(row.get());
    StringBuilder text = new StringBuilder();
    if (row.get().children() < 0) {
      String value = row.get().value();
      text.append(
          row.get().shape() == JsonRow.Shape.TEXT ? value.substring(1, value.length() - 1) : value);
    } else {
      for (int i = at; i <= row.get().last(); i++) {
        JsonRow line = rows.get(i);
        text.repeat(' ', INDENT * (line.depth() - row.get().depth()))
            .append(i == at ? line.value() : line.text())
            .append(line.comma() && i < row.get().last() ? ",\n" : "\n");
      }
    }
    return Step.to(
        Shell.success(state, "copied the value", ""),
        new Effect("copy", host -> host.clipboard(text.toString())));
  }

  private static Step clear(State state) {
    return state.get(InspectState.SLOT).search().text().isEmpty()
        ? Step.to(state.with(Arrangement.SLOT, Arrangement::leave))
        : searched(state, "");
  }

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    return shown
        .map(
            c ->
                fetcher.want(
                    state, c, List.of(c.state(), c.name(), c.health().isPresent(), c.restarts())))
        .orElse(Step.to(state));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    if (mouse.action() != Mouse.Action.PRESS) {
      return Optional.empty();
    }
    return switch (mouse.button()) {
      case WHEEL_UP -> Optional.of(moved(state, -3));
      case WHEEL_DOWN -> Optional.of(moved(state, 3));
      case LEFT -> {
        InspectState inspect = state.get(InspectState.SLOT);
        List<JsonRow> rows = rows(state);
        List<Integer> visible = inspect.visible(rows);
        int index = inspect.index(rows, visible);
        int first = TableView.firstRow(index, visible.size(), inside.height());
        yield Optional.of(moved(state, first + mouse.row() - inside.y() - index));
      }
      default -> Optional.empty();
    };
  }

  @Override
  public String status(State state, ContainerFacts shown) {
    Search search = state.get(InspectState.SLOT).search();
    if (search.text().isEmpty()) {
      return "";
    }
    long count = rows(state).stream().filter(r -> search.matches(r.text())).count();
    return "/"
        + search.text()
        + "  "
        + search.problem().orElse(count + (count == 1 ? " line" : " lines"));
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    Fetched<List<JsonRow>> fetched = state.get(ROWS);
    List<JsonRow> rows = fetched.value().orElse(List.of());
    if (!fetched.id().equals(shown.id()) || rows.isEmpty()) {
      TableView.message(
          canvas,
          inside,
          theme,
          fetched.failure().isEmpty()
              ? List.of("Asking about " + shown.name() + " …")
              : List.of(shown.name() + " cannot be inspected.", fetched.failure()));
      return;
    }
    InspectState inspect = state.get(InspectState.SLOT);
    List<Integer> visible = inspect.visible(rows);
    int selected = inspect.index(rows, visible);
    int first = TableView.firstRow(selected, visible.size(), inside.height());
    for (int i = 0; i < inside.height() && first + i < visible.size(); i++) {
      JsonRow row = rows.get(visible.get(first + i));
      int y = inside.y() + i;
      row(canvas, inside, y, theme, row, inspect);
      if (first + i == selected) {
        canvas.text(inside.x(), y, "▸", theme.style(Look.STRONG));
        if (focused) {
          TableView.selection(canvas, theme, new Rect(inside.x(), y, inside.width(), 1));
        }
      }
    }
  }

  private static void row(
      Canvas canvas, Rect inside, int y, Theme theme, JsonRow row, InspectState inspect) {
    boolean folded = row.isFoldable() && inspect.folded().contains(row.path());
    int right = inside.x() + inside.width();
    int x = inside.x() + 2 + Math.min(INDENT * row.depth(), inside.width() / 2);
    if (row.isFoldable()) {
      canvas.text(x - 1, y, folded ? "+" : " ", theme.style(Look.KEY));
    }
    boolean match = inspect.search().matches(row.text());
    if (!row.key().isEmpty()) {
      x = canvas.text(x, y, right - x, row.key(), theme.style(match ? Look.MATCH : Look.CHART_1));
      x = canvas.text(x, y, right - x, ": ", theme.style(Look.FAINT));
    }
    Look look =
        switch (row.shape()) {
          case OPEN, CLOSE -> Look.FAINT;
          case TEXT -> Look.CHART_2;
          case NUMBER -> Look.CHART_4;
          case WORD -> Look.CHART_3;
        };
    String value =
        folded
            ? row.value() + " … " + row.children() + (row.value().equals("{") ? " }" : " ]")
            : row.value();
    boolean matched = match && (row.key().isEmpty() || inspect.search().matches(row.value()));
    canvas.text(
        x,
        y,
        right - x,
        value + (row.comma() ? "," : ""),
        theme.style(matched ? Look.MATCH : look));
  }
}
