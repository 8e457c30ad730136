package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts a payload of fields together. Used once, by one thread. */
final class FieldsBuilder {
  private final String message;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(Frame.MAX_PAYLOAD).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param message what is being put together, for the error if it gets too large
   */
  FieldsBuilder(String message) {
    this.message = message;
  }

  FieldsBuilder u32(int tag, int value) {
    return field(tag, Integer.BYTES, () -> buffer.putInt(value));
  }

  FieldsBuilder u64(int tag, long value) {
    return field(tag, Long.BYTES, () -> buffer.putLong(value));
  }

  FieldsBuilder pair(int tag, int first, int second) {
    return field(tag, 2 * Integer.BYTES, () -> buffer.putInt(first).putInt(second));
  }

  FieldsBuilder bytes(int tag, byte[] value) {
    return field(tag, value.length, () -> buffer.put(value));
  }

  FieldsBuilder string(int tag, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new EngineException(Kind.INVALID, message + " contains a NUL character");
    }
    return bytes(tag, value.getBytes(StandardCharsets.UTF_8));
  }

  private FieldsBuilder field(int tag, int length, Runnable value) {
    if (buffer.remaining() < 8 + length) {
      throw new EngineException(
          Kind.INVALID,
          message
              + " takes more than the "
              + Frame.MAX_PAYLOAD / 1024
              + " KiB that the guest takes");
    }
    buffer.putShort((short) tag).putShort((short) 0).putInt(length);
    value.run();
    return this;
  }

  byte[] build() {
    byte[] payload = new byte[buffer.position()];
    buffer.flip().get(payload);
    return payload;
  }
}
