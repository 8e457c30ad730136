package dev.containertui.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Source archives for tests. */
final class TestSource {
  /** When all files were changed last. */
  static final Instant TIME = Instant.parse("2026-11-06T18:15:00Z");

  private final TarArchiveOutputStream tar;

  private TestSource(OutputStream out) {
    tar = new TarArchiveOutputStream(out);
  }

  interface Content {
    void write(TestSource source) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    try (var xz = new XZOutputStream(Files.newOutputStream(file), new LZMA2Options(0))) {
      var source = new TestSource(xz);
      content.write(source);
      source.tar.finish();
    }
  }

  void file(String name, String text) throws IOException {
    file(name, text, 0644);
  }

  void file(String name, String text, int permissions) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setModTime(FileTime.from(TIME));
    entry.setMode(0100000 | permissions);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  void symbolicLink(String name, String target) throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
