package dev.containertui.tui.export;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files of this host that a user has something written to. */
public final class HostFile {
  private HostFile() {}

  /** Writes what is to be in a file. */
  @FunctionalInterface
  public interface Content {
    void to(OutputStream out) throws IOException;
  }

  /** The path that a user means; {@code ~} at its beginning is the home directory. */
  public static Path path(String text) {
    String expanded =
        text.equals("~") || text.startsWith("~/")
            ? System.getProperty("user.home") + text.substring(1)
            : text;
    try {
      return Path.of(expanded).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new EngineException(Kind.INVALID, "no path of a file: " + text, e);
    }
  }

  /** Whether something is there that is no directory. */
  public static boolean isFile(String text) {
    try {
      Path path = path(text);
      return Files.exists(path) && !Files.isDirectory(path);
    } catch (EngineException e) {
      return false; // the one that writes will say so
    }
  }

  /** Writes a new file of a text in UTF-8; as {@link #create(String, Content)}. */
  public static Path create(String name, String text) {
    return create(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a new file. It gets its name when all of it is there; what cannot be finished leaves
   * nothing behind.
   *
   * @return its path
   * @throws EngineException CONFLICT if there is something of that name; UNAVAILABLE; what {@code
   *     content} throws
   */
  public static Path create(String name, Content content) {
    Path path = path(name);
    Path partial = path.resolveSibling("." + UUID.randomUUID() + ".partial");
    try {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW))) {
        content.to(out);
      }
      Files.move(partial, path);
      return path;
    } catch (FileAlreadyExistsException e) {
      throw new EngineException(Kind.CONFLICT, path + " is there already", "give another name", e);
    } catch (NoSuchFileException e) {
      throw new EngineException(
          Kind.NOT_FOUND, path.getParent() + " is not there", "give another directory", e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot write " + path + ": " + e.getMessage(), e);
    } finally {
      deleteQuietly(partial);
    }
  }

  private static void deleteQuietly(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // it is only in the way, and the failure that left it there is what counts
    }
  }
}
