package dev.containertui.container;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The files of a container, running or not: its image's and what it has changed. File systems that
 * the container has mounted ({@code /proc}, {@code /dev}) are not part of them.
 *
 * <p>Paths are absolute paths in the container; {@code ..} and symbolic links on the way are
 * followed there and never lead out of it. Archives are tar files in the pax format, as Docker's
 * API has them: those that come out have one top-level entry, named as the last part of the path.
 */
public interface ContainerFiles extends FileTree {
  /**
   * Writes what is at a path as a tar archive: a file, or a directory with all below it. Of a path
   * that ends in {@code /.} the contents come out, named {@code ./…}.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND; UNAVAILABLE if {@code target} takes
   *     no more
   */
  void read(String path, OutputStream target);

  /**
   * Unpacks a tar archive (plain, gzip, bzip2, xz or zstd) into an existing directory. What is
   * there stays unless the archive has something of the same name.
   *
   * @param noOverwriteDirNonDir whether it is an error if a directory would be replaced by
   *     something else or the other way round
   * @throws dev.containertui.error.EngineException NOT_FOUND if there is no such directory; INVALID
   *     if it is none, or the archive is broken; EXHAUSTED if the disk is full
   */
  void write(String directory, InputStream archive, boolean noOverwriteDirNonDir);

  /** How it differs from its image, in order of the paths. */
  List<FileChange> changes();

  /** Writes the whole file system as a tar archive. */
  void export(OutputStream target);
}
