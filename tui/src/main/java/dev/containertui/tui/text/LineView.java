package dev.containertui.tui.text;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.StyledLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Draws and moves a view of {@link Lines}. Looks at the lines in sight only. */
public final class LineView {
  /** For the mark of standard error, or of what a search has found. */
  private static final int GUTTER = 1;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z '").withZone(ZoneOffset.UTC);
  private static final int TIME_WIDTH = 14;

  /**
   * A row on the screen: a part of a line.
   *
   * @param index which of the line's rows
   */
  record Row(long number, int index, int start, int end) {}

  private LineView() {}

  static int textWidth(Viewport view, int width) {
    return Math.max(1, width - GUTTER - (view.times() ? TIME_WIDTH : 0));
  }

  /** The rows in sight, from the top. */
  static List<Row> visible(Lines lines, Viewport view, int width, int height) {
    if (!view.stick()) {
      List<Row> down = down(lines, view, width, height);
      if (down.size() == height) {
        return down;
      }
    }
    return up(lines, view, width, height);
  }

  private static List<Row> down(Lines lines, Viewport view, int width, int height) {
    List<Row> rows = new ArrayList<>();
    OptionalLong at = lines.next(view.top(), view.filter());
    while (at.isPresent() && rows.size() < height) {
      List<Row> parts = rows(lines, view, width, at.getAsLong());
      int from = at.getAsLong() == view.top() ? Math.min(view.skip(), parts.size() - 1) : 0;
      rows.addAll(parts.subList(from, Math.min(parts.size(), from + height - rows.size())));
      at = lines.next(at.getAsLong() + 1, view.filter());
    }
    return rows;
  }

  /** What is seen at the end of the text. */
  private static List<Row> up(Lines lines, Viewport view, int width, int height) {
    List<Row> rows = new ArrayList<>();
    OptionalLong at = lines.previous(lines.end() - 1, view.filter());
    while (at.isPresent() && rows.size() < height) {
      rows.addAll(rows(lines, view, width, at.getAsLong()).reversed());
      at = lines.previous(at.getAsLong() - 1, view.filter());
    }
    List<Row> shown = new ArrayList<>(rows.subList(0, Math.min(height, rows.size())));
    Collections.reverse(shown);
    return shown;
  }

  /** The rows that one line takes, at least one. */
  private static List<Row> rows(Lines lines, Viewport view, int width, long number) {
    String text = lines.get(number).text();
    int room = textWidth(view, width);
    if (!view.wrap()) {
      int start = indexAt(text, 0, view.shift());
      return List.of(new Row(number, 0, start, indexAt(text, start, room)));
    }
    List<Row> rows = new ArrayList<>();
    int start = 0;
    do {
      int end = indexAt(text, start, room);
      if (end == start && start < text.length()) { // a wide character in a single cell
        end = text.offsetByCodePoints(start, 1);
      }
      rows.add(new Row(number, rows.size(), start, end));
      start = end;
    } while (start < text.length());
    return rows;
  }

