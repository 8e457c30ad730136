package dev.containertui.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a cpio archive in the "newc" format, the one that Linux unpacks as its first root file
 * system (Documentation/driver-api/early-userspace/buffer-format.rst). Owner 0:0, time 0: the same
 * entries give the same bytes.
 */
final class CpioWriter {
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int CHARACTER_DEVICE = 0020000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int inode = 1;

  void directory(String name, int permissions) {
    entry(name, DIRECTORY | permissions, new byte[0], 0, 0);
  }

  void file(String name, int permissions, byte[] content) {
    entry(name, FILE | permissions, content, 0, 0);
  }

  void characterDevice(String name, int permissions, int major, int minor) {
    entry(name, CHARACTER_DEVICE | permissions, new byte[0], major, minor);
  }

  /** Ends the archive. */
  byte[] finish() {
    entry("TRAILER!!!", 0, new byte[0], 0, 0);
    return out.toByteArray();
  }

  private void entry(String name, int mode, byte[] content, int major, int minor) {
    byte[] path = name.getBytes(StandardCharsets.US_ASCII);
    int[] fields = {
      inode++, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, path.length + 1, 0
    };
    var header = new StringBuilder("070701");
    for (int field : fields) {
      header.append("%08X".formatted(field));
    }
    out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(path);
    out.write(0);
    pad();
    out.writeBytes(content);
    pad();
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
