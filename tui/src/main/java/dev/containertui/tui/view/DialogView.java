package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Style;
import java.util.ArrayList;
import java.util.List;

/** Boxes over the panes. */
final class DialogView {
  private DialogView() {}

  static void draw(Canvas canvas, Dialog dialog) {
    // What lies below steps back.
    Rect behind = new Rect(0, 1, canvas.columns(), canvas.rows() - 2);
    canvas.restyle(behind, s -> s & ~(Style.INVERSE | Style.BOLD) | Style.DIM);
    canvas.cursor(-1, -1);
    switch (dialog) {
      case Dialog.Help help -> help(canvas, help.scroll());
      case Dialog.Confirm confirm -> confirm(canvas, confirm);
      case Dialog.TextPage page -> page(canvas, page);
    }
  }

  private static Rect centered(Canvas canvas, int width, int height) {
    // Frames that nearly touch look like a mistake: then rather the whole width.
    int w = width > canvas.columns() - 6 ? canvas.columns() : width;
    int h = Math.min(height, canvas.rows() - 2);
    return new Rect((canvas.columns() - w) / 2, 1 + (canvas.rows() - 2 - h) / 2, w, h);
  }

  private static void open(Canvas canvas, Rect rect, String title, long border) {
    canvas.fill(rect, Theme.PLAIN);
    canvas.box(rect, title, border, Theme.TITLE);
  }

  private static void help(Canvas canvas, int scroll) {
    int keyWidth = 17;
    int size = Help.ENTRIES.size();
    Rect rect = centered(canvas, 78, size + 2);
    open(canvas, rect, "Help", Theme.BORDER_FOCUSED);
    Rect inside = rect.inset(1);
    int first = Math.clamp(scroll, 0, maxScroll(size, inside.height()));
    for (int i = 0; i < inside.height() && first + i < size; i++) {
      Help.Entry entry = Help.ENTRIES.get(first + i);
      int y = inside.y() + i;
      if (Help.isHeading(entry)) {
        canvas.text(inside.x() + 1, y, entry.key(), Theme.COLUMN | Style.BOLD);
        continue;
      }
      int end = canvas.text(inside.x() + 3, y, inside.width() - 4, entry.key(), Theme.KEY);
      int x = Math.max(end + 2, inside.x() + 3 + keyWidth);
      canvas.text(x, y, inside.x() + inside.width() - 1 - x, entry.text(), Theme.PLAIN);
    }
    TableView.scrollMark(canvas, rect, first, inside.height(), size);
  }

  private static void confirm(Canvas canvas, Dialog.Confirm confirm) {
    int width =
        Math.max(
            44, Math.max(CharWidth.of(confirm.question()), CharWidth.of(confirm.detail())) + 6);
    Rect rect = centered(canvas, width, confirm.detail().isEmpty() ? 5 : 6);
    open(canvas, rect, "Sure?", Theme.BUSY);
    int x = rect.x() + 3;
    int y = rect.y() + 1;
    canvas.text(x, y++, rect.width() - 5, confirm.question(), Theme.STRONG);
    if (!confirm.detail().isEmpty()) {
      canvas.text(x, y++, rect.width() - 5, confirm.detail(), Theme.FAINT);
    }
    int end = canvas.text(x, y + 1, "y Enter", Theme.KEY);
    end = canvas.text(end + 1, y + 1, "yes", Theme.PLAIN);
    end = canvas.text(end + 3, y + 1, "n Esc", Theme.KEY);
    canvas.text(end + 1, y + 1, "no", Theme.PLAIN);
  }

  private static void page(Canvas canvas, Dialog.TextPage page) {
    Rect rect = new Rect(0, 1, canvas.columns(), canvas.rows() - 2);
    open(canvas, rect, page.title(), Theme.BORDER_FOCUSED);
    Rect inside = rect.inset(1);
    List<String> lines = wrap(page.lines(), inside.width() - 2);
    int first = Math.clamp(page.scroll(), 0, maxScroll(lines.size(), inside.height()));
    for (int i = 0; i < inside.height() && first + i < lines.size(); i++) {
      canvas.text(
          inside.x() + 1, inside.y() + i, inside.width() - 2, lines.get(first + i), Theme.PLAIN);
    }
    TableView.scrollMark(canvas, rect, first, inside.height(), lines.size());
  }

  /** Breaks lines that are too long; never within a character. */
  static List<String> wrap(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      StringBuilder row = new StringBuilder();
      int used = 0;
      for (int i = 0; i < line.length(); ) {
        int codePoint = line.codePointAt(i);
        int cells = CharWidth.of(codePoint);
        if (used + cells > Math.max(2, width)) {
          wrapped.add(row.toString());
          row.setLength(0);
          used = 0;
        }
        row.appendCodePoint(codePoint);
        used += cells;
        i += Character.charCount(codePoint);
      }
      wrapped.add(row.toString());
    }
    return wrapped;
  }

  private static int maxScroll(int size, int height) {
    return Math.max(0, size - height);
  }
}
