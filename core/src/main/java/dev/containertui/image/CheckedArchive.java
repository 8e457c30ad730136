package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.rootfs.TarMembers;
import dev.containertui.rootfs.UnpackLimits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A tar archive that is to become a layer: read through, so that nothing else does. */
final class CheckedArchive {
  private static final String WHAT = "the archive";

  private final InputStream archive;

  /**
   * @param archive plain or compressed; not closed
   */
  CheckedArchive(InputStream archive) {
    this.archive = archive;
  }

  /** Writes the uncompressed archive. */
  void copyTo(OutputStream tar) throws IOException {
    UnpackLimits limits = UnpackLimits.DEFAULT;
    try (TarMembers members =
        TarMembers.open(archive, new Limited(tar, limits.uncompressedBytes()), WHAT)) {
      long count = 0;
      while (members.next().isPresent()) {
        count++;
        if (count > limits.entries()) {
          throw tooLarge("more than " + limits.entries() + " members");
        }
      }
      members.drain();
      if (count == 0) {
        throw new EngineException(
            Kind.INVALID, WHAT + " is empty", "it must have a whole file system in it");
      }
    }
  }

  private static EngineException tooLarge(String how) {
    return new EngineException(
        Kind.INVALID, WHAT + " has " + how, "an image cannot be as large as that");
  }

  private static final class Limited extends FilterOutputStream {
    private long left;

    Limited(OutputStream out, long limitBytes) {
      super(out);
      left = limitBytes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw tooLarge("too many bytes");
      }
      out.write(bytes, offset, length);
    }
  }
}
