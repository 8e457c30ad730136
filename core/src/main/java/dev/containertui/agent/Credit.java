package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The payload of CREDIT: u32 channel (0 in, 1 out, 2 err), u32 bytes. */
final class Credit {
  private static final int INPUT = 0;

  private Credit() {}

  static byte[] encode(int channel, int bytes) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(channel)
        .putInt(bytes)
        .array();
  }

  /** The bytes granted for standard input, the only channel that the guest grants for. */
  static long ofInput(byte[] payload) throws ProtocolViolation {
    ByteBuffer buffer = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    if (payload.length != 8 || buffer.getInt() != INPUT) {
      throw new ProtocolViolation("credit for a channel that is not the guest's");
    }
    return Integer.toUnsignedLong(buffer.getInt());
  }
}
