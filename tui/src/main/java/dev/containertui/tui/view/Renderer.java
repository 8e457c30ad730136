package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.CharWidth;

/**
 * Draws a {@link Model}: the same model and size give the same picture, and nothing else counts.
 */
public final class Renderer {
  private Renderer() {}

  public static Frame render(Model model, int columns, int rows) {
    Canvas canvas = new Canvas(columns, rows);
    if (Layout.isTooSmall(columns, rows)) {
      tooSmall(canvas);
      return canvas.freeze();
    }
    Layout layout =
        Layout.of(
            columns,
            rows,
            model.console().isPresent(),
            model.pane() == Pane.CONSOLE,
            PullsView.rows(model.pulls()));
    header(canvas, layout.header(), model);
    if (!layout.table().isEmpty()) {
      if (model.pane() == Pane.IMAGES) {
        Tables.images(canvas, layout.table(), model.images(), true);
      } else {
        Tables.containers(
            canvas, layout.table(), model.containers(), model.pane() == Pane.CONTAINERS);
      }
    }
    if (!layout.console().isEmpty()) {
      ConsoleView.draw(canvas, layout.console(), model.console(), model.pane() == Pane.CONSOLE);
    }
    if (!model.pulls().isEmpty()) {
      PullsView.draw(canvas, layout.pulls(), model.pulls());
    }
    model.dialog().ifPresent(dialog -> DialogView.draw(canvas, dialog));
    FooterView.draw(canvas, layout.footer(), model);
    return canvas.freeze();
  }

  private static void header(Canvas canvas, Rect rect, Model model) {
    int x = canvas.text(0, rect.y(), " container-tui ", Theme.BRAND) + 1;
    String engine = model.engine();
    if (model.running() > 0) {
      engine = model.running() + " running · " + engine;
    }
    for (Pane pane : Pane.values()) {
      boolean current = pane == model.pane();
      x = canvas.text(x, rect.y(), " ", Theme.PLAIN);
      x = canvas.text(x, rect.y(), (pane.ordinal() + 1) + "", Theme.KEY);
      x = canvas.text(x, rect.y(), " ", Theme.PLAIN);
      x = canvas.text(x, rect.y(), pane.title(), current ? Theme.TAB_CURRENT : Theme.TAB) + 1;
    }
    int room = rect.width() - x - 2;
    int width = Math.min(room, CharWidth.of(engine));
    canvas.right(rect.width() - width - 1, rect.y(), width, engine, Theme.FAINT);
  }

  private static void tooSmall(Canvas canvas) {
    String[] lines = {
      "too small",
      canvas.columns() + "x" + canvas.rows() + ", needs",
      Layout.MIN_COLUMNS + "x" + Layout.MIN_ROWS,
      "q quits"
    };
    for (int i = 0; i < lines.length; i++) {
      canvas.text(0, i, lines[i], i == 0 ? Theme.STRONG : Theme.PLAIN);
    }
  }
}
