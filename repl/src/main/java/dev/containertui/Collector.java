package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a stream to its end beside whatever else goes on, and keeps what came. */
final class Collector {
  /** More than anybody wants as one text, and little enough for every Java. */
  static final int MOST_BYTES = 64 << 20;

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Runnable onTooMuch;
  private final Thread reader;
  private volatile boolean tooMuch;

  /**
   * @param onTooMuch is called when there is more than can be kept; ends the writer
   */
  Collector(InputStream from, Runnable onTooMuch) {
    this.onTooMuch = onTooMuch;
    this.reader = Thread.ofVirtual().name("collect").start(() -> read(from));
  }

  private void read(InputStream from) {
    byte[] chunk = new byte[32 << 10];
    try {
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        if (kept.size() + n > MOST_BYTES) {
          tooMuch = true;
          onTooMuch.run();
          return;
        }
        kept.write(chunk, 0, n);
      }
    } catch (IOException e) {
      // The machine went away; the exit code says why. What has arrived is all there will be.
      return;
    }
  }

  /**
   * What came, after the writer has ended.
   *
   * @throws EngineException EXHAUSTED if it was too much
   */
  byte[] bytes(String command) throws InterruptedException {
    reader.join(GRACE);
    if (tooMuch) {
      throw new EngineException(
          Kind.EXHAUSTED,
          command + " printed more than " + (MOST_BYTES >> 20) + " MiB, and was ended",
          "saveTo(file) takes any amount; getInputStream() reads it as it comes");
    }
    return kept.toByteArray();
  }
}
