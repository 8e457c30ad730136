package dev.containertui.tui.screen.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.FileStat;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.MemoryFiles;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileViewTest {
  private final MemoryFiles files = new MemoryFiles();

  private FileView read(String path) {
    return FileView.read(files, path, files.contents.get(path).length);
  }

  @Test
  void ofAHugeFileOnlyTheStartIsRead() {
    files.put("/huge", "0123456789\n".repeat(400_000));
    FileView view = read("/huge");
    assertEquals("only the start of 4.2 MiB", view.note());
    assertEquals(0, view.lines().first(), "the start is kept, not the end");
    assertEquals(10_000, view.lines().end());
  }

  @Test
  void aLineWithoutEndIsCut() {
    files.put("/line", "x".repeat(900_000));
    FileView view = read("/line");
    assertTrue(view.lines().end() > 100);
    assertTrue(view.lines().get(5).line().text().length() <= 8192);
  }

  @Test
  void whatIsNoTextIsShownAsBytes() {
    files.contents.put("/elf", new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 27});
    FileView view = read("/elf");
    assertEquals("not a text: its bytes", view.note());
    assertEquals(
        "000000  7f 45 4c 46 00 01 1b                             .ELF...",
        view.lines().get(0).line().text());
  }

  @Test
  void aFailureIsNotTakenForTheEnd() {
    MemoryFiles broken =
        new MemoryFiles() {
          @Override
          public byte[] head(String path, int limitBytes) {
            throw new EngineException(Kind.NOT_FOUND, "gone");
          }
        };
    assertThrows(EngineException.class, () -> FileView.read(broken, "/x", 0));
  }

  @Test
  void modesAreWrittenAsLsWritesThem() {
    assertEquals("-rwsr-xr-x", mode(FileStat.Kind.FILE, 04755));
    assertEquals("drwxrwxrwt", mode(FileStat.Kind.DIRECTORY, 01777));
    assertEquals("-rw-r-Sr-T", mode(FileStat.Kind.FILE, 03644));
    assertEquals("lrwxrwxrwx", mode(FileStat.Kind.SYMBOLIC_LINK, 0777));
  }

  private static String mode(FileStat.Kind kind, int permissions) {
    return FileTable.mode(
        new FileStat(
            "x", kind, permissions, 0, 0, 0, Instant.EPOCH, Optional.empty(), Optional.empty()));
  }
}
