package dev.containertui.tui.screen.images;

import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.rootfs.LayerFile;
import dev.containertui.rootfs.TarEntry;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Names;
import dev.containertui.tui.widget.Table;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The columns of the three tables: images, layers of one, files of a layer. */
final class ImageTables {
  static final Table<ImageRow> IMAGES =
      new Table<>(
          "Images",
          ImageRow::key,
          r -> String.join(" ", r.image().references()) + " " + r.image().id(),
          List.of(
              new Column<>(
                  "NAME",
                  16,
                  60,
                  Fit.TAIL,
                  0,
                  ImageTables::name,
                  Comparator.comparing(ImageRow::name)),
              new Column<>(
                  "ID",
                  12,
                  12,
                  Fit.LEFT,
                  6,
                  r -> new Cell(Names.shortDigest(r.image().id()), Look.FAINT)),
              new Column<>(
                  "PLATFORM",
                  11,
                  14,
                  Fit.LEFT,
                  3,
                  r -> Cell.of(r.image().platform().toString()),
                  Comparator.comparing(r -> r.image().platform().toString())),
              new Column<>(
                  "SIZE",
                  8,
                  9,
                  Fit.RIGHT,
                  0,
                  r -> Cell.of(Units.bytes(r.image().sizeBytes())),
                  Comparator.comparing(r -> r.image().sizeBytes())),
              new Column<>(
                  "UNIQUE",
                  8,
                  9,
                  Fit.RIGHT,
                  4,
                  r -> r.use().map(u -> Cell.of(Units.bytes(u.uniqueBytes()))).orElse(Cell.NOTHING),
                  Comparator.comparing(r -> r.use().map(ImageUse::uniqueBytes).orElse(-1L))),
              new Column<>(
                  "SHARED",
                  8,
                  9,
                  Fit.RIGHT,
                  5,
                  r -> r.use().map(ImageTables::shared).orElse(Cell.NOTHING),
                  Comparator.comparing(
                      r -> r.use().map(u -> u.sizeBytes() - u.uniqueBytes()).orElse(-1L))),
              new Column<>(
                  "USED BY",
                  7,
                  7,
                  Fit.RIGHT,
                  2,
                  r ->
                      r.containers() == 0
                          ? Cell.NOTHING
                          : Cell.of(Integer.toString(r.containers())),
                  Comparator.comparing(ImageRow::containers)),
              new Column<>(
                  "CREATED",
                  13,
                  14,
                  Fit.RIGHT,
                  1,
                  r -> r.age().map(a -> Cell.of(Units.age(a))).orElse(Cell.NOTHING),
                  Comparator.comparing(r -> r.age().orElse(Duration.ZERO)))));

  static final Table<ImageDetail.Layer> LAYERS =
      new Table<>(
          "Layers",
          l -> Integer.toString(l.index()),
          l -> l.instruction() + " " + l.digest(),
          List.of(
              new Column<>(
                  "#",
                  3,
                  3,
                  Fit.RIGHT,
                  0,
                  l -> Cell.of(Integer.toString(l.index() + 1)),
                  Comparator.comparing(ImageDetail.Layer::index)),
              new Column<>(
                  "SIZE",
                  8,
                  9,
                  Fit.RIGHT,
                  0,
                  l -> Cell.of(Units.bytes(l.sizeBytes())),
                  Comparator.comparing(ImageDetail.Layer::sizeBytes)),
              new Column<>(
                  "DIGEST",
                  12,
                  12,
                  Fit.LEFT,
                  2,
                  l -> new Cell(Names.shortDigest(l.digest()), Look.FAINT)),
              new Column<>(
                  "INSTRUCTION",
                  20,
                  400,
                  Fit.LEFT,
                  1,
                  l ->
                      l.instruction().isEmpty()
                          ? new Cell("not told", Look.FAINT)
                          : Cell.of(l.instruction()))));

  static final Table<LayerFile> FILES =
      new Table<>(
          "Files",
          f -> f.effect() + f.path(),
          f -> f.path() + " " + f.effect().name(),
          List.of(
              new Column<>(
                  "±",
                  1,
                  1,
                  Fit.LEFT,
                  0,
                  ImageTables::effect,
                  Comparator.comparing(LayerFile::effect)),
              new Column<>("MODE", 10, 10, Fit.LEFT, 1, f -> new Cell(mode(f), Look.FAINT)),
              new Column<>(
                  "SIZE",
                  8,
                  9,
                  Fit.RIGHT,
                  0,
                  f ->
                      f.type().filter(t -> t == TarEntry.Type.FILE).isPresent()
                          ? Cell.of(Units.bytes(f.sizeBytes()))
                          : Cell.NOTHING,
                  Comparator.comparing(LayerFile::sizeBytes)),
              new Column<>(
                  "PATH",
                  20,
                  400,
                  Fit.LEFT,
                  0,
                  f -> Cell.of(f.path() + f.linkTarget().map(t -> " → " + t).orElse("")),
                  Comparator.comparing(LayerFile::path))));

  private ImageTables() {}

  private static Cell name(ImageRow row) {
    String more = row.moreNames() == 0 ? "" : " +" + row.moreNames();
    Look look = row.image().references().isEmpty() ? Look.FAINT : Look.STRONG;
    return new Cell(row.name() + more, look);
  }

  private static Cell shared(ImageUse use) {
    return Cell.of(Units.bytes(use.sizeBytes() - use.uniqueBytes()));
  }

  /** A sign for each, so that no colour is needed to tell them apart. */
  private static Cell effect(LayerFile file) {
    return switch (file.effect()) {
      case ADDED -> new Cell("+", Look.GOOD);
      case CHANGED -> new Cell("~", Look.BUSY);
      case HIDDEN -> new Cell("-", Look.BAD);
      case EMPTIED -> new Cell("∅", Look.BAD);
    };
  }

  /** As {@code ls -l} shows it; empty for what is hidden. */
  private static String mode(LayerFile file) {
    if (file.type().isEmpty()) {
      return "hidden";
    }
    StringBuilder mode =
        new StringBuilder(
            switch (file.type().get()) {
              case FILE, HARD_LINK -> "-";
              case DIRECTORY -> "d";
              case SYMLINK -> "l";
              case CHARACTER_DEVICE -> "c";
              case BLOCK_DEVICE -> "b";
              case FIFO -> "p";
            });
    String letters = "rwxrwxrwx";
    for (int i = 0; i < 9; i++) {
      mode.append((file.permissions() >> (8 - i) & 1) == 1 ? letters.charAt(i) : '-');
    }
    special(mode, file.permissions(), 04000, 3, 's');
    special(mode, file.permissions(), 02000, 6, 's');
    special(mode, file.permissions(), 01000, 9, 't');
    return mode.toString();
  }

  private static void special(StringBuilder mode, int bits, int bit, int at, char letter) {
    if ((bits & bit) != 0) {
      mode.setCharAt(at, mode.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }
}
