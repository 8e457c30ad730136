package dev.containertui.container;

import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.agent.GuestProcessHandle.Exit;
import dev.containertui.container.Health.Check;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks a running container's health, again and again; sleeps in between. */
final class HealthMonitor {
  private static final int MAX_OUTPUT_BYTES = 4096;
  private static final int NOT_RUN = -1;
  private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(2);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);

  private final HealthCheck rules;
  private final Instant startedAt;
  private final Function<ProcessSpec, GuestProcessHandle> exec;
  private final Consumer<Health> found;
  private final Thread thread;
  private Health health;

  private HealthMonitor(
      HealthCheck rules,
      Health health,
      Instant startedAt,
      Function<ProcessSpec, GuestProcessHandle> exec,
      Consumer<Health> found) {
    this.rules = rules;
    this.health = health;
    this.startedAt = startedAt;
    this.exec = exec;
    this.found = found;
    this.thread = Thread.ofVirtual().name("health").unstarted(this::run);
  }

  /**
   * @param health what is known until now
   * @param startedAt when the main process was started
   * @param exec starts a process in the container
   * @param found is told after each check, until {@link #stop}
   */
  static HealthMonitor start(
      HealthCheck rules,
      Health health,
      Instant startedAt,
      Function<ProcessSpec, GuestProcessHandle> exec,
      Consumer<Health> found) {
    HealthMonitor monitor = new HealthMonitor(rules, health, startedAt, exec, found);
    monitor.thread.start();
    return monitor;
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause());
        Check check = check();
        if (Thread.interrupted()) {
          return;
        }
        health = HealthProgress.after(health, check, rules, startedAt);
        found.accept(health);
      }
    } catch (InterruptedException e) {
      // The container has ended or is paused.
    }
  }

  private Duration pause() {
    boolean starts =
        health.status() == Health.Status.STARTING
            && Instant.now().isBefore(startedAt.plus(rules.startPeriod()));
    return starts && rules.startInterval().compareTo(rules.interval()) < 0
        ? rules.startInterval()
        : rules.interval();
  }

  private Check check() throws InterruptedException {
    Instant start = Instant.now();
    try {
      GuestProcessHandle process =
          exec.apply(
              new ProcessSpec(
                  rules.command(),
                  Map.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  false));
      Output output = new Output(process);
      Optional<Exit> exit = process.awaitExit(rules.timeout());
      if (exit.isPresent()) {
        output.await(KILL_DEADLINE);
        return new Check(start, Instant.now(), exit.get().code(), output.text());
      }
      process.signal(LinuxSignal.KILL, SIGNAL_DEADLINE);
      process.awaitExit(KILL_DEADLINE);
      return new Check(
          start,
          Instant.now(),
          NOT_RUN,
          "the check took longer than " + rules.timeout().toMillis() + " ms");
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw new InterruptedException();
      }
      return new Check(start, Instant.now(), NOT_RUN, e.getMessage());
    }
  }

  /** What a check writes, to both streams; the rest is thrown away. */
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread out;
    private final Thread err;

    Output(GuestProcessHandle process) {
      out = Thread.ofVirtual().start(() -> read(process.stdout()));
      err = Thread.ofVirtual().start(() -> read(process.stderr()));
    }

    private void read(InputStream from) {
      byte[] buffer = new byte[MAX_OUTPUT_BYTES];
      try (from) {
        int count = from.read(buffer);
        while (count >= 0 && add(buffer, count)) {
          count = from.read(buffer);
        }
      } catch (IOException e) {
        // What came until then is kept.
      }
    }

    private boolean add(byte[] buffer, int count) {
      synchronized (bytes) {
        bytes.write(buffer, 0, Math.min(count, MAX_OUTPUT_BYTES - bytes.size()));
        return bytes.size() < MAX_OUTPUT_BYTES;
      }
    }

    void await(Duration limit) throws InterruptedException {
      out.join(limit);
      err.join(limit);
    }

    String text() {
      synchronized (bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
