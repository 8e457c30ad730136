package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;

/** One of the two ends of a copy, as it is written on the command line. */
public sealed interface CopyEnd {
  /** {@code -}: a tar archive on standard input or output. */
  record Archive() implements CopyEnd {}

  /** A path of this host. */
  record Local(String path) implements CopyEnd {}

  /**
   * {@code container:path}.
   *
   * @param text as it was written
   * @param path absolute, without {@code .}, {@code ..} and double slashes
   * @param written how the path ended before
   */
  record InContainer(String text, String container, String path, CopyRules.Ending written)
      implements CopyEnd {
    /** Last part of the path; empty for the root. */
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path without its last part. */
    public String parent() {
      int slash = path.lastIndexOf('/');
      return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The same place by another path of the container. */
    public InContainer at(String otherPath) {
      return new InContainer(text, container, clean(otherPath), written);
    }
  }

  /**
   * Reads an argument. A path with a colon is told from a container's by a slash or a dot at its
   * beginning: {@code ./a:b}.
   *
   * @throws EngineException INVALID
   */
  static CopyEnd parse(String text) {
    if (text.equals("-")) {
      return new Archive();
    }
    int colon = text.indexOf(':');
    if (text.startsWith("/") || text.startsWith(".") || colon < 0) {
      if (text.isEmpty()) {
        throw new EngineException(Kind.INVALID, "a path is empty");
      }
      return new Local(text);
    }
    String path = text.substring(colon + 1);
    if (colon == 0 || path.isEmpty()) {
      throw new EngineException(
          Kind.INVALID, "not a place in a container: " + text, "write CONTAINER:PATH");
    }
    String clean = clean(path);
    CopyRules.Ending written =
        clean.equals("/") ? CopyRules.Ending.SLASH_DOT : CopyRules.Ending.of(path);
    return new InContainer(text, text.substring(0, colon), clean, written);
  }

  private static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }
}
