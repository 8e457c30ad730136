package dev.containertui.vm.qemu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Wraps machine code as the smallest ELF64 file that QEMU boots directly: one segment at 1 MiB, and
 * the PVH entry note that points to it (xen/include/public/elfnote.h, XEN_ELFNOTE_PHYS32_ENTRY).
 */
final class PvhImage {
  private static final int LOAD_ADDRESS = 1 << 20;
  private static final int MEMORY_BYTES = 0x2000;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int NOTE_OFFSET = HEADER_BYTES + 2 * PROGRAM_HEADER_BYTES;
  private static final int NOTE_BYTES = 24;
  private static final int CODE_OFFSET = 0x1000;

  private static final short EXECUTABLE = 2;
  private static final short X86_64 = 62;
  private static final int LOAD = 1;
  private static final int NOTE = 4;
  private static final int PHYS32_ENTRY = 18;

  private PvhImage() {}

  /**
   * @param code entered at its first byte in 32-bit protected mode; followed by zeroes up to 8 KiB
   */
  static byte[] of(byte[] code) {
    ByteBuffer out = ByteBuffer.allocate(CODE_OFFSET + code.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort(EXECUTABLE).putShort(X86_64).putInt(1);
    out.putLong(LOAD_ADDRESS).putLong(HEADER_BYTES).putLong(0).putInt(0);
    out.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES).putShort((short) 2);
    out.position(HEADER_BYTES);
    segment(out, LOAD, CODE_OFFSET, LOAD_ADDRESS, code.length, MEMORY_BYTES, 0x1000);
    segment(out, NOTE, NOTE_OFFSET, 0, NOTE_BYTES, NOTE_BYTES, 4);
    out.putInt(4).putInt(8).putInt(PHYS32_ENTRY);
    out.put("Xen\0".getBytes(StandardCharsets.US_ASCII)).putLong(LOAD_ADDRESS);
    return out.position(CODE_OFFSET).put(code).array();
  }

  private static void segment(
      ByteBuffer out,
      int type,
      long offset,
      long address,
      long fileBytes,
      long memoryBytes,
      long align) {
    out.putInt(type).putInt(7).putLong(offset).putLong(address).putLong(address);
    out.putLong(fileBytes).putLong(memoryBytes).putLong(align);
  }
}
