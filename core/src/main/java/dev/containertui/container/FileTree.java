package dev.containertui.container;

import java.io.OutputStream;
import java.util.List;

/**
 * Files that can be read: a container's or an image's. Paths are absolute paths in it; {@code ..}
 * and symbolic links on the way are followed there and never lead out of it.
 */
public interface FileTree {
  /** As much as {@link #head} reads: no more than takes a moment. */
  int MAX_HEAD_BYTES = 1 << 20;

  /**
   * What is at a path. The path's last part is not followed if it is a symbolic link.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND
   */
  FileStat stat(String path);

  /**
   * What is in a directory, in order of the names' bytes. Where links lead is not looked up: {@link
   * FileStat#resolvedTarget} is empty.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; INVALID if it is no directory;
   *     EXHAUSTED if it has more than 200,000 entries
   */
  default List<FileStat> list(String directory) {
    throw Unsupported.of("listing a directory");
  }

  /**
   * Writes the content of a regular file; a symbolic link at the end of the path is followed.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; INVALID if it is no regular file;
   *     UNAVAILABLE if {@code target} takes no more
   */
  default void content(String path, OutputStream target) {
    throw Unsupported.of("reading a file");
  }

  /**
   * The first bytes of a regular file; a symbolic link at the end of the path is followed. No more
   * is read than is asked for, however long the file is.
   *
   * @param limitBytes from 0 to {@link #MAX_HEAD_BYTES}; fewer come if the file has no more
   * @throws dev.containertui.error.EngineException NOT_FOUND; INVALID if it is no regular file
   */
  default byte[] head(String path, int limitBytes) {
    throw Unsupported.of("reading the start of a file");
  }
}
