package dev.containertui.tui.screen.containers;

import dev.containertui.container.FileStat;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Table;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/** The columns of a list of files. */
final class FileTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  static final Table<FileRow> TABLE =
      new Table<>(
          "Files",
          FileRow::name,
          FileRow::name,
          List.of(
              new Column<>("±", 1, 1, Fit.LEFT, 1, FileTable::change),
              new Column<>("MODE", 10, 10, Fit.LEFT, 4, r -> cell(r, FileTable::mode)),
              new Column<>("OWNER", 7, 11, Fit.LEFT, 5, r -> cell(r, s -> s.uid() + ":" + s.gid())),
              new Column<>(
                  "SIZE",
                  8,
                  8,
                  Fit.RIGHT,
                  2,
                  r ->
                      cell(
                          r, s -> s.kind() == FileStat.Kind.FILE ? Units.bytes(s.sizeBytes()) : ""),
                  Comparator.comparing(FileRow::size)),
              new Column<>(
                  "MODIFIED",
                  16,
                  16,
                  Fit.LEFT,
                  3,
                  r -> cell(r, s -> TIME.format(s.modified())),
                  Comparator.comparing(FileRow::modified)),
              new Column<>(
                  "NAME",
                  12,
                  1000,
                  Fit.LEFT,
                  0,
                  FileTable::name,
                  Comparator.comparing(FileRow::name))));

  private FileTable() {}

  private static Cell cell(FileRow row, java.util.function.Function<FileStat, String> text) {
    return Cell.of(row.stat().map(text).orElse(""));
  }

  private static Cell change(FileRow row) {
    return row.change()
        .map(
            kind ->
                new Cell(
                    Character.toString(kind.letter()),
                    switch (kind) {
                      case ADDED -> Look.GOOD;
                      case MODIFIED -> Look.BUSY;
                      case DELETED -> Look.BAD;
                    }))
        .orElse(Cell.of(""));
  }

  private static Cell name(FileRow row) {
    if (row.isDeleted()) {
      return new Cell(row.name() + "  deleted", Look.FAINT);
    } else if (row.stat().isEmpty()) {
      return new Cell(row.name(), Look.STRONG);
    }
    FileStat stat = row.stat().get();
    return switch (stat.kind()) {
      case DIRECTORY -> new Cell(row.name() + "/", Look.STRONG);
      case SYMBOLIC_LINK ->
          new Cell(row.name() + " → " + stat.linkTarget().orElse("?"), Look.CHART_1);
      case FILE ->
          (stat.permissions() & 0111) != 0
              ? new Cell(row.name() + "*", Look.GOOD)
              : Cell.of(row.name());
      default -> new Cell(row.name(), Look.BUSY);
    };
  }

  /** As ls(1) writes it. */
  static String mode(FileStat stat) {
    char type =
        switch (stat.kind()) {
          case FILE -> '-';
          case DIRECTORY -> 'd';
          case SYMBOLIC_LINK -> 'l';
          case CHARACTER_DEVICE -> 'c';
          case BLOCK_DEVICE -> 'b';
          case FIFO -> 'p';
          case SOCKET -> 's';
        };
    StringBuilder mode = new StringBuilder().append(type);
    int bits = stat.permissions();
    String letters = "rwxrwxrwx";
    for (int i = 0; i < 9; i++) {
      mode.append((bits & 0400 >> i) != 0 ? letters.charAt(i) : '-');
    }
    special(mode, 3, bits & 04000, 's');
    special(mode, 6, bits & 02000, 's');
    special(mode, 9, bits & 01000, 't');
    return mode.toString();
  }

  private static void special(StringBuilder mode, int at, int bit, char letter) {
    if (bit != 0) {
      mode.setCharAt(at, mode.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }
}
