package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.oci.ImageConfig.Execution;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The checks of a container's health while it runs and is not paused. */
final class RunHealth {
  private final RecordKeeper keeper;
  private final BiConsumer<String, Map<String, String>> events;
  private volatile Optional<HealthCheck> rules = Optional.empty();
  private RunningMachine machine;
  private HealthMonitor monitor;

  /**
   * @param events is told of changes
   */
  RunHealth(RecordKeeper keeper, BiConsumer<String, Map<String, String>> events) {
    this.keeper = keeper;
    this.events = events;
  }

  /** It is about to run: finds out how it is to be checked. */
  synchronized void prepare(ContainerSupplies supplies) {
    rules = rules(supplies);
  }

  /** The main process runs: nothing is known of its health yet, unless an engine before knew. */
  RunFacts noted(RunFacts facts) {
    return rules.isPresent() && facts.health().isEmpty()
        ? facts.with(Optional.of(HealthProgress.initial()))
        : facts;
  }

  /** Checks begin. */
  synchronized void begin(RunningMachine running) {
    machine = running;
    if (!(keeper.get().state() instanceof ContainerState.Paused)) {
      resume();
    }
  }

  private Optional<HealthCheck> rules(ContainerSupplies supplies) {
    ContainerRecord record = keeper.get();
    try {
      Execution image = supplies.image(record.imageDigest()).config().execution();
      return HealthRules.of(record.spec(), image);
    } catch (EngineException e) {
      // An image that cannot be read any more is no reason to end its containers.
      return record.spec().healthCheck().filter(check -> !check.command().isEmpty());
    }
  }

  /** It goes on, or begins. */
  synchronized void resume() {
    if (rules.isEmpty() || machine == null || monitor != null) {
      return;
    }
    RunningMachine running = machine;
    monitor =
        HealthMonitor.start(
            rules.get(),
            keeper.get().facts().health().orElseGet(HealthProgress::initial),
            keeper.get().facts().startedAt().orElseGet(Instant::now),
            running::exec,
            found -> note(running, found));
  }

  /** It is paused. */
  synchronized void suspend() {
    if (monitor != null) {
      monitor.stop();
      monitor = null;
    }
  }

  /** The main process has ended. */
  synchronized void end() {
    suspend();
    machine = null;
    rules = Optional.empty();
  }

  private synchronized void note(RunningMachine of, Health found) {
    if (machine != of || monitor == null) {
      return;
    }
    Optional<Health.Status> before = keeper.get().facts().health().map(Health::status);
    keeper.note(facts -> facts.with(Optional.of(found)));
    if (!before.equals(Optional.of(found.status()))) {
      keeper.persistSoon();
      events.accept(
          "health_status", Map.of("health", found.status().name().toLowerCase(Locale.ROOT)));
    }
  }
}
