package dev.containertui.host;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Short-lived programs of the host: found on a search path, run with a deadline, cancellable. */
public final class HostCommand {
  private static final int MAX_OUTPUT_BYTES = 4 << 20;

  private HostCommand() {}

  /**
   * What a program left behind.
   *
   * @param output standard output, at most 4 MiB
   * @param error standard error, at most 4 MiB
   */
  public record Result(int exitCode, byte[] output, String error) {
    /** Standard output as UTF-8. */
    public String outputText() {
      return new String(output, StandardCharsets.UTF_8);
    }

    /** The last line that the program wrote to standard error, or an empty string. */
    public String lastErrorLine() {
      return error.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
    }
  }

  /**
   * Looks a program up the way a shell does.
   *
   * @param searchPath directories separated by colons, as in {@code PATH}
   */
  public static Optional<Path> find(String program, String searchPath) {
    for (String directory : searchPath.split(":")) {
      if (directory.startsWith("/")) {
        Path candidate = Path.of(directory, program);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a program to its end with empty input and {@code LC_ALL=C}, so that messages can be
   * matched.
   *
   * @throws EngineException UNAVAILABLE if it cannot be started, TIMEOUT after {@code limit},
   *     CANCELLED on interrupt; the program is dead by then
   */
  public static Result run(List<String> command, Path directory, Duration limit) {
    String name = command.getFirst();
    Process process;
    try {
      var builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().put("LC_ALL", "C");
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      process = builder.start();
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, name + " cannot be started: " + e.getMessage(), e);
    }
    var output = new Collector(process.getInputStream());
    var error = new Collector(process.getErrorStream());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EngineException(
            Kind.TIMEOUT, name + " did not finish within " + limit.toSeconds() + " s");
      }
      return new Result(
          process.exitValue(), output.bytes(), new String(error.bytes(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, name + " was cancelled", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      destroy(process);
    }
  }

  /**
   * Kills a process and waits until it is gone, at most 10 s, also if the caller is interrupted:
   * what is being cancelled should be over when its caller hears of it.
   */
  public static void destroy(Process process) {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Drains a stream so that the program never blocks on it; keeps the beginning. */
  private static final class Collector {
    private final Thread thread;
    private volatile byte[] bytes = new byte[0];

    Collector(InputStream stream) {
      thread = Thread.ofVirtual().start(() -> drain(stream));
    }

    private void drain(InputStream stream) {
      try (stream) {
        bytes = stream.readNBytes(MAX_OUTPUT_BYTES);
        stream.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The program was killed; what it said until then is kept.
      }
    }

    byte[] bytes() throws InterruptedException {
      thread.join(Duration.ofSeconds(5));
      return bytes;
    }
  }
}
