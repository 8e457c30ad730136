package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One row of the table. */
record ContainerRow(ContainerFacts facts, Usage usage, Instant now) {
  static List<ContainerRow> all(State state) {
    Facts facts = Facts.of(state);
    return facts.containers().stream()
        .map(c -> new ContainerRow(c, facts.usage(c.id()), facts.now()))
        .toList();
  }

  Optional<Duration> uptime() {
    return facts.isRunning()
        ? facts.started().map(s -> Duration.between(s, now))
        : Optional.empty();
  }
}
