package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import java.util.List;

/** A strip with a bar for each layer of each pull. */
final class PullsView {
  private PullsView() {}

  /** Rows that the strip would like to have inside its frame. */
  static int rows(List<PullRow> pulls) {
    return pulls.stream().mapToInt(p -> Math.max(1, p.layers().size())).sum()
        + Math.max(0, pulls.size() - 1);
  }

  static void draw(Canvas canvas, Rect rect, List<PullRow> pulls) {
    PullRow first = pulls.getFirst();
    canvas.box(rect, title(first) + " · Esc cancels", Theme.BUSY, Theme.TITLE);
    Rect inside = rect.inset(1);
    int y = inside.y();
    int bottom = inside.y() + inside.height();
    for (PullRow pull : pulls) {
      if (pull != first && y < bottom) {
        canvas.text(inside.x() + 1, y++, inside.width() - 2, title(pull), Theme.TITLE);
      }
      if (pull.layers().isEmpty() && y < bottom) {
        canvas.text(inside.x() + 1, y++, inside.width() - 2, pull.phase() + " …", Theme.FAINT);
      }
      int left = bottom - y;
      List<PullRow.Layer> layers = pull.layers();
      int shown = layers.size() <= left ? layers.size() : Math.max(0, left - 1);
      // Finished layers make room for those under way.
      List<PullRow.Layer> order =
          shown == layers.size()
              ? layers
              : layers.stream().sorted(java.util.Comparator.comparing(PullsView::isDone)).toList();
      for (PullRow.Layer layer : order.subList(0, shown)) {
        layer(canvas, new Rect(inside.x() + 1, y++, inside.width() - 2, 1), layer);
      }
      if (shown < layers.size() && y < bottom) {
        long done = order.subList(shown, order.size()).stream().filter(PullsView::isDone).count();
        canvas.text(
            inside.x() + 1,
            y++,
            inside.width() - 2,
            (layers.size() - shown) + (shown > 0 ? " more" : "") + " layers, " + done + " done",
            Theme.FAINT);
      }
    }
  }

  private static String title(PullRow pull) {
    return "Pulling " + Tables.shortReference(pull.reference());
  }

  private static boolean isDone(PullRow.Layer layer) {
    return layer.totalBytes() > 0 && layer.doneBytes() >= layer.totalBytes();
  }

  private static void layer(Canvas canvas, Rect row, PullRow.Layer layer) {
    int nameWidth = 13;
    int stateWidth = 12;
    int figuresWidth = 21;
    canvas.text(row.x(), row.y(), nameWidth - 1, layer.name(), Theme.PLAIN);
    canvas.text(row.x() + nameWidth, row.y(), stateWidth, layer.state(), Theme.FAINT);
    int barWidth = row.width() - nameWidth - stateWidth - figuresWidth - 1;
    double fraction = layer.totalBytes() <= 0 ? 0 : (double) layer.doneBytes() / layer.totalBytes();
    if (barWidth >= 6) {
      int x = row.x() + nameWidth + stateWidth;
      canvas.text(x, row.y(), "▕", Theme.FAINT);
      canvas.text(x + 1, row.y(), Units.bar(fraction, barWidth - 2), Theme.METER);
      canvas.text(x + barWidth - 1, row.y(), "▏", Theme.FAINT);
    }
    String figures = Units.bytes(layer.doneBytes()) + " / " + Units.bytes(layer.totalBytes());
    canvas.right(row.x() + row.width() - figuresWidth, row.y(), figuresWidth, figures, 0);
  }
}
