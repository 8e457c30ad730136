package dev.containertui.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/** Takes frames from a channel. Used by one thread. */
final class FrameReader {
  private final ReadableByteChannel channel;

  /** Always between flip and compact: position to limit is what was read and not taken. */
  private final ByteBuffer buffer;

  FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(2 * Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.limit(0);
  }

  /** The next frame; waits for it. */
  Frame next() throws IOException, ProtocolViolation {
    while (true) {
      Frame frame = Frame.decode(buffer);
      if (frame != null) {
        return frame;
      }
      fill();
    }
  }

  /**
   * Skips what is left of earlier connections, to the first magic that is followed by a HELLO_OK
   * with this nonce, and returns that.
   *
   * <p>A magic that is followed by anything else may be part of an old process's output; then the
   * search goes on with the byte after it.
   */
  Frame hunt(byte[] nonce) throws IOException {
    byte[] magic = Frame.magic();
    while (true) {
      while (buffer.remaining() < magic.length) {
        fill();
      }
      if (!startsWith(magic)) {
        buffer.get();
        continue;
      }
      buffer.position(buffer.position() + magic.length);
      Frame answer = answerOrNull(nonce);
      if (answer != null) {
        return answer;
      }
    }
  }

  /** The HELLO_OK with this nonce, taken from the front; or null, and nothing is taken. */
  private Frame answerOrNull(byte[] nonce) throws IOException {
    while (true) {
      int start = buffer.position();
      try {
        Frame frame = Frame.decode(buffer);
        if (frame != null) {
          if (frame.type() == MessageType.HELLO_OK
              && Fields.parse(frame.payload()).has(Tag.NONCE, nonce)) {
            return frame;
          }
          buffer.position(start);
          return null;
        }
      } catch (ProtocolViolation notTheAnswer) {
        buffer.position(start);
        return null;
      }
      if (buffer.remaining() >= Frame.HEADER_BYTES
          && buffer.get(start + 4) != MessageType.HELLO_OK.code()) {
        return null;
      }
      fill();
    }
  }

  private boolean startsWith(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (buffer.get(buffer.position() + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private void fill() throws IOException {
    buffer.compact();
    int count;
    try {
      count = channel.read(buffer);
    } finally {
      buffer.flip();
    }
    if (count < 0) {
      throw new EOFException("the channel was closed");
    }
  }
}
