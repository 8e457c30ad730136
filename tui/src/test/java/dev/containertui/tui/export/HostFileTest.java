package dev.containertui.tui.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFileTest {
  @TempDir Path directory;

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private EngineException failure(String name, HostFile.Content content) {
    return assertThrows(
        EngineException.class, () -> HostFile.create(directory.resolve(name).toString(), content));
  }

  @Test
  void aFileGetsItsNameWhenAllOfItIsThere() throws IOException {
    Path file = directory.resolve("out.txt");
    HostFile.create(
        file.toString(),
        out -> {
          out.write('a');
          assertTrue(Files.notExists(file));
        });
    assertEquals("a", Files.readString(file));
    assertEquals(List.of("out.txt"), names());
  }

  @Test
  void whatCannotBeFinishedLeavesNothingBehind() throws IOException {
    EngineException broken =
        failure(
            "out.tar",
            out -> {
              out.write(new byte[100_000]);
              throw new EngineException(Kind.CANCELLED, "saving was cancelled");
            });
    assertEquals(Kind.CANCELLED, broken.kind());
    EngineException full =
        failure(
            "out.tar",
            out -> {
              throw new IOException("No space left on device");
            });
    assertTrue(full.getMessage().endsWith("out.tar: No space left on device"), full.getMessage());
    assertEquals(List.of(), names());
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Files.writeString(directory.resolve("there"), "old");
    EngineException there = failure("there", out -> out.write('n'));
    assertEquals(Kind.CONFLICT, there.kind());
    assertEquals("old", Files.readString(directory.resolve("there")));
    assertEquals(List.of("there"), names());
  }

  @Test
  void aMissingDirectoryIsNamed() {
    EngineException missing = failure("no/such/file", out -> out.write('n'));
    assertEquals(directory.resolve("no/such") + " is not there", missing.getMessage());
  }
}
