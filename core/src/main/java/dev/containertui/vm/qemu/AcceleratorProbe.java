package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether KVM really runs a kernel, by booting it without any root file system: a kernel
 * that gets as far as its "Unable to mount root fs" panic has come through everything that matters.
 * A {@code /dev/kvm} that opens proves little: nested and software implementations open, create
 * machines, and then stop in the middle of a stock kernel.
 */
final class AcceleratorProbe {
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String BOOTED = "Kernel panic - not syncing: VFS: Unable to mount root fs";
  private static final String STOPPED = "KVM internal error";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
  private static final int MAX_OUTPUT_BYTES = 64 << 10;

  private AcceleratorProbe() {}

  /** How a trial ended. */
  enum Outcome {
    BOOTS,
    STOPPED_WITH_INTERNAL_ERROR,
    REFUSED,
    TOO_SLOW
  }

  /**
   * What a trial found.
   *
   * @param detail what QEMU said, one line; may be empty
   */
  record Trial(Outcome outcome, String detail) {}

  /**
   * Boots a kernel; takes {@code limit} at most.
   *
   * @throws EngineException UNAVAILABLE if QEMU cannot be started, CANCELLED on interrupt
   */
  static Trial run(
      QemuBinary qemu, Acceleration acceleration, VmSpec.Kernel kernel, Duration limit) {
    var command = new ArrayList<String>(List.of(qemu.path().toString()));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
    command.addAll(
        List.of(
            "-M",
            QemuCommand.machine(kernel, acceleration.accelerator()),
            "-m",
            "128M",
            "-serial",
            "stdio"));
    command.addAll(acceleration.accelerator().arguments());
    command.addAll(List.of("-kernel", kernel.image().toString()));
    command.addAll(List.of("-append", KernelCommandLine.of(acceleration, kernel, 1, false, "")));
    Process process;
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("LC_ALL", "C");
      process = builder.start();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "QEMU cannot be started: " + e.getMessage(), e);
    }
    try {
      return watch(process, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "trying the accelerator was cancelled", e);
    } finally {
      HostCommand.destroy(process);
    }
  }

  private static Trial watch(Process process, Duration limit) throws InterruptedException {
    var console = new Output(process.getInputStream());
    var errors = new Output(process.getErrorStream());
    long deadline = System.nanoTime() + limit.toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      ended = process.waitFor(POLL_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
      if (ended) {
        console.thread.join(limit);
        errors.thread.join(limit);
      }
      if (console.text().contains(BOOTED)) {
        return new Trial(Outcome.BOOTS, "");
      } else if (errors.text().contains(STOPPED)) {
        return new Trial(Outcome.STOPPED_WITH_INTERNAL_ERROR, STOPPED);
      }
    }
    String said = errors.text().lines().reduce("", (a, b) -> b).strip();
    return new Trial(ended ? Outcome.REFUSED : Outcome.TOO_SLOW, said);
  }

  /** Reads along; keeps the beginning, drops the rest. */
  private static final class Output {
    private final StringBuffer text = new StringBuffer();
    private final Thread thread;

    Output(InputStream stream) {
      thread = Thread.ofVirtual().start(() -> read(stream));
    }

    private void read(InputStream stream) {
      var buffer = new byte[4096];
      try (stream) {
        for (int count; (count = stream.read(buffer)) >= 0; ) {
          if (text.length() < MAX_OUTPUT_BYTES) {
            text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
          }
        }
      } catch (IOException e) {
        // The trial is over.
      }
    }

    String text() {
      return text.toString();
    }
  }
}
