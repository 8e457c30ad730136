package dev.containertui.tui.screen.containers;

import dev.containertui.container.FileTree;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.text.Lines;
import dev.containertui.tui.text.TextRow;
import dev.containertui.tui.text.Viewport;
import dev.containertui.tui.vt.LineDecoder;
import dev.containertui.tui.vt.StyledLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A file that is looked into.
 *
 * @param note what there is to know beside its text
 */
record FileView(String path, Lines lines, Viewport view, String note) {
  private static final int MAX_BYTES = FileTree.MAX_HEAD_BYTES;
  private static final int MAX_HEX_BYTES = 64 << 10;
  private static final int PROBE_BYTES = 8192;
  private static final int HEX_WIDTH = 16;

  FileView with(Viewport newView) {
    return new FileView(path, lines, newView, note);
  }

  /**
   * Reads the start of a file; of one that is no text, its bytes.
   *
   * @param sizeBytes of all of it, to be told if not all is shown
   */
  static FileView read(FileTree files, String path, long sizeBytes) {
    byte[] bytes = files.head(path, MAX_BYTES);
    boolean binary = false;
    for (int i = 0; i < Math.min(bytes.length, PROBE_BYTES); i++) {
      binary |= bytes[i] == 0;
    }
    List<TextRow> rows = binary ? hex(bytes) : text(bytes);
    boolean cut =
        bytes.length < sizeBytes
            || rows.size() > Lines.MAX_LINES
            || binary && bytes.length > MAX_HEX_BYTES;
    String note =
        (binary ? "not a text: its bytes" : "")
            + (cut ? "  only the start of " + Units.bytes(sizeBytes) : "");
    List<TextRow> kept = rows.subList(0, Math.min(rows.size(), Lines.MAX_LINES));
    return new FileView(path, Lines.of(kept), Viewport.HEAD.wrap(!binary), note.strip());
  }

  private static List<TextRow> text(byte[] bytes) {
    List<TextRow> rows = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    text.lines()
        .limit(Lines.MAX_LINES + 1L)
        .forEach(
            line -> {
              for (int i = 0; i == 0 || i < line.length(); i += LineDecoder.MAX_LENGTH) {
                int end = Math.min(line.length(), i + LineDecoder.MAX_LENGTH);
                rows.add(TextRow.of(StyledLine.plain(line.substring(i, end))));
              }
            });
    return rows;
  }

  private static List<TextRow> hex(byte[] bytes) {
    List<TextRow> rows = new ArrayList<>();
    HexFormat format = HexFormat.ofDelimiter(" ");
    int length = Math.min(bytes.length, MAX_HEX_BYTES);
    for (int i = 0; i < length; i += HEX_WIDTH) {
      int end = Math.min(length, i + HEX_WIDTH);
      StringBuilder text = new StringBuilder();
      for (int k = i; k < end; k++) {
        text.append(bytes[k] >= 0x20 && bytes[k] < 0x7f ? (char) bytes[k] : '.');
      }
      String line = "%06x  %-47s  %s".formatted(i, format.formatHex(bytes, i, end), text);
      rows.add(TextRow.of(StyledLine.plain(line)));
    }
    return rows;
  }
}
