package dev.containertui.vm.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The last output of a guest's serial console. The guest decides how much it writes, so nothing of
 * it goes to disk, and only the last {@value #CAPACITY_BYTES} bytes are kept.
 */
final class ConsoleLog implements AutoCloseable {
  static final int CAPACITY_BYTES = 64 << 10;

  private final SocketChannel channel;
  private final Thread reader;
  private final byte[] ring = new byte[CAPACITY_BYTES];
  private long written;

  /**
   * Connects to the console's socket and keeps reading it.
   *
   * @throws IOException if nobody listens
   */
  ConsoleLog(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    reader = Thread.ofVirtual().name("console").start(this::read);
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    try (channel) {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        keep(buffer);
        buffer.clear();
      }
    } catch (IOException e) {
      // The machine is gone, or this log was closed; what came until then is kept.
    }
  }

  private synchronized void keep(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      ring[(int) (written++ % CAPACITY_BYTES)] = bytes.get();
    }
  }

  /** The last output, at most {@code maxBytes}; control characters but newlines are left out. */
  synchronized String tail(int maxBytes) {
    int count = (int) Math.min(Math.min(written, CAPACITY_BYTES), Math.max(0, maxBytes));
    var bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = ring[(int) ((written - count + i) % CAPACITY_BYTES)];
    }
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
  }

  /** Waits until the guest can write no more. */
  void awaitEnd(Duration limit) throws InterruptedException {
    reader.join(limit);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }
}
