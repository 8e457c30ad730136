package dev.containertui.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The smallest ELF file that looks like a kernel module. */
final class TestModule {
  private TestModule() {}

  /**
   * @param depends names with commas between them
   */
  static byte[] needing(String depends) {
    byte[] names = "\0.modinfo\0".getBytes(StandardCharsets.US_ASCII);
    byte[] info = ("license=GPL\0depends=" + depends + "\0").getBytes(StandardCharsets.US_ASCII);
    int namesAt = 64;
    int infoAt = namesAt + names.length;
    int tableAt = infoAt + info.length;
    ByteBuffer out = ByteBuffer.allocate(tableAt + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    out.putShort(16, (short) 1).putShort(18, (short) 62);
    out.putLong(40, tableAt);
    out.putShort(58, (short) 64).putShort(60, (short) 3).putShort(62, (short) 1);
    out.put(namesAt, names).put(infoAt, info);
    section(out, tableAt + 64, 0, namesAt, names.length);
    section(out, tableAt + 128, 1, infoAt, info.length);
    return out.array();
  }

  private static void section(ByteBuffer out, int at, int name, int offset, int bytes) {
    out.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, bytes);
  }
}
