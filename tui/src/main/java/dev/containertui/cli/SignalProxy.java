package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes signals on to the container's process.
 *
 * <p>A process that is PID 1 and has no handler for SIGINT or SIGTERM never sees them (signal(7),
 * pid_namespaces(7)), and here the container ends with this program. So SIGTERM and SIGHUP stop the
 * container, which always ends, and so does the third Ctrl-C.
 */
final class SignalProxy implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration IMPATIENT_GRACE = Duration.ofSeconds(1);
  private static final int INTERRUPTS_TO_STOP = 3;

  private final CliContext context;
  private final Container container;
  private final ContainerProcess process;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final List<HostSignals.Registration> registrations = new ArrayList<>();

  SignalProxy(CliContext context, Container container, ContainerProcess process) {
    this.context = context;
    this.container = container;
    this.process = process;
    HostSignals signals = context.signals();
    registrations.add(signals.on("INT", this::interrupt));
    registrations.add(signals.on("TERM", () -> stop(GRACE)));
    registrations.add(signals.on("HUP", () -> stop(GRACE)));
    registrations.add(signals.on("USR1", () -> process.signal(10)));
    registrations.add(signals.on("CONT", () -> process.signal(18)));
  }

  private void interrupt() {
    int count = interrupts.incrementAndGet();
    if (count >= INTERRUPTS_TO_STOP) {
      stop(IMPATIENT_GRACE);
      return;
    }
    process.signal(2);
    if (count == INTERRUPTS_TO_STOP - 1 && context.io().errIsTerminal()) {
      context.io().err().println("\ncontainer-tui: press Ctrl-C once more to stop the container");
    }
  }

  /** Ends the container in the background; the attached thread sees its process end. */
  void stop(Duration grace) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                container.stop(grace);
              } catch (EngineException e) {
                // it ended in the meantime, or the waiting thread reports the same failure
              }
            });
  }

  @Override
  public void close() {
    registrations.forEach(HostSignals.Registration::close);
  }
}
