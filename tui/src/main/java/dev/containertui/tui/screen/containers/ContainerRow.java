package dev.containertui.tui.screen.containers;

import dev.containertui.container.Health;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** One row of the table. */
record ContainerRow(ContainerFacts facts, Usage usage, Instant now, Glyphs glyphs) {
  private static final Memo<List<ContainerRow>> ROWS = new Memo<>();

  static List<ContainerRow> all(State state) {
    Facts facts = Facts.of(state);
    Glyphs glyphs = Glyphs.of(state);
    return ROWS.of(
        () ->
            facts.containers().stream()
                .map(c -> new ContainerRow(c, facts.usage(c.id()), facts.now(), glyphs))
                .toList(),
        facts,
        glyphs);
  }

  Optional<Duration> uptime() {
    return facts.isRunning()
        ? facts.started().map(s -> Duration.between(s, now))
        : Optional.empty();
  }

  /** One word; empty if its health is not checked. */
  String health() {
    return facts
        .health()
        .filter(_ -> facts.isRunning())
        .map(Health::status)
        .map(s -> s.name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** A figure of the last sample; -1 if there is none. */
  long figure(ToLongFunction<Sample> figure) {
    return usage.now().map(figure::applyAsLong).orElse(-1L);
  }

  /** The last minute. */
  float[] history(Metric metric) {
    return usage.history().values(metric, History.Range.MINUTE, now);
  }

  /** All that a filter looks into. */
  String searched() {
    return String.join(
        " ",
        facts.name(),
        facts.image(),
        facts.state().word(),
        health(),
        facts.ports(),
        facts.id());
  }
}
