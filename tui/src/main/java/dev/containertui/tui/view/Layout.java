package dev.containertui.tui.view;

import dev.containertui.tui.draw.Rect;

/**
 * Which part of the screen is whose.
 *
 * <pre>
 *   header
 *   table      both at once if the screen is tall enough,
 *   console    else only the one that has the keyboard
 *   pulls      while there are any
 *   footer
 * </pre>
 *
 * @param table empty if only the console is seen
 * @param console empty if only a table is seen
 */
public record Layout(Rect header, Rect table, Rect console, Rect pulls, Rect footer) {
  /** Below this there is no room for anything but a word about it. */
  public static final int MIN_COLUMNS = 40;

  public static final int MIN_ROWS = 8;

  /** From this height on, table and console are seen together. */
  private static final int SPLIT_BODY_ROWS = 28;

  private static final Rect NONE = new Rect(0, 0, 0, 0);

  public static Layout of(
      int columns, int rows, boolean consoleOpen, boolean consoleFocused, int pullRows) {
    int pullsHeight = pullRows == 0 ? 0 : Math.min(pullRows + 2, Math.max(3, (rows - 2) / 3));
    int body = rows - 2 - pullsHeight;
    Rect header = new Rect(0, 0, columns, 1);
    Rect footer = new Rect(0, rows - 1, columns, 1);
    Rect pulls = new Rect(0, rows - 1 - pullsHeight, columns, pullsHeight);
    Rect whole = new Rect(0, 1, columns, body);
    // Judged without the pulls, so that a pull does not throw the panes about.
    if (consoleOpen && rows - 2 >= SPLIT_BODY_ROWS) {
      int tableHeight = Math.max(8, body * 3 / 10);
      return new Layout(
          header,
          new Rect(0, 1, columns, tableHeight),
          new Rect(0, 1 + tableHeight, columns, body - tableHeight),
          pulls,
          footer);
    }
    return consoleFocused
        ? new Layout(header, NONE, whole, pulls, footer)
        : new Layout(header, whole, NONE, pulls, footer);
  }

  public static boolean isTooSmall(int columns, int rows) {
    return columns < MIN_COLUMNS || rows < MIN_ROWS;
  }

  /**
   * The size that a console's terminal has on a screen: as if it had the keyboard and nothing were
   * pulled, so that a program is not resized by every change of focus.
   */
  public static Rect consoleSize(int columns, int rows) {
    return of(columns, rows, true, true, 0).console().inset(1);
  }
}
