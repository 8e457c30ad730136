package dev.containertui.tui.screen.containers;

import dev.containertui.container.Container;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Signals to processes of a container. The engine sends them to the main process only; to others
 * they are sent from within, by the image's own {@code kill} or its shell's.
 */
final class GuestSignal {
  private static final long DEADLINE_SECONDS = 15;
  private static final int MAX_MESSAGE = 400;

  private GuestSignal() {}

  /**
   * Sends a signal.
   *
   * @throws EngineException CONFLICT if it could not be sent; COMMAND_NOT_FOUND if there is nothing
   *     in the container that could
   */
  static void send(Container container, int pid, int signal) throws InterruptedException {
    if (pid == 1) {
      container.kill(signal);
      return;
    }
    try {
      run(container, List.of("kill", "-" + signal, Integer.toString(pid)));
    } catch (EngineException e) {
      if (e.kind() != Kind.COMMAND_NOT_FOUND) {
        throw e;
      }
      run(container, List.of("/bin/sh", "-c", "kill -" + signal + " " + pid));
    }
  }

  private static void run(Container container, List<String> command) throws InterruptedException {
    // As root: the container's own user may not signal all of its processes.
    Process process =
        container.exec(
            new ProcessSpec(
                command, Map.of(), Optional.empty(), Optional.of("0"), Optional.empty(), false));
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new EngineException(Kind.TIMEOUT, "kill does not come to an end in the container");
      }
      String said =
          new String(process.getErrorStream().readNBytes(MAX_MESSAGE), StandardCharsets.UTF_8)
              .strip();
      if (process.exitValue() != 0) {
        throw new EngineException(
            Kind.CONFLICT, said.isEmpty() ? "kill failed in the container" : said);
      }
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "kill could not be run: " + e.getMessage(), e);
    } finally {
      process.destroyForcibly();
    }
  }
}
