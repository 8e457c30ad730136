package dev.containertui.rootfs;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * What media types a layer may have, and how it is decompressed. Which compression was used is read
 * off the first bytes, as the engines do: registries hold layers whose media type is wrong about
 * it, and the digest of the result is checked anyway.
 */
final class LayerCompression {
  private static final Set<String> TAR_TYPES =
      Set.of(
          "application/vnd.oci.image.layer.v1.tar",
          "application/vnd.oci.image.layer.nondistributable.v1.tar",
          "application/vnd.docker.image.rootfs.diff.tar",
          "application/vnd.docker.image.rootfs.foreign.diff.tar");

  private static final Set<String> SUFFIXES = Set.of("", "+gzip", ".gzip", "+zstd", ".zstd");
  private static final int MAGIC_BYTES = 4;
  private static final int INPUT_BYTES = 128 << 10;

  private LayerCompression() {}

  static boolean isLayer(String mediaType) {
    return TAR_TYPES.stream()
        .anyMatch(
            type ->
                mediaType.startsWith(type)
                    && SUFFIXES.contains(mediaType.substring(type.length())));
  }

  /** The uncompressed bytes of a blob. */
  static InputStream decompress(InputStream blob) throws IOException {
    BufferedInputStream in = new BufferedInputStream(blob, INPUT_BYTES);
    in.mark(MAGIC_BYTES);
    byte[] magic = new byte[MAGIC_BYTES];
    int count = in.readNBytes(magic, 0, MAGIC_BYTES);
    in.reset();
    if (count >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      return new GzipStream(in);
    }
    return isZstd(magic) ? new ZstdInputStreamNoFinalizer(in) : in;
  }

  /** A zstd frame, or a skippable frame before one (RFC 8878). */
  private static boolean isZstd(byte[] magic) {
    int first = magic[0] & 0xff;
    int second = magic[1] & 0xff;
    int third = magic[2] & 0xff;
    int fourth = magic[3] & 0xff;
    boolean frame = first == 0x28 && second == 0xb5 && third == 0x2f && fourth == 0xfd;
    boolean skippable = (first & 0xf0) == 0x50 && second == 0x2a && third == 0x4d && fourth == 0x18;
    return frame || skippable;
  }
}
