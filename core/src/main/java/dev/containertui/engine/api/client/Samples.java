package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code stats} and {@code top} answer. */
final class Samples {
  private Samples() {}

  static ContainerStats of(JsonNode json) {
    if (json.path(ContainerTui.FIELD).isObject()) {
      return Facts.stats(json.path(ContainerTui.FIELD));
    }
    long received = 0;
    long sent = 0;
    for (JsonNode network : json.path("networks")) {
      received += network.path("rx_bytes").asLong();
      sent += network.path("tx_bytes").asLong();
    }
    long read = 0;
    long written = 0;
    for (JsonNode entry : json.path("blkio_stats").path("io_service_bytes_recursive")) {
      switch (Json.text(entry, "op").toLowerCase(Locale.ROOT)) {
        case "read" -> read += entry.path("value").asLong();
        case "write" -> written += entry.path("value").asLong();
        default -> {}
      }
    }
    return new ContainerStats(
        Json.instant(json, "read").orElseGet(Instant::now),
        json.path("cpu_stats").path("cpu_usage").path("total_usage").asLong() / 1000,
        json.path("memory_stats").path("usage").asLong(),
        json.path("memory_stats").path("limit").asLong(),
        json.path("pids_stats").path("current").asLong(),
        received,
        sent,
        read,
        written,
        0,
        0);
  }

  static List<GuestProcess> processes(JsonNode json) {
    if (json.path(ContainerTui.FIELD).isArray()) {
      return Facts.processes(json.path(ContainerTui.FIELD));
    }
    List<String> titles = Json.strings(json.path("Titles"));
    List<GuestProcess> processes = new ArrayList<>();
    for (JsonNode row : json.path("Processes")) {
      List<String> cells = Json.strings(row);
      processes.add(
          new GuestProcess(
              number(cell(titles, cells, "PID")),
              number(cell(titles, cells, "PPID")),
              number(cell(titles, cells, "UID")),
              (cell(titles, cells, "S") + "?").charAt(0),
              1_000_000L * clock(cell(titles, cells, "TIME")),
              1024L * number(cell(titles, cells, "RSS")),
              cell(titles, cells, "COMMAND")));
    }
    return processes;
  }

  private static String cell(List<String> titles, List<String> cells, String title) {
    int column = titles.indexOf(title);
    return column < 0 || column >= cells.size() ? "" : cells.get(column);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** {@code [[DD-]HH:]MM:SS}, in seconds. */
  private static long clock(String text) {
    long seconds = 0;
    for (String part : text.split("[-:]")) {
      seconds = seconds * 60 + number(part);
    }
    return seconds;
  }
}
