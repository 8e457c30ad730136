package dev.containertui;

import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A file.
 *
 * @param path absolute
 * @param kind {@code "file"}, {@code "directory"}, {@code "link"} or {@code "other"}
 * @param mode as {@code ls -l} prints permissions: {@code rwxr-xr-x}, with {@code s} and {@code t}
 *     for the special bits
 * @param uid its user's number
 * @param gid its group's number
 * @param sizeBytes of its content
 * @param target of a link, as it is written; else empty
 */
public record FileInfo(
    String path,
    String kind,
    String mode,
    int uid,
    int gid,
    long sizeBytes,
    Instant modified,
    String target)
    implements Value, Listed {
  private static final RowView<FileInfo> ROWS =
      new RowView<>(
          FileInfo.class,
          List.of(
              Column.left("MODE"),
              Column.right("UID"),
              Column.right("GID"),
              Column.right("SIZE"),
              Column.left("MODIFIED"),
              Column.left("PATH")),
          f ->
              List.of(
                  Cell.dim(
                      (f.kind.equals("directory") ? "d" : f.target.isEmpty() ? "-" : "l") + f.mode),
                  Cell.of(Integer.toString(f.uid)),
                  Cell.of(Integer.toString(f.gid)),
                  Cell.of(Humanize.bytes(f.sizeBytes)),
                  Cell.dim(f.modified.toString()),
                  new Cell(f.target.isEmpty() ? f.path : f.path + " -> " + f.target, Tone.NAME)));

  static FileInfo of(Path path) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(
            path,
            "unix:mode,uid,gid,size,lastModifiedTime,isDirectory,isRegularFile,isSymbolicLink",
            LinkOption.NOFOLLOW_LINKS);
    boolean link = (Boolean) facts.get("isSymbolicLink");
    String kind =
        link
            ? "link"
            : (Boolean) facts.get("isDirectory")
                ? "directory"
                : (Boolean) facts.get("isRegularFile") ? "file" : "other";
    return new FileInfo(
        path.toString(),
        kind,
        permissions((Integer) facts.get("mode")),
        (Integer) facts.get("uid"),
        (Integer) facts.get("gid"),
        (Long) facts.get("size"),
        ((FileTime) facts.get("lastModifiedTime")).toInstant(),
        link ? Files.readSymbolicLink(path).toString() : "");
  }

  private static String permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      int bits = mode >> (6 - 3 * i) & 7;
      boolean special = (mode & (04000 >> i)) != 0;
      char letter = i == 2 ? 't' : 's';
      text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
      boolean x = (bits & 1) != 0;
      text.append(special ? (x ? letter : Character.toUpperCase(letter)) : x ? 'x' : '-');
    }
    return text.toString();
  }

  @Override
  public View view() {
    return ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
