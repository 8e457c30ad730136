package dev.containertui.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Passes signals on to the container's process.
 *
 * <p>A process that is PID 1 and has no handler for SIGINT or SIGTERM never sees them (signal(7),
 * pid_namespaces(7)). If the container ends with this program, then SIGTERM and SIGHUP stop it,
 * which always works, and so does the third Ctrl-C. If it lives on, they are passed on like the
 * others, and the third one only ends this program, as docker does it.
 */
final class SignalProxy implements AutoCloseable {
  private static final int HUP = 1;
  private static final int INT = 2;
  private static final int USR1 = 10;
  private static final int TERM = 15;
  private static final int CONT = 18;

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration IMPATIENT_GRACE = Duration.ofSeconds(1);
  private static final int PATIENCE = 3;

  private final CliContext context;
  private final IntConsumer process;
  private final Runnable impatient;
  private final String warning;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final List<HostSignals.Registration> registrations = new ArrayList<>();

  private SignalProxy(CliContext context, IntConsumer process, Runnable impatient, String warning) {
    this.context = context;
    this.process = process;
    this.impatient = impatient;
    this.warning = warning;
  }

  /** Stops a container; returns at once. */
  interface Stop {
    void within(Duration grace);
  }

  /**
   * For a container that ends with this program.
   *
   * @param process sends a signal, by its Linux number, to the process
   */
  static SignalProxy stopping(CliContext context, IntConsumer process, Stop stop) {
    SignalProxy proxy =
        new SignalProxy(
            context, process, () -> stop.within(IMPATIENT_GRACE), "to stop the container");
    HostSignals signals = context.signals();
    proxy.registrations.add(signals.on("INT", () -> proxy.interrupt(INT)));
    proxy.registrations.add(signals.on("TERM", () -> stop.within(GRACE)));
    proxy.registrations.add(signals.on("HUP", () -> stop.within(GRACE)));
    proxy.passOn();
    return proxy;
  }

  /**
   * For a process that does not need this program.
   *
   * @param leave ends this program
   */
  static SignalProxy leaving(CliContext context, IntConsumer process, Runnable leave) {
    SignalProxy proxy =
        new SignalProxy(context, process, leave, "to leave the container, which runs on");
    HostSignals signals = context.signals();
    proxy.registrations.add(signals.on("INT", () -> proxy.interrupt(INT)));
    proxy.registrations.add(signals.on("TERM", () -> proxy.interrupt(TERM)));
    proxy.registrations.add(signals.on("HUP", () -> process.accept(HUP)));
    proxy.passOn();
    return proxy;
  }

  private void passOn() {
    registrations.add(context.signals().on("USR1", () -> process.accept(USR1)));
    registrations.add(context.signals().on("CONT", () -> process.accept(CONT)));
  }

  private void interrupt(int signal) {
    int count = interrupts.incrementAndGet();
    if (count >= PATIENCE) {
      impatient.run();
      return;
    }
    process.accept(signal);
    if (count == PATIENCE - 1 && context.io().errIsTerminal()) {
      context.io().err().println("\ncontainer-tui: press Ctrl-C once more " + warning);
    }
  }

  @Override
  public void close() {
    registrations.forEach(HostSignals.Registration::close);
  }
}
