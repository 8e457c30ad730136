package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.ImagePath;
import java.util.Arrays;

/** Paths as bytes. */
final class TreePaths {
  /** PATH_MAX without its NUL: longer ones can be made in a container, but not be named. */
  private static final int MAX_BYTES = 4095;

  private TreePaths() {}

  /** With a slash before each name. */
  static int length(ImagePath path) {
    int length = 0;
    for (FileName name : path.names()) {
      length += 1 + name.length();
    }
    return length;
  }

  /**
   * Keeps walks from going ever deeper.
   *
   * @throws EngineException INVALID
   */
  static void requireShort(ImagePath path) {
    if (length(path) > MAX_BYTES) {
      throw new EngineException(
          Kind.INVALID,
          "the container has a path of more than %d bytes, below /%s"
              .formatted(MAX_BYTES, path.names().getFirst()));
    }
  }

  /** The names with slashes between them. */
  static byte[] of(ImagePath path) {
    byte[] joined = new byte[0];
    for (FileName name : path.names()) {
      joined = join(joined, name.bytes());
    }
    return joined;
  }

  /** A name behind the path of its directory; an empty path has no slash. */
  static byte[] join(byte[] directory, byte[] name) {
    int slash = directory.length == 0 ? 0 : 1;
    byte[] joined = Arrays.copyOf(directory, directory.length + slash + name.length);
    if (slash == 1) {
      joined[directory.length] = '/';
    }
    System.arraycopy(name, 0, joined, directory.length + slash, name.length);
    return joined;
  }
}
