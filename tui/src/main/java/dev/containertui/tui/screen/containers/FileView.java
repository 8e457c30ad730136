package dev.containertui.tui.screen.containers;

import dev.containertui.container.FileTree;
import dev.containertui.error.EngineException;
import dev.containertui.tui.text.Lines;
import dev.containertui.tui.text.TextRow;
import dev.containertui.tui.text.Viewport;
import dev.containertui.tui.vt.LineDecoder;
import dev.containertui.tui.vt.StyledLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_HEX_BYTES = 64 << 10;
  private static final int PROBE_BYTES = 8192;
  private static final int HEX_WIDTH = 16;

  FileView with(Viewport newView) {
    return new FileView(path, lines, newView, note);
  }

  /** Reads the start of a file; of one that is no text, its bytes. */
  static FileView read(FileTree files, String path) {
    Head head = new Head();
    try {
      files.content(path, head);
    } catch (EngineException e) {
      if (!head.full) {
        throw e;
      }
    }
    byte[] bytes = head.bytes.toByteArray();
    boolean binary = false;
    for (int i = 0; i < Math.min(bytes.length, PROBE_BYTES); i++) {
      binary |= bytes[i] == 0;
    }
    List<TextRow> rows = binary ? hex(bytes) : text(bytes);
    boolean cut =
        head.full || rows.size() > Lines.MAX_LINES || binary && bytes.length > MAX_HEX_BYTES;
    String note = (binary ? "not a text: its bytes" : "") + (cut ? "  only the start" : "");
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

  /** Takes the start of a file, and no more. */
  private static final class Head extends OutputStream {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean full;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) throws IOException {
      int room = MAX_BYTES - bytes.size();
      bytes.write(more, offset, Math.min(room, length));
      if (length > room) {
        full = true;
        throw new IOException("that is enough of the file");
      }
    }
  }
}
