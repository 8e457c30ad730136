package dev.containertui.tui.screen.machines;

import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.History;
import dev.containertui.tui.facts.Metric;
import dev.containertui.tui.facts.Sample;
import dev.containertui.tui.facts.Usage;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.widget.Memo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A machine that runs. */
record MachineRow(ContainerFacts facts, Usage usage, Instant now, Glyphs glyphs) {
  private static final Memo<List<MachineRow>> ROWS = new Memo<>();

  static List<MachineRow> all(State state) {
    Facts facts = Facts.of(state);
    Glyphs glyphs = Glyphs.of(state);
    return ROWS.of(
        () ->
            facts.containers().stream()
                .filter(ContainerFacts::hasMachine)
                .map(c -> new MachineRow(c, facts.usage(c.id()), facts.now(), glyphs))
                .toList(),
        facts,
        glyphs);
  }

  Optional<MachineFacts> machine() {
    return facts.machine();
  }

  long pid() {
    return machine().map(MachineFacts::pid).orElse(0L);
  }

  long givenBytes() {
    return machine().map(MachineFacts::memoryBytes).orElse(0L);
  }

  Optional<ContainerStats> last() {
    return usage.last();
  }

  Optional<Sample> sample() {
    return usage.now();
  }

  Optional<Duration> uptime() {
    return facts.started().map(at -> Duration.between(at, now));
  }

  boolean isClone() {
    return facts.start().startsWith("clone");
  }

  /** How it came up, in a word. */
  String start() {
    return facts.start().isEmpty() ? "" : isClone() ? "clone" : "boot";
  }

  float[] history(Metric metric, History.Range range) {
    return usage.history().values(metric, range, now);
  }
}
