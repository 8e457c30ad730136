package dev.containertui.tui.screen.containers;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Files of this host that a user has something written to. */
final class HostFile {
  private HostFile() {}

  /** The path that a user means; {@code ~} at its beginning is the home directory. */
  static Path path(String text) {
    String expanded =
        text.equals("~") || text.startsWith("~/")
            ? System.getProperty("user.home") + text.substring(1)
            : text;
    try {
      return Path.of(expanded).toAbsolutePath().normalize();
    } catch (java.nio.file.InvalidPathException e) {
      throw new EngineException(Kind.INVALID, "no path of a file: " + text, e);
    }
  }

  /** Whether something is there that is no directory. */
  static boolean isFile(String text) {
    try {
      Path path = path(text);
      return Files.exists(path) && !Files.isDirectory(path);
    } catch (EngineException e) {
      return false; // the one that writes will say so
    }
  }

  /**
   * Writes a new file.
   *
   * @return its path
   * @throws EngineException CONFLICT if there is one of that name; UNAVAILABLE
   */
  static Path write(String text, List<String> lines) {
    Path path = path(text);
    try {
      Files.write(path, lines, StandardOpenOption.CREATE_NEW);
      return path;
    } catch (FileAlreadyExistsException e) {
      throw new EngineException(Kind.CONFLICT, path + " is there already", "give another name");
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot write " + path + ": " + e.getMessage(), e);
    }
  }
}
