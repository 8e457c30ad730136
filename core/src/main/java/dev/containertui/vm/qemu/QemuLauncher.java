package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import dev.containertui.host.SmallPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts QEMU as a process of its own.
 *
 * <p>Not with {@code -daemonize}: a daemon's exit status is lost, and with it the difference
 * between a guest that powered off and one that crashed; so is all that it says after start-up.
 * Instead QEMU is a child in a session of its own ({@code setsid(1)}), so that Ctrl-C on a terminal
 * does not reach it, and it lives on if this process is killed.
 */
final class QemuLauncher {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** No QEMU has made its devices before. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(8);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(5);

  /** Who has waited for long, among other starts, does not mind waiting that part of it more. */
  private static final int PATIENCE = 16;

  private final Optional<Path> setsid;
  private final boolean smallPages;

  /**
   * @param smallPages whether it is to do without huge pages
   */
  QemuLauncher(String searchPath, boolean smallPages) {
    this.setsid = HostCommand.find("setsid", searchPath);
    this.smallPages = smallPages;
  }

  /**
   * Runs a command line of {@link QemuCommand} and waits until QEMU has made all devices.
   *
   * @param kernel for messages
   * @throws EngineException if QEMU gives up, with what it said
   */
  QemuMachine launch(List<String> command, MachineFiles files, Path kernel) {
    return launch(command, files, kernel, Path.of("/dev/null"));
  }

  /**
   * @param input what QEMU has as descriptor 0
   */
  QemuMachine launch(List<String> command, MachineFiles files, Path kernel, Path input) {
    files.delete();
    Process process = spawn(command, files, input);
    boolean launched = false;
    try {
      QemuMachine machine = await(process, files, kernel);
      launched = true;
      return machine;
    } finally {
      if (!launched) {
        HostCommand.destroy(process);
        files.delete();
      }
    }
  }

  private Process spawn(List<String> command, MachineFiles files, Path input) {
    var line = new ArrayList<String>();
    setsid.ifPresent(program -> line.add(program.toString()));
    line.addAll(command);
    var builder = new ProcessBuilder(line).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(input.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(files.errors().toFile());
    try {
      return smallPages ? SmallPages.start(builder) : builder.start();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "QEMU cannot be started: " + e.getMessage(), e);
    }
  }

  private static QemuMachine await(Process process, MachineFiles files, Path kernel) {
    long begun = System.nanoTime();
    while (true) {
      long waited = System.nanoTime() - begun;
      long left = START_LIMIT.toNanos() - waited;
      try {
        // Most looks come too early, and a vain connection costs fifty times as much as this one.
        if (Files.exists(files.qmp())) {
          return new QemuMachine(process, files, Duration.ofNanos(Math.max(0, left)));
        }
      } catch (IOException notYet) {
        // It is bound, but does not listen.
      } catch (EngineException e) {
        // It may have died in the middle of the greeting; what it said is worth more.
        if (e.kind() != Kind.UNAVAILABLE || !endsWithin(process, Duration.ofSeconds(2))) {
          throw e;
        }
      }
      if (endsWithin(process, untilNextLook(waited))) {
        throw failure(process.exitValue(), files.errorText(), kernel);
      } else if (left <= 0) {
        throw new EngineException(
            Kind.TIMEOUT, "QEMU did not get ready within " + START_LIMIT.toSeconds() + " s");
      }
    }
  }

  /** Each look wakes a thread, which takes longer than the look itself. */
  private static Duration untilNextLook(long waitedNanos) {
    return waitedNanos < FIRST_LOOK.toNanos()
        ? FIRST_LOOK.minusNanos(waitedNanos)
        : Duration.ofNanos(
            Math.clamp(waitedNanos / PATIENCE, SHORTEST_WAIT.toNanos(), LONGEST_WAIT.toNanos()));
  }

  private static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "starting the machine was cancelled", e);
    }
  }

  /** Says in users' words what QEMU said in its own. */
  private static EngineException failure(int exitCode, String errors, Path kernel) {
    String last =
        errors.lines().reduce("", (a, b) -> b).replaceFirst("^\\S*qemu\\S*: ", "").strip();
    String said = last.isEmpty() ? "status " + exitCode : last;
    if (errors.contains("Cannot allocate memory")
        || errors.contains("cannot set up guest memory")) {
      return new EngineException(
          Kind.EXHAUSTED, "not enough memory for the machine: " + said, "give it less memory");
    } else if (errors.contains("Failed to get") && errors.contains("lock")) {
      return new EngineException(
          Kind.CONFLICT, "a disk image is in use by another machine: " + said);
    } else if (errors.contains("Error loading uncompressed kernel")
        || errors.contains("could not load kernel")
        || errors.contains("linux kernel too old")) {
      return new EngineException(
          Kind.INVALID,
          "QEMU cannot boot the kernel " + kernel + ": " + said,
          "choose another kernel file");
    }
    return new EngineException(Kind.UNAVAILABLE, "QEMU did not start: " + said);
  }
}
