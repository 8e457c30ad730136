package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/**
 * Where a copy goes, as {@code cp -a} and docker decide it from what the source and the target are
 * and from how they are written.
 *
 * <pre>
 *                     target: directory            file          missing        missing, written "…/"
 *   source: file      into it                      replaces it   is the target  refused
 *           directory into it                      refused       is the target  is the target
 *           "dir/."   its contents into it         refused       is the target  is the target
 * </pre>
 */
public final class CopyRules {
  private CopyRules() {}

  /** What is at a path. */
  public enum At {
    NOTHING,
    /** Anything but a directory. */
    FILE,
    DIRECTORY
  }

  /**
   * What is copied.
   *
   * @param path as the user wrote it, for messages
   * @param name last part of the path; its archive has one entry of this name
   * @param at what is there
   * @param written how the path ends
   */
  public record Source(String path, String name, At at, Ending written) {}

  /**
   * Where it is copied to.
   *
   * @param path as the user wrote it, for messages
   * @param directory the path, and
   * @param parent the path without its last part, and
   * @param name this last part
   * @param at what is there
   * @param written how the path ends
   */
  public record Target(
      String path, String directory, String parent, String name, At at, Ending written) {}

  /** How a path ends. */
  public enum Ending {
    PLAIN,
    /** {@code dir/}: it must be a directory. */
    SLASH,
    /** {@code dir/.}: it must be a directory, and of a source only the contents are meant. */
    SLASH_DOT;

    /** How a path that a user wrote ends. */
    public static Ending of(String path) {
      if (path.equals(".") || path.endsWith("/.")) {
        return SLASH_DOT;
      }
      return path.endsWith("/") ? SLASH : PLAIN;
    }
  }

  /**
   * How to unpack the archive of a source.
   *
   * @param directory where to; it exists
   * @param name what the archive's one top-level entry is called there; {@code .}: it is the
   *     directory itself
   */
  public record Placement(String directory, String name) {}

  /**
   * Decides.
   *
   * @throws EngineException NOT_FOUND, CONFLICT or INVALID if such a source cannot go to such a
   *     target
   */
  public static Placement place(Source source, Target target) {
    if (source.at == At.NOTHING) {
      throw new EngineException(Kind.NOT_FOUND, source.path + ": no such file or directory");
    }
    boolean directory = source.at == At.DIRECTORY;
    if (!directory && source.written != Ending.PLAIN) {
      throw notADirectory(source.path);
    }
    return switch (target.at) {
      case DIRECTORY ->
          new Placement(target.directory, source.written == Ending.SLASH_DOT ? "." : source.name);
      case FILE -> {
        if (directory) {
          throw new EngineException(
              Kind.CONFLICT,
              "cannot copy directory " + source.path + " to " + target.path + ", which is none");
        }
        if (target.written != Ending.PLAIN) {
          throw notADirectory(target.path);
        }
        yield new Placement(target.parent, target.name);
      }
      case NOTHING -> {
        if (!directory && target.written != Ending.PLAIN) {
          throw new EngineException(
              Kind.NOT_FOUND,
              "no such directory: " + target.path,
              "without the slash at its end, it is made as a file");
        }
        yield new Placement(target.parent, target.name);
      }
    };
  }

  private static EngineException notADirectory(String path) {
    return new EngineException(Kind.INVALID, path + " is not a directory");
  }
}
