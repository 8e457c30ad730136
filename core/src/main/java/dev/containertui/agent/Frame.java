package dev.containertui.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One message on the wire, PROTOCOL.md section 2.
 *
 * @param id number of a request or handle of a process, 0 to 2³¹−1
 * @param payload at most {@link #MAX_PAYLOAD} bytes
 */
record Frame(MessageType type, int id, byte[] payload) {
  static final int HEADER_BYTES = 12;
  static final int MAX_PAYLOAD = 65_536;
  static final int MAX_BYTES = HEADER_BYTES + MAX_PAYLOAD;
  private static final int ZEROS_BYTES = 65_564;

  /** Starts every connection in both directions, section 1. */
  private static final byte[] MAGIC = {
    'C', 'T', 'U', 'I', '-', 'A', 'G', 'E', 'N', 'T', '-', 'P', 'R', 'E', 1, '\n'
  };

  private static final byte[] NOTHING = {};

  static byte[] magic() {
    return MAGIC.clone();
  }

  /**
   * Starts a connection to a guest that may be in the middle of another client's message: zeros as
   * many as the largest frame has bytes end any, and the guest looks for the magic.
   */
  static byte[] laterPreamble() {
    byte[] preamble = new byte[ZEROS_BYTES + MAGIC.length];
    System.arraycopy(MAGIC, 0, preamble, ZEROS_BYTES, MAGIC.length);
    return preamble;
  }

  static Frame empty(MessageType type, int id) {
    return new Frame(type, id, NOTHING);
  }

  /**
   * Takes one frame from the front of {@code buffer}; null, and nothing taken, if it does not hold
   * a whole one yet. The header is checked as soon as it is there, so that a frame that breaks the
   * rules is not waited for.
   *
   * @param buffer little-endian, with room for {@link #MAX_BYTES}
   */
  static Frame decode(ByteBuffer buffer) throws ProtocolViolation {
    if (buffer.remaining() < HEADER_BYTES) {
      return null;
    }
    int start = buffer.position();
    int length = buffer.getInt(start);
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new ProtocolViolation(
          "a message of " + Integer.toUnsignedString(length) + " bytes, more than a frame holds");
    }
    MessageType type = MessageType.of(Byte.toUnsignedInt(buffer.get(start + 4)));
    if (buffer.get(start + 5) != 0 || buffer.getShort(start + 6) != 0) {
      throw new ProtocolViolation("reserved bytes that are not zero in the header of " + type);
    }
    int id = buffer.getInt(start + 8);
    if (id < 0) {
      throw new ProtocolViolation("a number out of range in the header of " + type);
    }
    if (buffer.remaining() < HEADER_BYTES + length) {
      return null;
    }
    byte[] payload = new byte[length];
    buffer.position(start + HEADER_BYTES);
    buffer.get(payload);
    return new Frame(type, id, payload);
  }

  /** Size on the wire. */
  int bytes() {
    return HEADER_BYTES + payload.length;
  }

  /** Appends this frame to {@code buffer}, which is little-endian and has room for it. */
  void encode(ByteBuffer buffer) {
    if (buffer.order() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalArgumentException("not a little-endian buffer");
    }
    buffer.putInt(payload.length).put((byte) type.code()).put((byte) 0).putShort((short) 0);
    buffer.putInt(id).put(payload);
  }
}
