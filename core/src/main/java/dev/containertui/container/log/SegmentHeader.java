package dev.containertui.container.log;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The first bytes of a segment: magic, then (u64, big-endian) what the run that goes on in it has
 * written before.
 *
 * @param openRun whether a run goes on in this segment
 * @param outBytes of standard output
 * @param errBytes of standard error
 */
record SegmentHeader(boolean openRun, long outBytes, long errBytes) {
  static final int BYTES = 32;

  /** "CTUI-LOG" in ASCII. */
  private static final long MAGIC = 0x435455492d4c4f47L;

  ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(MAGIC)
        .putLong(openRun ? 1 : 0)
        .putLong(outBytes)
        .putLong(errBytes)
        .flip();
  }

  /**
   * @throws EngineException CORRUPT
   */
  static SegmentHeader read(FileChannel channel, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
    bytes.flip();
    if (bytes.remaining() < BYTES || bytes.getLong() != MAGIC) {
      throw new EngineException(Kind.CORRUPT, file + " is no part of a container's log");
    }
    return new SegmentHeader(bytes.getLong() != 0, bytes.getLong(), bytes.getLong());
  }
}
