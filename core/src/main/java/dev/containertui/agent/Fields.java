package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A payload of fields, PROTOCOL.md section 3, taken apart and checked. */
final class Fields {
  /** Tag, reserved, length. */
  private static final int HEADER_BYTES = 8;

  private final List<Field> fields;

  private Fields(List<Field> fields) {
    this.fields = fields;
  }

  private record Field(int tag, byte[] value) {}

  static Fields parse(byte[] payload) throws ProtocolViolation {
    ByteBuffer buffer = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (buffer.hasRemaining()) {
      if (buffer.remaining() < HEADER_BYTES) {
        throw new ProtocolViolation("a field that is cut off");
      }
      int tag = Short.toUnsignedInt(buffer.getShort());
      if (buffer.getShort() != 0) {
        throw new ProtocolViolation("reserved bytes that are not zero in field " + tag);
      }
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        throw new ProtocolViolation("field " + tag + " that reaches beyond its message");
      }
      byte[] value = new byte[length];
      buffer.get(value);
      fields.add(new Field(tag, value));
    }
    return new Fields(fields);
  }

  /**
   * An unsigned 32-bit field that must be there once, as a value from {@code min} to {@code max}.
   */
  int u32(int tag, int min, int max) throws ProtocolViolation {
    long value = Integer.toUnsignedLong(buffer(tag, single(tag), Integer.BYTES).getInt());
    if (value < min || value > max) {
      throw new ProtocolViolation("field " + tag + " out of range: " + value);
    }
    return (int) value;
  }

  /** A 64-bit counter that must be there once; it has to fit 63 bits. */
  long u64(int tag) throws ProtocolViolation {
    return counter(tag, single(tag));
  }

  /** A 64-bit counter that may be missing. */
  OptionalLong optionalU64(int tag) throws ProtocolViolation {
    Optional<byte[]> value = atMostOne(tag);
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counter(tag, value.get()));
  }

  /** A 0 or 1 that may be missing; then it is 0. */
  boolean flag(int tag) throws ProtocolViolation {
    return atMostOne(tag).isPresent() && u32(tag, 0, 1) == 1;
  }

  String string(int tag) throws ProtocolViolation {
    return text(single(tag));
  }

  /** All values of a field that may be repeated, each little-endian. */
  List<ByteBuffer> all(int tag) {
    return fields.stream()
        .filter(field -> field.tag == tag)
        .map(field -> ByteBuffer.wrap(field.value).order(ByteOrder.LITTLE_ENDIAN))
        .toList();
  }

  boolean has(int tag, byte[] value) throws ProtocolViolation {
    return Arrays.equals(single(tag), value);
  }

  private byte[] single(int tag) throws ProtocolViolation {
    Optional<byte[]> value = atMostOne(tag);
    if (value.isEmpty()) {
      throw new ProtocolViolation("no field " + tag + " in a message that must have it");
    }
    return value.get();
  }

  private Optional<byte[]> atMostOne(int tag) throws ProtocolViolation {
    byte[] found = null;
    for (Field field : fields) {
      if (field.tag == tag) {
        if (found != null) {
          throw new ProtocolViolation("field " + tag + " twice");
        }
        found = field.value;
      }
    }
    return Optional.ofNullable(found);
  }

  private static long counter(int tag, byte[] value) throws ProtocolViolation {
    long counter = buffer(tag, value, Long.BYTES).getLong();
    if (counter < 0) {
      throw new ProtocolViolation("field " + tag + " out of range");
    }
    return counter;
  }

  private static ByteBuffer buffer(int tag, byte[] value, int bytes) throws ProtocolViolation {
    if (value.length != bytes) {
      throw new ProtocolViolation("field " + tag + " of " + value.length + " bytes");
    }
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Bytes from the guest as text that is safe to print: what is not UTF-8, and control characters,
   * which could drive the reader's terminal, become U+FFFD.
   */
  static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, '\uFFFD');
      }
    }
    return text.toString();
  }
}
