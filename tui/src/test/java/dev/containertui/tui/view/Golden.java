package dev.containertui.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures kept as text files in {@code src/test/resources/golden}. After a wanted change, run the
 * tests with {@code -Dgolden.update=true} and review the difference.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void check(String name, String picture) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, picture);
      }
      assertEquals(Files.readString(file), picture, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
