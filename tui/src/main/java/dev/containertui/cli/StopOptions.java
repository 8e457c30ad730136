package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.LinuxSignal;
import dev.containertui.error.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How {@code stop} and {@code restart} stop a container. */
final class StopOptions {
  /** What docker's -1, "without end", comes to. */
  private static final Duration WITHOUT_END = Duration.ofDays(365);

  private static final Duration POLL = Duration.ofMillis(50);

  @Option(
      names = {"-t", "--timeout", "--time"},
      paramLabel = "SECONDS",
      description =
          "how long to wait before SIGKILL (default: the container's own, mostly 10; -1:"
              + " without end)")
  private Integer seconds;

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      description = "the signal to begin with (default: the container's own, mostly SIGTERM)")
  private String signal;

  Optional<String> signal() {
    return Optional.ofNullable(signal);
  }

  Optional<Duration> grace() {
    return Optional.ofNullable(seconds).map(s -> s < 0 ? WITHOUT_END : Duration.ofSeconds(s));
  }

  void stop(Container container) {
    Duration grace = grace().orElse(container.spec().stopTimeout());
    if (signal == null || !container.state().isActive()) {
      container.stop(grace);
      return;
    }
    container.kill(LinuxSignal.number(signal));
    awaitEnd(container, grace);
    container.stop(Duration.ZERO); // also keeps a restart policy from starting it again
  }

  private static void awaitEnd(Container container, Duration grace) {
    Instant deadline = Instant.now().plus(grace);
    try {
      while (container.state().isActive() && Instant.now().isBefore(deadline)) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }
}
