package dev.containertui.tui.text;

import java.util.OptionalLong;

/**
 * Which part of a text is seen, and how.
 *
 * @param stick whether the end is seen, whatever is added
 * @param top number of the first line in sight, if the view does not stick
 * @param skip how many rows of that line are above the view
 * @param shift how many cells are beyond the left edge, if lines are not wrapped
 * @param filter only lines that match are shown
 * @param hit the line that a search has come to
 */
public record Viewport(
    boolean stick,
    long top,
    int skip,
    boolean wrap,
    int shift,
    boolean times,
    Search search,
    Search filter,
    OptionalLong hit) {
  /** At the end, and staying there. */
  public static final Viewport TAIL =
      new Viewport(true, 0, 0, true, 0, false, Search.NONE, Search.NONE, OptionalLong.empty());

  /** At the start. */
  public static final Viewport HEAD = TAIL.at(0, 0);

  public Viewport sticking() {
    return new Viewport(true, top, 0, wrap, shift, times, search, filter, hit);
  }

  public Viewport at(long line, int rows) {
    return new Viewport(false, line, rows, wrap, shift, times, search, filter, hit);
  }

  public Viewport wrap(boolean on) {
    return new Viewport(stick, top, 0, on, 0, times, search, filter, hit);
  }

  public Viewport shift(int by) {
    return new Viewport(
        stick, top, skip, wrap, Math.clamp(shift + by, 0, 8192), times, search, filter, hit);
  }

  public Viewport times(boolean on) {
    return new Viewport(stick, top, skip, wrap, shift, on, search, filter, hit);
  }

  public Viewport search(String text) {
    return new Viewport(
        stick, top, skip, wrap, shift, times, Search.of(text), filter, OptionalLong.empty());
  }

  public Viewport filter(String text) {
    return new Viewport(stick, top, 0, wrap, shift, times, search, Search.choosing(text), hit);
  }

  public Viewport hit(long line) {
    return new Viewport(
        stick, top, skip, wrap, shift, times, search, filter, OptionalLong.of(line));
  }
}
