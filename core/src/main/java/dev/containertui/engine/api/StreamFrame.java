package dev.containertui.engine.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * How standard output and standard error share one connection if there is no terminal (Docker
 * Engine API, ContainerAttach, "Stream format"). All multi-byte numbers are big-endian.
 *
 * <pre>
 *   0        1            4              8
 *   ┌────────┬────────────┬──────────────┬──────────
 *   │ stream │ 0  0  0    │ length: u32  │ bytes …
 *   └────────┴────────────┴──────────────┴──────────
 * </pre>
 *
 * @param stream {@link #STDIN}, {@link #STDOUT}, {@link #STDERR} or {@link #SYSTEM_ERROR}
 */
public record StreamFrame(int stream, byte[] bytes) {
  public static final int STDIN = 0;
  public static final int STDOUT = 1;
  public static final int STDERR = 2;

  /** A message of the engine's that its client reports as an error. */
  public static final int SYSTEM_ERROR = 3;

  public static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
  public static final String RAW = "application/vnd.docker.raw-stream";
  public static final int HEADER_BYTES = 8;

  /** Longer ones are not sent, and refused. */
  private static final int MAX_BYTES = 16 << 20;

  /** Header and bytes in one array. */
  public static byte[] encode(int stream, byte[] bytes, int offset, int length) {
    byte[] frame = new byte[HEADER_BYTES + length];
    frame[0] = (byte) stream;
    frame[4] = (byte) (length >>> 24);
    frame[5] = (byte) (length >>> 16);
    frame[6] = (byte) (length >>> 8);
    frame[7] = (byte) length;
    System.arraycopy(bytes, offset, frame, HEADER_BYTES, length);
    return frame;
  }

  /**
   * The next frame.
   *
   * @return empty at the end
   * @throws IOException also if these are no frames, or the end is in the middle of one
   */
  public static Optional<StreamFrame> read(InputStream source) throws IOException {
    byte[] header = source.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return Optional.empty();
    }
    if (header.length < HEADER_BYTES) {
      throw new EOFException("the stream ends in the middle of a frame");
    }
    long length =
        (header[4] & 0xffL) << 24
            | (header[5] & 0xff) << 16
            | (header[6] & 0xff) << 8
            | header[7] & 0xff;
    if (header[0] < STDIN || header[0] > SYSTEM_ERROR || length > MAX_BYTES) {
      throw new IOException("not a frame of a multiplexed stream");
    }
    byte[] bytes = source.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("the stream ends in the middle of a frame");
    }
    return Optional.of(new StreamFrame(header[0], bytes));
  }
}
