package dev.containertui.repl.commands;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the last bytes of what a process wrote, up to a limit. Grows as needed; thread-safe. */
final class OutputBuffer {
  private static final int FIRST_BYTES = 8192;

  private final int limitBytes;
  private byte[] ring = new byte[0];
  private int start;
  private int size;
  private boolean dropped;

  OutputBuffer(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  synchronized void append(byte[] bytes, int length) {
    int from = Math.max(0, length - limitBytes);
    dropped |= from > 0;
    int count = length - from;
    grow(size + count);
    int excess = size + count - ring.length;
    if (excess > 0) {
      start = (start + excess) % ring.length;
      size -= excess;
      dropped = true;
    }
    int at = ring.length == 0 ? 0 : (start + size) % ring.length;
    int first = Math.min(count, ring.length - at);
    System.arraycopy(bytes, from, ring, at, first);
    System.arraycopy(bytes, from + first, ring, 0, count - first);
    size += count;
  }

  private void grow(int wanted) {
    if (wanted <= ring.length || ring.length == limitBytes) {
      return;
    }
    byte[] larger =
        new byte[Math.min(limitBytes, Math.max(Math.max(FIRST_BYTES, wanted), ring.length * 2))];
    byte[] held = bytes();
    System.arraycopy(held, 0, larger, 0, held.length);
    ring = larger;
    start = 0;
  }

  synchronized byte[] bytes() {
    int first = Math.min(size, ring.length - start);
    byte[] all = Arrays.copyOfRange(ring, start, start + size);
    // copyOfRange pads with zeros where the ring wraps round
    System.arraycopy(ring, 0, all, first, size - first);
    return all;
  }

  synchronized String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Whether earlier bytes had to go. */
  synchronized boolean dropped() {
    return dropped;
  }
}
