package dev.containertui.view;

import dev.containertui.view.Table.Column;
import java.util.List;
import java.util.function.Function;

/**
 * How many values of one type are shown: as a table with a row for each.
 *
 * @param type of the values
 * @param columns of the table
 * @param row makes a value's cells, as many as there are columns
 */
public record RowView<T>(Class<T> type, List<Column> columns, Function<T, List<Cell>> row) {
  public RowView {
    columns = List.copyOf(columns);
  }

  /** The table of these values, which are all of the type. */
  public Table table(List<?> values) {
    return new Table(columns, values.stream().map(type::cast).map(row).toList());
  }

  /** The row of a value as text, its cells apart by two spaces. */
  public String line(Object value) {
    return String.join("  ", row.apply(type.cast(value)).stream().map(Cell::text).toList());
  }
}
