package dev.containertui.cli;

import dev.containertui.error.EngineException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work that Ctrl-C or SIGTERM cancels: the first one interrupts the working thread, which cleans up
 * and ends; a second one ends the process at once.
 */
final class Cancellable {
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private Cancellable() {}

  /** Returns what {@code work} returns. If it was cancelled, fails with exit code 130 or 143. */
  static <T> T call(CliContext context, Supplier<T> work) {
    Thread worker = Thread.currentThread();
    AtomicInteger received = new AtomicInteger();
    try (var _ = on(context, "INT", SIGINT, received, worker);
        var _ = on(context, "TERM", SIGTERM, received, worker)) {
      T result = work.get();
      if (received.get() != 0) { // it came too late to stop the work, but must not be lost
        throw new CommandFailure(128 + received.get(), "cancelled", "");
      }
      return result;
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CANCELLED && received.get() != 0) {
        throw new CommandFailure(128 + received.get(), e.getMessage(), "");
      }
      throw e;
    } finally {
      Thread.interrupted(); // what follows cleans up, undisturbed
    }
  }

  private static HostSignals.Registration on(
      CliContext context, String name, int number, AtomicInteger received, Thread worker) {
    return context
        .signals()
        .on(
            name,
            () -> {
              if (received.compareAndSet(0, number)) {
                worker.interrupt();
              } else {
                Thread.ofPlatform().start(() -> System.exit(128 + number));
              }
            });
  }
}
