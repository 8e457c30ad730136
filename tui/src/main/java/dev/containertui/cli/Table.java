package dev.containertui.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Rows in aligned columns, three blanks apart. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    this(List.of(head));
  }

  Table(List<String> head) {
    rows.add(List.copyOf(head));
  }

  void row(String... cells) {
    row(Arrays.asList(cells));
  }

  void row(List<String> cells) {
    rows.add(cells.stream().map(OneLine::of).toList());
  }

  /** Rows that need not have the same number of cells; nothing if there is no head. */
  static void printAligned(PrintStream out, List<String> head, List<List<String>> rows) {
    if (head.isEmpty()) {
      return;
    }
    int columns = Math.max(head.size(), rows.stream().mapToInt(List::size).max().orElse(0));
    Table table = new Table(filled(head, columns));
    rows.forEach(row -> table.row(filled(row, columns)));
    table.print(out);
  }

  private static List<String> filled(List<String> cells, int columns) {
    List<String> filled = new ArrayList<>(cells);
    while (filled.size() < columns) {
      filled.add("");
    }
    return filled;
  }

  /** The lines, for a block on a terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    print(lines::add);
    return lines;
  }

  void print(PrintStream out) {
    print(out::println);
  }

  private void print(Consumer<String> out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < columns - 1) {
          line.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 3);
        }
      }
      out.accept(line.toString().stripTrailing());
    }
  }
}
