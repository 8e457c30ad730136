package dev.containertui.repl;

import dev.containertui.repl.failure.Failure.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jline.utils.Signals;

/**
 * Everything that ends a script early: its time, SIGINT, SIGTERM, an output that nobody reads. The
 * first of them interrupts the thread that runs the script; a second signal ends the process.
 */
final class ScriptStop implements AutoCloseable {
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  /** What ended it, and in words; the words are empty if there is nothing to say. */
  record Cause(Reason reason, String words) {}

  private final Thread runner = Thread.currentThread();
  private final Object interruptBefore;
  private final Object terminateBefore;
  private final Optional<Thread> timer;
  private Optional<Cause> cause = Optional.empty();
  private boolean closed;

  /** To be made by the thread that runs the script. */
  ScriptStop(Optional<Duration> limit) {
    interruptBefore = Signals.register("INT", () -> signal(Reason.INTERRUPTED, SIGINT, "Ctrl-C"));
    terminateBefore =
        Signals.register("TERM", () -> signal(Reason.TERMINATED, SIGTERM, "a signal to end"));
    timer = limit.map(l -> Thread.ofVirtual().name("timeout").start(() -> expire(l)));
  }

  private void expire(Duration limit) {
    try {
      Thread.sleep(limit);
      stop(new Cause(Reason.TIMEOUT, "not done after " + words(limit)));
    } catch (InterruptedException e) {
      // The script was quicker.
      return;
    }
  }

  private static String words(Duration limit) {
    return limit.toMillis() < 1000
        ? limit.toMillis() + " ms"
        : limit.toMillis() / 100 / 10.0 + " s";
  }

  private void signal(Reason reason, int number, String words) {
    if (!stop(new Cause(reason, "stopped by " + words))) {
      Thread.ofPlatform().start(() -> System.exit(128 + number));
    }
  }

  /** Returns false if it was stopped, or had ended, before. */
  synchronized boolean stop(Cause why) {
    if (cause.isPresent() || closed) {
      return false;
    }
    cause = Optional.of(why);
    runner.interrupt();
    return true;
  }

  synchronized Optional<Cause> cause() {
    return cause;
  }

  /** From here on nothing interrupts the thread; if something did, that is forgotten. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (cause.isPresent()) {
        Thread.interrupted();
      }
    }
    timer.ifPresent(Thread::interrupt);
    unregister("INT", interruptBefore);
    unregister("TERM", terminateBefore);
  }

  private static void unregister(String signal, Object before) {
    if (before != null) {
      Signals.unregister(signal, before);
    }
  }
}
