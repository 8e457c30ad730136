package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs make for hours if need be, at low priority, and ends all of it when that is wished.
 *
 * <pre>
 *   this process ──pipe──▶ watcher ┐
 *                          make    ├─ one process group of its own
 *                          gcc …   ┘
 * </pre>
 *
 * <p>make has many descendants, which are not found one by one. The watcher waits for the end of
 * the pipe and then kills its process group, itself included. So they all end when the pipe is
 * closed, and also when this process is killed.
 */
final class Make {
  private static final String WATCHED =
      "exec 3<&0 </dev/null; { cat <&3; kill -s KILL 0; } >/dev/null 2>&1 & exec \"$@\" 3<&-";

  private static final Duration DEATH_LIMIT = Duration.ofSeconds(10);

  private final Path directory;
  private final Path log;
  private final String searchPath;
  private final Map<String, String> environment;

  /**
   * @param directory where it runs
   * @param log receives all output, behind what is there
   * @param environment all of it, but for PATH, HOME and LC_ALL: make and the kernel's makefiles
   *     obey many variables that users may have set for other purposes
   */
  Make(Path directory, Path log, String searchPath, Map<String, String> environment) {
    this.directory = directory;
    this.log = log;
    this.searchPath = searchPath;
    this.environment = environment;
  }

  /**
   * Runs it to its end.
   *
   * @param lines is told each line of output, on another thread
   * @return whether it succeeded
   * @throws EngineException UNAVAILABLE if it cannot be started, TIMEOUT after {@code limit},
   *     CANCELLED on interrupt; nothing of it runs any more then
   */
  boolean run(List<String> arguments, Duration limit, Consumer<String> lines) throws IOException {
    var command =
        new ArrayList<>(List.of("setsid", "sh", "-c", WATCHED, "sh", "nice", "-n", "15", "make"));
    command.set(
        0,
        HostCommand.find("setsid", searchPath)
            .orElseThrow(() -> new EngineException(Kind.UNAVAILABLE, "setsid not found"))
            .toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", searchPath);
    builder.environment().put("HOME", System.getProperty("user.home"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EngineException(
            Kind.TIMEOUT, "make did not finish within " + limit.toMinutes() + " min");
      }
      return process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "building the kernel was cancelled", e);
    } finally {
      end(process, reader);
    }
  }

  private static void end(Process process, Thread reader) throws IOException {
    boolean interrupted = Thread.interrupted();
    process.getOutputStream().close();
    try {
      process.waitFor(DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      // Ends when the last process that could write has ended.
      reader.join(DEATH_LIMIT);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    HostCommand.destroy(process);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Process process, Consumer<String> lines) {
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer file =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line; (line = output.readLine()) != null; ) {
        file.write(line);
        file.write('\n');
        lines.accept(line);
      }
    } catch (IOException e) {
      // The disk is full: make, whose output nobody reads any more, ends by SIGPIPE, and says so.
    }
  }
}
