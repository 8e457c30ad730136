package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Samples of what a container uses, as {@code docker stats} reads them. */
final class StatsJson {
  private static final long NANOS_PER_MICRO = 1000;

  /** All CPU time that there has been since then is what shares are calculated of. */
  private static final Instant EPOCH = Instant.now().minus(Duration.ofHours(1));

  private StatsJson() {}

  /**
   * @param now empty: it does not run, and uses nothing
   * @param before the sample before; empty: there is none
   */
  static ObjectNode of(
      Container container, Optional<ContainerStats> now, Optional<ContainerStats> before) {
    ObjectNode json =
        Json.object()
            .put("name", "/" + container.name())
            .put("id", container.id())
            .put("os_type", "linux")
            .put("read", Json.time(now.map(ContainerStats::at)))
            .put("preread", Json.time(before.map(ContainerStats::at)))
            .put("num_procs", 0);
    ObjectNode pids = json.putObject("pids_stats");
    ObjectNode blocks = json.putObject("blkio_stats");
    ArrayNode bytes = blocks.putArray("io_service_bytes_recursive");
    json.putObject("storage_stats");
    json.set("cpu_stats", cpu(now));
    json.set("precpu_stats", cpu(before));
    ObjectNode memory = json.putObject("memory_stats");
    now.ifPresent(
        sample -> {
          pids.put("current", sample.processCount());
          block(bytes, "read", sample.blockReadBytes());
          block(bytes, "write", sample.blockWrittenBytes());
          memory
              .put("usage", sample.guestMemoryBytes())
              .put("limit", sample.guestMemoryLimitBytes())
              .putObject("stats");
          json.set("networks", networks(sample));
          json.set(ContainerTui.FIELD, Facts.write(sample));
        });
    return json;
  }

  private static void block(ArrayNode list, String operation, long bytes) {
    list.addObject().put("major", 0).put("minor", 0).put("op", operation).put("value", bytes);
  }

  private static ObjectNode cpu(Optional<ContainerStats> sample) {
    ObjectNode json = Json.object();
    ObjectNode usage = json.putObject("cpu_usage");
    ObjectNode throttling = Json.object();
    throttling.put("periods", 0).put("throttled_periods", 0).put("throttled_time", 0);
    usage
        .put("total_usage", sample.map(s -> s.guestCpuMicros() * NANOS_PER_MICRO).orElse(0L))
        .put("usage_in_kernelmode", 0)
        .put("usage_in_usermode", 0);
    sample.ifPresent(
        s -> {
          int cpus = Runtime.getRuntime().availableProcessors();
          json.put("system_cpu_usage", Duration.between(EPOCH, s.at()).toNanos() * cpus)
              .put("online_cpus", cpus);
        });
    json.set("throttling_data", throttling);
    return json;
  }

  private static ObjectNode networks(ContainerStats sample) {
    ObjectNode json = Json.object();
    json.putObject("eth0")
        .put("rx_bytes", sample.networkReceivedBytes())
        .put("rx_packets", 0)
        .put("rx_errors", 0)
        .put("rx_dropped", 0)
        .put("tx_bytes", sample.networkSentBytes())
        .put("tx_packets", 0)
        .put("tx_errors", 0)
        .put("tx_dropped", 0);
    return json;
  }
}
