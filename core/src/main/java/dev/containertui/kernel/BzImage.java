package dev.containertui.kernel;

import com.github.luben.zstd.ZstdInputStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A compressed x86 Linux kernel, as in {@code /boot/vmlinuz-*}.
 *
 * <pre>
 *   0x000          setup code, (setup_sects + 1) * 512 bytes
 *     0x1f1        setup_sects (0 means 4)
 *     0x202 HdrS   0x206 version   0x20e kernel_version - 0x200
 *     0x248        payload_offset  0x24c payload_length
 *   setup end      protected mode code
 *     + payload_offset    compressed vmlinux; the last 4 bytes are its unpacked size
 * </pre>
 *
 * Field meanings: Documentation/arch/x86/boot.rst of Linux. The payload fields exist since boot
 * protocol 2.08 (Linux 2.6.26).
 */
final class BzImage {
  /** More than any kernel unpacks to; a debug build with symbols stays below. */
  static final int MAX_VMLINUX_BYTES = 512 << 20;

  private static final int LZ4_LEGACY_BLOCK_BYTES = 8 << 20;

  private final byte[] bytes;
  private final ByteBuffer header;

  private BzImage(byte[] bytes) {
    this.bytes = bytes;
    this.header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether these bytes begin like a bzImage. */
  static boolean matches(byte[] bytes) {
    return bytes.length > 0x250
        && bytes[0x202] == 'H'
        && bytes[0x203] == 'd'
        && bytes[0x204] == 'r'
        && bytes[0x205] == 'S';
  }

  /**
   * @throws EngineException CORRUPT if the setup header is missing or too old
   */
  static BzImage parse(byte[] bytes) {
    if (!matches(bytes)) {
      throw corrupt("no Linux setup header");
    }
    var image = new BzImage(bytes);
    int protocol = Short.toUnsignedInt(image.header.getShort(0x206));
    if (protocol < 0x208) {
      throw corrupt(
          "boot protocol %d.%02d, 2.08 is needed".formatted(protocol >> 8, protocol & 255));
    }
    return image;
  }

  /** The first word of the version text, as {@code uname -r} prints it; empty if there is none. */
  String release() {
    int pointer = Short.toUnsignedInt(header.getShort(0x20e));
    int start = pointer + 0x200;
    if (pointer == 0 || start >= bytes.length) {
      return "";
    }
    int end = start;
    while (end < bytes.length && end - start < 128 && bytes[end] > ' ' && bytes[end] < 127) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }

  /**
   * Unpacks the kernel.
   *
   * @throws EngineException CORRUPT if the payload lies outside of the file, is packed in an
   *     unknown way, does not unpack, or has another size than it says
   */
  byte[] vmlinux() {
    int setupSectors = Byte.toUnsignedInt(bytes[0x1f1]);
    long setupBytes = ((setupSectors == 0 ? 4 : setupSectors) + 1) * 512L;
    long start = setupBytes + Integer.toUnsignedLong(header.getInt(0x248));
    long length = Integer.toUnsignedLong(header.getInt(0x24c));
    if (length < 8 || start + length > bytes.length) {
      throw corrupt(
          "its payload (%d bytes at %d) lies outside of the file (%d bytes)"
              .formatted(length, start, bytes.length));
    }
    byte[] payload = Arrays.copyOfRange(bytes, (int) start, (int) (start + length));
    long size = Integer.toUnsignedLong(header.getInt((int) (start + length - 4)));
    if (size < 64 || size > MAX_VMLINUX_BYTES) {
      throw corrupt("it claims to unpack to " + size + " bytes");
    }
    return unpack(payload, (int) size);
  }

  private static byte[] unpack(byte[] payload, int size) {
    try (InputStream in = open(payload)) {
      byte[] vmlinux = in.readNBytes(size);
      if (vmlinux.length != size) {
        throw corrupt("it unpacks to %d bytes, not %d".formatted(vmlinux.length, size));
      }
      return vmlinux;
    } catch (IOException | RuntimeException e) {
      if (e instanceof EngineException known) {
        throw known;
      }
      throw new EngineException(
          Kind.CORRUPT, "the kernel image is damaged: its payload does not unpack", e);
    }
  }

  /** The compressors that Linux knows for x86 (init/Kconfig, KERNEL_*), less LZO. */
  private static InputStream open(byte[] payload) throws IOException {
    if (starts(payload, 0x1f, 0x8b)) {
      // Here alone the size at the end belongs to the format.
      return new GZIPInputStream(new ByteArrayInputStream(payload));
    }
    var in = new ByteArrayInputStream(payload, 0, payload.length - 4);
    if (starts(payload, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return new XZInputStream(in, 256 << 10);
    } else if (starts(payload, 0x28, 0xb5, 0x2f, 0xfd)) {
      return new ZstdInputStream(in);
    } else if (starts(payload, 0x02, 0x21, 0x4c, 0x18)) {
      in.skipNBytes(4);
      return new Lz4LegacyInputStream(in);
    } else if (starts(payload, 'B', 'Z', 'h')) {
      return new BZip2CompressorInputStream(in);
    } else if (starts(payload, 0x5d, 0, 0)) {
      return new LZMAInputStream(in, 256 << 10);
    }
    throw corrupt("it is packed in an unknown way");
  }

  private static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static EngineException corrupt(String what) {
    return new EngineException(Kind.CORRUPT, "not a usable kernel image: " + what);
  }

  /**
   * LZ4's legacy frame (lz4_Frame_format.md, "Legacy frame"): after the magic number, blocks of at
   * most 8 MiB unpacked, each preceded by its packed size.
   */
  private static final class Lz4LegacyInputStream extends InputStream {
    private final ByteArrayInputStream in;
    private byte[] block = new byte[0];
    private int position;

    Lz4LegacyInputStream(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return position < block.length || next() ? Byte.toUnsignedInt(block[position++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (position == block.length && !next()) {
        return -1;
      }
      int count = Math.min(length, block.length - position);
      System.arraycopy(block, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean next() throws IOException {
      byte[] prefix = in.readNBytes(4);
      if (prefix.length < 4) {
        return false;
      }
      long packed =
          Integer.toUnsignedLong(ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt());
      if (packed == 0 || packed > in.available()) {
        throw new EOFException("LZ4 block of " + packed + " bytes, " + in.available() + " left");
      }
      byte[] data = in.readNBytes((int) packed);
      try (var lz4 = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(data))) {
        block = lz4.readNBytes(LZ4_LEGACY_BLOCK_BYTES);
      }
      position = 0;
      return block.length > 0;
    }
  }
}