  /** The index behind as much of the text as fits into {@code cells}. */
  private static int indexAt(String text, int from, int cells) {
    int used = 0;
    int i = from;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      used += CharWidth.of(codePoint);
      if (used > cells) {
        break;
      }
      i += Character.charCount(codePoint);
    }
    return i;
  }

  /** Moves a view by rows; at the end it sticks there. */
  public static Viewport scroll(Lines lines, Viewport view, Rect rect, int by) {
    List<Row> seen = visible(lines, view, rect.width(), rect.height());
    if (seen.isEmpty() || by == 0) {
      return view;
    }
    Row top = seen.getFirst();
    long number = top.number();
    int index = top.index();
    int left = Math.abs(by);
    while (left > 0) {
      int here = by < 0 ? index : rows(lines, view, rect.width(), number).size() - 1 - index;
      if (here >= left) {
        index += by < 0 ? -left : left;
        break;
      }
      left -= here + 1;
      OptionalLong next =
          by < 0
              ? lines.previous(number - 1, view.filter())
              : lines.next(number + 1, view.filter());
      if (next.isEmpty()) {
        return by < 0 ? view.at(number, 0) : view.sticking();
      }
      number = next.getAsLong();
      index = by < 0 ? rows(lines, view, rect.width(), number).size() - 1 : 0;
    }
    Viewport moved = view.at(number, index);
    return by > 0 && showsEnd(lines, moved, rect) ? view.sticking() : moved;
  }

  private static boolean showsEnd(Lines lines, Viewport view, Rect rect) {
    List<Row> rows = down(lines, view, rect.width(), rect.height() + 1);
    return rows.size() <= rect.height();
  }

  /** The same rows, whatever is added. */
  public static Viewport hold(Lines lines, Viewport view, Rect rect) {
    List<Row> seen = visible(lines, view, rect.width(), rect.height());
    return seen.isEmpty() ? view : view.at(seen.getFirst().number(), seen.getFirst().index());
  }

  /**
   * Goes to another match.
   *
   * @param step 1: the next one, -1: the one before; round the ends
   */
  public static Viewport find(Lines lines, Viewport view, Rect rect, int step) {
    List<Row> seen = visible(lines, view, rect.width(), rect.height());
    if (seen.isEmpty() || view.search().isEmpty()) {
      return view;
    }
    long from =
        view.hit().isPresent()
            ? view.hit().getAsLong() + step
            : step > 0 ? seen.getFirst().number() : seen.getLast().number();
    OptionalLong found = step > 0 ? next(lines, from, view) : previous(lines, from, view);
    if (found.isEmpty()) {
      found = step > 0 ? next(lines, lines.first(), view) : previous(lines, lines.end(), view);
    }
    return found.isEmpty() ? view : show(lines, view, rect, found.getAsLong());
  }

  private static OptionalLong next(Lines lines, long from, Viewport view) {
    OptionalLong at = lines.next(from, view.search());
    while (at.isPresent() && isHidden(lines, at.getAsLong(), view)) {
      at = lines.next(at.getAsLong() + 1, view.search());
    }
    return at;
  }

  private static OptionalLong previous(Lines lines, long from, Viewport view) {
    OptionalLong at = lines.previous(from, view.search());
    while (at.isPresent() && isHidden(lines, at.getAsLong(), view)) {
      at = lines.previous(at.getAsLong() - 1, view.search());
    }
    return at;
  }

  private static boolean isHidden(Lines lines, long number, Viewport view) {
    return !view.filter().isEmpty() && !view.filter().matches(lines.get(number).text());
  }

  private static Viewport show(Lines lines, Viewport view, Rect rect, long number) {
    boolean inSight =
        visible(lines, view, rect.width(), rect.height()).stream()
            .anyMatch(r -> r.number() == number);
    Viewport hit = view.hit(number);
    if (inSight) {
      return hold(lines, hit, rect); // what is added does not push it out
    }
    return scroll(lines, hit.at(number, 0), rect, -rect.height() / 3);
  }

  /** What there is to know beside the text: where a search has come to, and what is left out. */
  public static String status(Lines lines, Viewport view) {
    StringBuilder status = new StringBuilder();
    Search search = view.search();
    if (!search.text().isEmpty()) {
      int all = search.isEmpty() ? 0 : lines.countBefore(lines.end(), search);
      status.append("  /").append(search.text()).append("  ");
      search
          .problem()
          .ifPresentOrElse(
              status::append,
              () -> {
                if (view.hit().isPresent() && all > 0) {
                  status.append(lines.countBefore(view.hit().getAsLong(), search) + 1).append("/");
                }
                status.append(all).append(all == 1 ? " line" : " lines");
              });
    }
    Search filter = view.filter();
    if (!filter.text().isEmpty()) {
      status.append("  &").append(filter.text()).append("  ");
      filter
          .problem()
          .ifPresentOrElse(
              status::append,
              () ->
                  status
                      .append(
                          filter.isEmpty()
                              ? lines.end() - lines.first()
                              : lines.countBefore(lines.end(), filter))
                      .append(" of ")
                      .append(lines.end() - lines.first()));
    }
    return status.toString();
  }

  public static void draw(Canvas canvas, Rect rect, Theme theme, Lines lines, Viewport view) {
    List<Row> rows = visible(lines, view, rect.width(), rect.height());
    long before = -1;
    List<Search.Range> matches = List.of();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      TextRow line = lines.get(row.number());
      if (row.number() != before) {
        matches = view.search().ranges(line.text());
        before = row.number();
      }
      row(canvas, rect, rect.y() + i, theme, view, line, row, matches);
    }
  }

  private static void row(
      Canvas canvas,
      Rect rect,
      int y,
      Theme theme,
      Viewport view,
      TextRow line,
      Row row,
      List<Search.Range> matches) {
    boolean hit = view.hit().isPresent() && view.hit().getAsLong() == row.number();
    if (hit && row.index() == 0) {
      canvas.text(rect.x(), y, "▸", theme.style(Look.STRONG));
    } else if (line.error()) {
      canvas.text(rect.x(), y, "▌", theme.style(Look.BAD));
    }
    int x = rect.x() + GUTTER;
    if (view.times()) {
      if (row.index() == 0 && line.at().isPresent()) {
        canvas.text(x, y, TIME.format(line.at().get()), theme.style(Look.FAINT));
      }
      x += TIME_WIDTH;
    }
    text(canvas, x, y, theme, line.line(), row, matches);
    int right = rect.x() + rect.width();
    if (!view.wrap() && row.end() < line.text().length()) {
      canvas.text(right - 1, y, "…", theme.style(Look.FAINT));
    }
  }

  /** Draws runs of characters that look the same. */
  private static void text(
      Canvas canvas,
      int x,
      int y,
      Theme theme,
      StyledLine line,
      Row row,
      List<Search.Range> matches) {
    int column = x;
    int at = row.start();
    while (at < row.end()) {
      long style = style(theme, line, matches, at);
      int end = at + 1;
      while (end < row.end() && style(theme, line, matches, end) == style) {
        end++;
      }
      column = canvas.text(column, y, line.text().substring(at, end), style);
      at = end;
    }
  }

  private static long style(Theme theme, StyledLine line, List<Search.Range> matches, int at) {
    for (Search.Range match : matches) {
      if (at >= match.start() && at < match.end()) {
        return theme.style(Look.MATCH);
      }
    }
    return line.styleAt(at);
  }

  /** The text of the lines in sight, or of the one that a search has come to. */
  public static List<TextRow> copied(Lines lines, Viewport view, Rect rect) {
    if (view.hit().isPresent() && view.hit().getAsLong() >= lines.first()) {
      return List.of(lines.get(view.hit().getAsLong()));
    }
    return visible(lines, view, rect.width(), rect.height()).stream()
        .map(Row::number)
        .distinct()
        .map(lines::get)
        .toList();
  }
}
