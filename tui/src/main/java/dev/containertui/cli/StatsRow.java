package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a container uses, in docker's words.
 *
 * @param now empty if it does not run
 * @param before an earlier sample, for rates
 */
record StatsRow(
    Container container,
    boolean full,
    Optional<ContainerStats> now,
    Optional<ContainerStats> before) {
  /** Heads of columns that are not the fields' names. */
  static final Map<String, String> HEADS =
      Map.of(
          "ID", "CONTAINER ID",
          "CPUPerc", "CPU %",
          "MemUsage", "MEM USAGE / LIMIT",
          "MemPerc", "MEM %",
          "NetIO", "NET I/O",
          "BlockIO", "BLOCK I/O",
          "PIDs", "PIDS",
          "MachineCPUPerc", "VM CPU %",
          "MachineMem", "VM RSS");

  private static final String NOTHING = "--";

  static List<String> head(boolean wide) {
    List<String> head =
        new ArrayList<>(
            List.of(
                "CONTAINER ID",
                "NAME",
                "CPU %",
                "MEM USAGE / LIMIT",
                "MEM %",
                "NET I/O",
                "BLOCK I/O",
                "PIDS"));
    if (wide) {
      head.addAll(List.of("VM CPU %", "VM RSS"));
    }
    return head;
  }

  List<String> cells(boolean wide) {
    Map<String, Object> fields = fields();
    List<String> cells = new ArrayList<>();
    for (String name :
        List.of("ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs")) {
      cells.add((String) fields.get(name));
    }
    if (wide) {
      cells.add((String) fields.get("MachineCPUPerc"));
      cells.add((String) fields.get("MachineMem"));
    }
    return cells;
  }

  /** What JSON and templates have. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    String id = full ? container.id() : container.shortId();
    fields.put("ID", id);
    fields.put("Container", id);
    fields.put("Name", container.name());
    fields.put("CPUPerc", cpu(ContainerStats::guestCpuMicros));
    fields.put(
        "MemUsage",
        pair(
            now.map(s -> Units.binarySize(s.guestMemoryBytes())),
            now.map(s -> Units.binarySize(s.guestMemoryLimitBytes()))));
    fields.put("MemPerc", now.map(StatsRow::memoryPercent).orElse(NOTHING));
    fields.put(
        "NetIO",
        pair(
            now.map(s -> Units.size(s.networkReceivedBytes())),
            now.map(s -> Units.size(s.networkSentBytes()))));
    fields.put(
        "BlockIO",
        pair(
            now.map(s -> Units.size(s.blockReadBytes())),
            now.map(s -> Units.size(s.blockWrittenBytes()))));
    fields.put("PIDs", now.map(s -> Long.toString(s.processCount())).orElse(NOTHING));
    fields.put("MachineCPUPerc", cpu(ContainerStats::machineCpuMicros));
    fields.put(
        "MachineMem", now.map(s -> Units.binarySize(s.machineResidentBytes())).orElse(NOTHING));
    return fields;
  }

  private static String pair(Optional<String> first, Optional<String> second) {
    return first.orElse(NOTHING) + " / " + second.orElse(NOTHING);
  }

  private static String memoryPercent(ContainerStats stats) {
    return stats.guestMemoryLimitBytes() <= 0
        ? NOTHING
        : percent(100.0 * stats.guestMemoryBytes() / stats.guestMemoryLimitBytes());
  }

  private String cpu(ToLongFunction<ContainerStats> micros) {
    if (now.isEmpty()) {
      return NOTHING;
    }
    if (before.isEmpty()) {
      return percent(0);
    }
    double elapsed = Duration.between(before.get().at(), now.get().at()).toNanos() / 1000.0;
    long used = micros.applyAsLong(now.get()) - micros.applyAsLong(before.get());
    return percent(elapsed <= 0 || used < 0 ? 0 : 100.0 * used / elapsed);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
