package dev.containertui.container;

import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.agent.GuestProcessHandle.Channel;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Carries what the main process writes to the log: from the guest, which keeps it, to the file, and
 * only then does the guest hear that it need not keep it any longer.
 */
final class OutputCapture {
  private static final int BUFFER_BYTES = 64 << 10;

  /** A disk that is full may have space again a little later; the process waits for that. */
  private static final Duration RETRY = Duration.ofMillis(500);

  private final GuestProcessHandle main;
  private final OutputLog log;
  private final Thread out;
  private final Thread err;
  private volatile boolean impatient;

  private OutputCapture(String name, GuestProcessHandle main, OutputLog log) {
    this.main = main;
    this.log = log;
    this.out = thread(name, main.stdout(), Stream.OUT, Channel.OUT);
    this.err = thread(name, main.stderr(), Stream.ERR, Channel.ERR);
  }

  private Thread thread(String name, InputStream from, Stream stream, Channel channel) {
    return Thread.ofVirtual().name("log-" + name).unstarted(() -> carry(from, stream, channel));
  }

  static OutputCapture begin(String name, GuestProcessHandle main, OutputLog log) {
    OutputCapture capture = new OutputCapture(name, main, log);
    capture.out.start();
    capture.err.start();
    return capture;
  }

  private void carry(InputStream from, Stream stream, Channel channel) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        append(stream, buffer, count);
        if (main.retained()) {
          main.acknowledge(channel, count);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The guest is gone, or is somebody else's now: what the log has not is not lost here.
    }
  }

  private void append(Stream stream, byte[] bytes, int count) throws InterruptedException {
    int done = 0;
    while (done < count) {
      long before = log.received(stream);
      try {
        log.append(stream, bytes, done, count - done);
        return;
      } catch (EngineException e) {
        if (e.kind() == Kind.CANCELLED) {
          throw new InterruptedException();
        } else if (impatient) {
          return;
        }
      }
      done += (int) (log.received(stream) - before);
      Thread.sleep(RETRY);
    }
  }

  /** Nothing may hold it up any longer: no reader that does not read, no disk that is full. */
  void hurry() {
    impatient = true;
    log.hurry();
  }

  /** Waits until all output is in the log, or no more can come. */
  void await() throws InterruptedException {
    out.join();
    err.join();
  }

  /** Lets go: what comes from now on is not taken. */
  void cancel() {
    out.interrupt();
    err.interrupt();
  }

  /** As {@link #await}, whatever interrupts. */
  void awaitQuietly() {
    boolean interrupted = false;
    while (out.isAlive() || err.isAlive()) {
      try {
        await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
