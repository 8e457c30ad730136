package dev.containertui.tui;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.tui.view.ContainerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Keeps facts and samples of containers together and makes table rows of them. */
final class Tracker {
  private static final int HISTORY = 16;

  private static final class Entry {
    ContainerFacts facts;
    ContainerStats last;
    OptionalDouble cpuPercent = OptionalDouble.empty();
    final Deque<Long> memory = new ArrayDeque<>();
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Takes the list of all containers that there are now. */
  void update(List<ContainerFacts> facts) {
    Map<String, Entry> old = new LinkedHashMap<>(entries);
    entries.clear();
    for (ContainerFacts f : facts) {
      Entry entry = old.getOrDefault(f.id(), new Entry());
      entry.facts = f;
      if (!f.isRunning()) {
        entry.last = null;
        entry.cpuPercent = OptionalDouble.empty();
      }
      entries.put(f.id(), entry);
    }
  }

  void sample(String id, ContainerStats stats) {
    Entry entry = entries.get(id);
    if (entry == null || !entry.facts.isRunning()) {
      return;
    }
    if (entry.last != null) {
      long wallMicros = Duration.between(entry.last.at(), stats.at()).toNanos() / 1000;
      if (wallMicros > 0) {
        long used = Math.max(0, stats.machineCpuMicros() - entry.last.machineCpuMicros());
        entry.cpuPercent = OptionalDouble.of(100.0 * used / wallMicros);
      }
    }
    entry.last = stats;
    entry.memory.addLast(stats.machineResidentBytes());
    if (entry.memory.size() > HISTORY) {
      entry.memory.removeFirst();
    }
  }

  List<ContainerRow> rows(Instant now) {
    List<ContainerRow> rows = new ArrayList<>();
    for (Entry e : entries.values()) {
      ContainerFacts f = e.facts;
      Optional<Duration> uptime =
          f.state() instanceof ContainerState.Running running
              ? Optional.of(Duration.between(running.at(), now))
              : Optional.empty();
      boolean sampled = e.last != null;
      rows.add(
          new ContainerRow(
              f.id(),
              f.name(),
              f.image(),
              f.state(),
              uptime,
              e.cpuPercent,
              sampled ? OptionalLong.of(e.last.machineResidentBytes()) : OptionalLong.empty(),
              List.copyOf(e.memory),
              sampled ? OptionalLong.of(e.last.processCount()) : OptionalLong.empty(),
              f.address()));
    }
    return rows;
  }

  Optional<Container> handle(String id) {
    return Optional.ofNullable(entries.get(id)).map(e -> e.facts.handle());
  }

  /** The container that a user names: by name, else by the start of its id. */
  Optional<ContainerFacts> find(String nameOrId) {
    return entries.values().stream()
        .map(e -> e.facts)
        .filter(f -> f.name().equals(nameOrId))
        .findFirst()
        .or(
            () ->
                entries.values().stream()
                    .map(e -> e.facts)
                    .filter(f -> f.id().startsWith(nameOrId))
                    .findFirst());
  }

  List<String> names() {
    return entries.values().stream().map(e -> e.facts.name()).toList();
  }

  Set<String> ids() {
    return Set.copyOf(entries.keySet());
  }

  /** How many would be ended by quitting. */
  int alive() {
    return (int) entries.values().stream().filter(e -> e.facts.isAlive()).count();
  }
}
