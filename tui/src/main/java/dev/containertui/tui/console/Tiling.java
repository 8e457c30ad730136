package dev.containertui.tui.console;

import dev.containertui.tui.draw.Rect;
import java.util.ArrayList;
import java.util.List;

/** Where the panes of a tab lie. */
final class Tiling {
  /** The most panes of a tab. */
  static final int MAX_PANES = 4;

  /** A pane with its frame is at least so large; if there is no room, one is shown at a time. */
  static final int MIN_COLUMNS = 32;

  static final int MIN_ROWS = 7;

  /** What panes should be like: as programs expect a terminal to be. */
  private static final double GOOD_COLUMNS = 82;

  private static final double GOOD_ROWS = 26;

  private Tiling() {}

  /** Panes in reading order, by columns; empty if there is no room for all of them. */
  static List<Rect> of(int count, Rect area) {
    List<Rect> best = List.of();
    double bestScore = 0;
    for (int columns = 1; columns <= count; columns++) {
      List<Rect> tiles = tiles(count, columns, area);
      double score = Double.MAX_VALUE;
      for (Rect tile : tiles) {
        boolean fits = tile.width() >= MIN_COLUMNS && tile.height() >= MIN_ROWS;
        double worst = Math.min(tile.width() / GOOD_COLUMNS, tile.height() / GOOD_ROWS);
        score = Math.min(score, fits ? worst : 0);
      }
      if (score > bestScore) {
        best = tiles;
        bestScore = score;
      }
    }
    return best;
  }

  /** The last columns have one more if it does not come out even. */
  private static List<Rect> tiles(int count, int columns, Rect area) {
    List<Rect> tiles = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      int rows = (count - tiles.size()) / (columns - c);
      int left = area.x() + area.width() * c / columns;
      int right = area.x() + area.width() * (c + 1) / columns;
      for (int r = 0; r < rows; r++) {
        int top = area.y() + area.height() * r / rows;
        int bottom = area.y() + area.height() * (r + 1) / rows;
        tiles.add(new Rect(left, top, right - left, bottom - top));
      }
    }
    return tiles;
  }

  /**
   * Which tile lies beside another, in a direction; itself if there is none.
   *
   * @param dx -1 left, 1 right
   * @param dy -1 up, 1 down
   */
  static int beside(List<Rect> tiles, int from, int dx, int dy) {
    Rect here = tiles.get(from);
    int best = from;
    int bestDistance = Integer.MAX_VALUE;
    for (int i = 0; i < tiles.size(); i++) {
      Rect there = tiles.get(i);
      int x = there.x() + there.width() / 2 - here.x() - here.width() / 2;
      int y = there.y() + there.height() / 2 - here.y() - here.height() / 2;
      boolean onThatSide =
          dx < 0 && there.x() + there.width() <= here.x()
              || dx > 0 && there.x() >= here.x() + here.width()
              || dy < 0 && there.y() + there.height() <= here.y()
              || dy > 0 && there.y() >= here.y() + here.height();
      int distance = Math.abs(x) + 2 * Math.abs(y);
      if (onThatSide && distance < bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    return best;
  }
}
