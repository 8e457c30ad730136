package dev.containertui.files;

import dev.containertui.agent.UnpackStream;
import dev.containertui.agent.UnpackStream.Attributes;
import dev.containertui.error.EngineException;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.ImagePath;
import dev.containertui.rootfs.ArchiveReader;
import dev.containertui.rootfs.ArchiveReader.Member;
import dev.containertui.rootfs.LayerException;
import dev.containertui.rootfs.TarEntry;
import dev.containertui.rootfs.UnpackLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells the guest's unpacking tool what is in an archive. No name in it is looked up here. */
public final class ArchiveUnpacking {
  private ArchiveUnpacking() {}

  /**
   * Reads an archive to its end and writes its members. If it throws, the guest has not been told
   * of an end, and fails too.
   *
   * @param archive tar, compressed or not; hostile
   * @param guest standard input of the tool
   * @throws LayerException if the archive is damaged, or has what no file system takes
   * @throws IOException what either stream throws
   */
  public static void feed(InputStream archive, OutputStream guest) throws IOException {
    UnpackStream stream = new UnpackStream(guest);
    try (ArchiveReader reader = new ArchiveReader(archive, UnpackLimits.DEFAULT)) {
      for (Member member = reader.next(); member != null; member = reader.next()) {
        // What there is to be said of the directory itself, whoever made it has said.
        if (!member.names().isEmpty()) {
          add(member, reader, stream);
        }
      }
    }
    stream.finish();
  }

  private static void add(Member member, ArchiveReader reader, UnpackStream stream)
      throws IOException {
    TarEntry entry = member.entry();
    byte[] path = path(member.names());
    try {
      Attributes attributes =
          new Attributes(
              entry.permissions(),
              (int) entry.uid(),
              (int) entry.gid(),
              entry.modified(),
              storable(entry));
      switch (entry.type()) {
        case DIRECTORY -> stream.directory(path, attributes);
        case FILE -> stream.file(path, attributes, reader.content(), entry.sizeBytes());
        case SYMLINK -> stream.symbolicLink(path, attributes, entry.linkTarget());
        case HARD_LINK -> stream.hardLink(path, path(member.target()));
        case CHARACTER_DEVICE ->
            stream.characterDevice(path, attributes, entry.major(), entry.minor());
        case BLOCK_DEVICE -> stream.blockDevice(path, attributes, entry.major(), entry.minor());
        case FIFO -> stream.fifo(path, attributes);
      }
    } catch (EngineException e) {
      throw new LayerException(entry.printableName() + ": " + e.getMessage(), e);
    }
  }

  private static byte[] path(List<FileName> names) {
    return TreePaths.of(new ImagePath(names));
  }

  /** What file systems keep, and does not speak to the overlay. */
  private static Map<String, byte[]> storable(TarEntry entry) {
    Map<String, byte[]> kept = new TreeMap<>(entry.xattrs());
    kept.keySet()
        .removeIf(name -> !Ext4Writer.canStoreXattr(name) || name.startsWith("trusted.overlay."));
    return kept;
  }
}
