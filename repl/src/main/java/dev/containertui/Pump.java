package dev.containertui;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies from a stream to a process, as fast as that reads. */
final class Pump {
  private static final int CHUNK = 64 << 10;

  private Pump() {}

  /**
   * Copies to the end and closes both.
   *
   * @return whether all was taken; false if the reader went first
   */
  static boolean copy(InputStream from, OutputStream to) {
    try (from;
        to) {
      byte[] chunk = new byte[CHUNK];
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
      return true;
    } catch (IOException e) {
      // One of the two has ended: its exit code is known, and says more than this could.
      return false;
    }
  }
}
