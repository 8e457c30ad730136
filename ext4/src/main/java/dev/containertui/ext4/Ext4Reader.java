package dev.containertui.ext4;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads an ext4 image: ours, mke2fs's, or one that a guest has written to. One that was not
 * unmounted is read as a replay of its journal would leave it; the file is not changed, and must
 * not change meanwhile. Images are taken for hostile: every number is checked before it is used,
 * and what breaks the format ends in an {@link Ext4Exception} CORRUPT, never in endless loops or
 * memory without bound. Checksums are not verified: a hostile image has right ones.
 *
 * <p>No operation follows symbolic links. Instances are not thread-safe.
 */
public final class Ext4Reader implements AutoCloseable {
  private final ImageSource image;
  private final VolumeInfo volume;
  private final InodeReader inodes;
  private final DirectoryReader directories;

  private Ext4Reader(ImageSource image) {
    this.image = image;
    VolumeInfo found = VolumeInfo.read(image);
    if (found.journalInode() != 0) {
      image.replay(JournalReader.replay(image, found, new InodeReader(image, found)));
      found = VolumeInfo.read(image);
    }
    volume = found;
    inodes = new InodeReader(image, volume);
    directories = new DirectoryReader(image, volume, inodes);
  }

  /** Opens an image and checks its superblock. */
  public static Ext4Reader open(Path path) {
    ImageSource image = new ImageSource(path);
    try {
      return new Ext4Reader(image);
    } catch (Ext4Exception e) {
      image.close();
      throw e;
    }
  }

  /** What is at a path, if anything. */
  public Optional<Stat> stat(ImagePath path) {
    return find(path).map(inodes::stat);
  }

  /** Names in a directory, in order of their bytes. */
  public List<FileName> list(ImagePath path) {
    return List.copyOf(directories.read(require(path)).keySet());
  }

  /** The content of a regular file; usable until the reader is closed. */
  public InputStream read(ImagePath path) {
    InodeReader.Inode inode = require(path);
    if (inode.type() != FileType.FILE) {
      throw new Ext4Exception(Ext4Exception.Reason.INVALID, "not a regular file: " + path);
    }
    return content(inode);
  }

  /** What an inode is; see {@link Stat#inode}. */
  public Stat stat(long inode) {
    return inodes.stat(inodes.read(inode));
  }

  /**
   * What is in the directory that an inode is: inode numbers by name. A hostile image can name a
   * directory in several places, even within itself.
   *
   * @throws Ext4Exception NOT_A_DIRECTORY; LIMIT if it has more than a million entries
   */
  public SortedMap<FileName, Long> entries(long inode) {
    return directories.read(inodes.read(inode));
  }

  /** The content of the regular file that an inode is; usable until the reader is closed. */
  public InputStream read(long inode) {
    InodeReader.Inode file = inodes.read(inode);
    if (file.type() != FileType.FILE) {
      throw new Ext4Exception(Ext4Exception.Reason.INVALID, "no regular file: inode " + inode);
    }
    return content(file);
  }

  private InputStream content(InodeReader.Inode file) {
    return new FileContent(image, volume.blockBytes(), inodes.extents(file), file.sizeBytes());
  }

  @Override
  public void close() {
    image.close();
  }

  private InodeReader.Inode require(ImagePath path) {
    return find(path)
        .orElseThrow(
            () -> new Ext4Exception(Ext4Exception.Reason.NOT_FOUND, "no such file: " + path));
  }

  private Optional<InodeReader.Inode> find(ImagePath path) {
    InodeReader.Inode inode = inodes.read(Format.ROOT_INODE);
    for (FileName name : path.names()) {
      if (inode.type() != FileType.DIRECTORY) {
        return Optional.empty();
      }
      Map<FileName, Long> entries = directories.read(inode);
      Long number = entries.get(name);
      if (number == null) {
        return Optional.empty();
      }
      inode = inodes.read(number);
    }
    return Optional.of(inode);
  }
}
