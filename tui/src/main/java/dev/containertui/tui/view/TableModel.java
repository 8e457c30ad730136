package dev.containertui.tui.view;

import java.util.List;

/**
 * The rows of a table after filtering.
 *
 * @param selected index into {@code rows}; 0 if there are none
 * @param total rows before filtering
 * @param filter empty: none
 * @param emptyReason why there is nothing, and what to press
 */
public record TableModel<R>(
    List<R> rows, int selected, int total, String filter, List<String> emptyReason) {
  public TableModel {
    rows = List.copyOf(rows);
    emptyReason = List.copyOf(emptyReason);
  }
}
