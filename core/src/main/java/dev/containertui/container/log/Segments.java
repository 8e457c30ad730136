package dev.containertui.container.log;

import dev.containertui.error.DiskErrors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of a log. */
final class Segments {
  private static final Pattern NAME = Pattern.compile("\\d{8}\\.log");

  private Segments() {}

  static Path file(Path directory, long number) {
    return directory.resolve("%08d.log".formatted(number));
  }

  /** Numbers of those that are there. */
  static NavigableSet<Long> list(Path directory) {
    NavigableSet<Long> numbers = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.log")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          numbers.add(Long.parseLong(name.substring(0, 8)));
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing has been written yet.
    } catch (IOException e) {
      throw DiskErrors.of("cannot list a container's log", directory, e);
    }
    return numbers;
  }
}
