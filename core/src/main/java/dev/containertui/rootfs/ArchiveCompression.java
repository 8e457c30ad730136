package dev.containertui.rootfs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How archives that somebody sends are decompressed: what layers may be compressed with, and also
 * bzip2 and xz, told apart by their first bytes.
 */
final class ArchiveCompression {
  private static final int INPUT_BYTES = 128 << 10;

  /** {@code xz -9} takes 65 MiB. */
  private static final int XZ_MEMORY_KIB = 128 << 10;

  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

  private ArchiveCompression() {}

  /** The uncompressed bytes; what is not compressed stays as it is. */
  static InputStream decompress(InputStream archive) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(archive, INPUT_BYTES);
    buffered.mark(XZ.length);
    byte[] magic = buffered.readNBytes(XZ.length);
    buffered.reset();
    if (Arrays.equals(magic, XZ)) {
      return new XZInputStream(buffered, XZ_MEMORY_KIB);
    }
    return Arrays.equals(Arrays.copyOf(magic, BZIP2.length), BZIP2)
        ? new BZip2CompressorInputStream(buffered, true)
        : LayerCompression.decompress(buffered);
  }
}
