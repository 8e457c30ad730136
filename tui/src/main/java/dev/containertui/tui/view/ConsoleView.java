package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.CharWidth;
import java.util.List;
import java.util.Optional;

/** The pane with a program's terminal in it. */
final class ConsoleView {
  private static final List<String> EMPTY =
      List.of(
          "No console is open.",
          "Select a running container and press e for a shell,",
          "or a for the output of its main process.");

  private ConsoleView() {}

  static void draw(Canvas canvas, Rect rect, Optional<ConsoleModel> console, boolean focused) {
    boolean attached = console.map(ConsoleModel::attached).orElse(false);
    String title =
        "Console"
            + console
                .map(
                    c ->
                        (c.count() > 1 ? " " + c.number() + "/" + c.count() : "")
                            + "  "
                            + c.title())
                .orElse("");
    canvas.box(
        rect,
        title,
        focused ? Theme.BORDER_FOCUSED : Theme.BORDER,
        focused ? Theme.TITLE : Theme.FAINT);
    Rect inside = rect.inset(1);
    if (inside.isEmpty()) {
      return;
    }
    if (console.isEmpty()) {
      TableView.message(canvas, inside, EMPTY);
      return;
    }
    ConsoleModel c = console.get();
    int titleEnd = rect.x() + 4 + CharWidth.of(title);
    edge(canvas, rect, rect.y(), titleEnd, status(c, focused), attached ? Theme.KEY : Theme.FAINT);
    canvas.terminal(inside, c.view());
    if (c.view().scrolledBack() > 0) {
      String back = "↑ " + c.view().scrolledBack() + " of " + c.view().historySize() + " rows back";
      edge(canvas, rect, rect.y() + rect.height() - 1, 0, back, Theme.STRONG);
      int height = inside.height();
      int rows = c.view().historySize() + height;
      TableView.scrollMark(canvas, rect, rows - height - c.view().scrolledBack(), height, rows);
    }
    if (focused && attached && c.view().cursorVisible()) {
      int x = inside.x() + Math.min(c.view().cursorColumn(), inside.width() - 1);
      int y = inside.y() + c.view().cursorRow();
      if (y < inside.y() + inside.height()) {
        canvas.cursor(x, y);
      }
    }
  }

  private static String status(ConsoleModel c, boolean focused) {
    if (!c.ended().isEmpty()) {
      return c.ended() + " · x closes";
    } else if (c.attached()) {
      return "Ctrl-] detaches";
    } else if (!focused) {
      return "3 goes here";
    }
    return c.interactive() ? "detached · Enter attaches" : "output only";
  }

  /** Text at the right end of a frame's edge, if there is room behind {@code from}. */
  private static void edge(Canvas canvas, Rect rect, int y, int from, String text, long style) {
    int width = CharWidth.of(text) + 2;
    int x = rect.x() + rect.width() - 2 - width;
    if (x > from) {
      canvas.text(x, y, " " + text + " ", style);
    }
  }
}
