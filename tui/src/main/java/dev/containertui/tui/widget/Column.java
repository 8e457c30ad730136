package dev.containertui.tui.widget;

import dev.containertui.tui.theme.Look;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param min cells it needs; a table that is too narrow leaves out columns, highest rank first
 * @param max cells it can use
 * @param fit where texts lie, and which end of a long one is seen
 * @param rank 0 is never left out
 * @param order how rows are sorted by it, ascending; empty: not at all
 */
public record Column<R>(
    String title,
    int min,
    int max,
    Fit fit,
    int rank,
    Function<R, Cell> cell,
    Optional<Comparator<R>> order) {
  static final int GAP = 2;

  public enum Fit {
    LEFT,
    RIGHT,
    /** At the left, but of a long text the end is seen: a reference's registry matters least. */
    TAIL
  }

  /** Text with a look. */
  public record Cell(String text, Look look) {
    public static final Cell NOTHING = new Cell("–", Look.FAINT);

    public static Cell of(String text) {
      return new Cell(text, Look.PLAIN);
    }
  }

  /** A column that cannot be sorted by. */
  public Column(String title, int min, int max, Fit fit, int rank, Function<R, Cell> cell) {
    this(title, min, max, fit, rank, cell, Optional.empty());
  }

  public Column(
      String title,
      int min,
      int max,
      Fit fit,
      int rank,
      Function<R, Cell> cell,
      Comparator<R> order) {
    this(title, min, max, fit, rank, cell, Optional.of(order));
  }

  /** A column with the width it gets. */
  record Placed<R>(Column<R> column, int width) {}

  /** Chooses columns for {@code width} cells and shares out what is left over. */
  static <R> List<Placed<R>> place(List<Column<R>> all, int width) {
    List<Column<R>> chosen = new ArrayList<>(all);
    while (chosen.size() > 1 && needed(chosen) > width) {
      Column<R> least = chosen.stream().max(Comparator.comparingInt(Column::rank)).orElseThrow();
      if (least.rank() == 0) {
        break;
      }
      chosen.remove(least);
    }
    int[] widths = chosen.stream().mapToInt(Column::min).toArray();
    int spare = width - needed(chosen);
    boolean grew = true;
    while (spare > 0 && grew) {
      grew = false;
      for (int i = 0; i < widths.length && spare > 0; i++) {
        if (widths[i] < chosen.get(i).max()) {
          widths[i]++;
          spare--;
          grew = true;
        }
      }
    }
    List<Placed<R>> placed = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      placed.add(new Placed<>(chosen.get(i), widths[i]));
    }
    return placed;
  }

  private static <R> int needed(List<Column<R>> columns) {
    return columns.stream().mapToInt(Column::min).sum() + GAP * (columns.size() - 1);
  }
}
