package dev.containertui.tui.screen.system;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Memo;
import dev.containertui.tui.widget.Table;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the workbench has said, newest first, and the last action as a command. */
final class MessagesTab implements SystemTab {
  private static final Context CONTEXT = new Context("system.messages", "Messages");
  static final Slot<TableState> TABLE = new Slot<>("system.messages.table", TableState.START);

  /**
   * @param number from 1, the oldest
   */
  private record Row(int number, Notice notice) {
    private static final Memo<List<Row>> ROWS = new Memo<>();

    static List<Row> all(State state) {
      List<Notice> notices = state.get(Shell.SLOT).notices();
      return ROWS.of(() -> of(notices), notices);
    }

    private static List<Row> of(List<Notice> notices) {
      List<Row> rows = new ArrayList<>();
      for (int i = notices.size() - 1; i >= 0; i--) {
        rows.add(new Row(i + 1, notices.get(i)));
      }
      return List.copyOf(rows);
    }

    Cell level() {
      return switch (notice.level()) {
        case NOTE -> new Cell("note", Look.FAINT);
        case SUCCESS -> new Cell("done", Look.GOOD);
        case ERROR -> new Cell("failed", Look.BAD);
      };
    }
  }

  private static final Table<Row> KIND =
      new Table<>(
          "Messages",
          r -> Integer.toString(r.number()),
          r -> r.level().text() + " " + r.notice().text() + " " + r.notice().hint(),
          List.of(
              new Column<>(
                  "#", 3, 3, Fit.RIGHT, 2, r -> new Cell(Integer.toString(r.number()), Look.FAINT)),
              new Column<>("", 6, 6, Fit.LEFT, 0, Row::level),
              new Column<>("MESSAGE", 20, 90, Fit.LEFT, 0, r -> Cell.of(r.notice().text())),
              new Column<>(
                  "WHAT TO DO",
                  20,
                  80,
                  Fit.LEFT,
                  1,
                  r -> new Cell(r.notice().hint(), Look.FAINT))));

  private final TableActions<Row> table = new TableActions<>(CONTEXT, KIND, TABLE, Row::all);

  @Override
  public String title() {
    return "Messages";
  }

  @Override
  public String key() {
    return "m";
  }

  @Override
  public Context context() {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(
        Action.of(
            "system.messages.open",
            CONTEXT,
            "enter",
            "all of a message",
            "open",
            s ->
                table
                    .selected(s)
                    .map(
                        r ->
                            Step.to(
                                TextPage.open(s, "Message " + r.number(), r.notice().details())))
                    .orElse(Step.to(s))));
    actions.addAll(table.all());
    return actions;
  }

  @Override
  public Step settled(State state) {
    return Step.to(state);
  }

  private static Rect list(State state, Rect area) {
    int below = state.get(Shell.SLOT).lastCommand().isPresent() ? 4 : 0;
    return new Rect(area.x(), area.y(), area.width(), area.height() - below);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return table.mouse(state, mouse, list(state, area));
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    Rect list = list(state, area);
    boolean filtered = !state.get(TABLE).filter().isEmpty();
    TableView.draw(
        canvas,
        list,
        theme,
        KIND,
        state.get(TABLE),
        Row.all(state),
        filtered
            ? List.of("No message matches the filter.", "esc clears it.")
            : List.of(
                "No messages yet.", "What actions come to, and what goes wrong, is kept here."),
        true);
    Optional<Shell.Equivalent> command = state.get(Shell.SLOT).lastCommand();
    if (command.isPresent()) {
      Rect box = new Rect(area.x(), area.y() + list.height(), area.width(), 4);
      canvas.box(
          box, "Last action as a command", theme.style(Look.BORDER), theme.style(Look.FAINT));
      command(canvas, box, 1, "shell", command.get().commandLine(), theme);
      command(canvas, box, 2, "jshell", command.get().jshell(), theme);
    }
  }

  private static void command(
      Canvas canvas, Rect box, int row, String label, String text, Theme theme) {
    canvas.text(box.x() + 2, box.y() + row, label, theme.style(Look.FAINT));
    canvas.text(
        box.x() + 10,
        box.y() + row,
        box.width() - 12,
        text.isEmpty() ? "-" : text,
        theme.style(Look.PLAIN));
  }
}
