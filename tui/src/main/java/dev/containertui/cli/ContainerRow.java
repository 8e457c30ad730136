package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.engine.ContainerFilter;
import dev.containertui.engine.DiskUsage;
import dev.containertui.network.PortText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A container as lists show it, in docker's words.
 *
 * @param full whether ids and commands are shown in full length
 * @param use of the disk, if it was asked for
 */
record ContainerRow(
    Container container, Instant now, boolean full, Optional<DiskUsage.ContainerUse> use) {
  /** Heads of columns that are not the fields' names. */
  static final Map<String, String> HEADS =
      Map.of("ID", "CONTAINER ID", "RunningFor", "CREATED", "CreatedAt", "CREATED AT");

  private static final int COMMAND_WIDTH = 20;

  String id() {
    return full ? container.id() : container.shortId();
  }

  String image() {
    return container.spec().image();
  }

  /** In quotation marks, the length of which counts. */
  String command() {
    String command = '"' + String.join(" ", container.command()) + '"';
    return full || command.length() <= COMMAND_WIDTH
        ? command
        : command.substring(0, COMMAND_WIDTH - 2) + "…\"";
  }

  String created() {
    return Units.age(container.createdAt(), now) + " ago";
  }

  String status() {
    ContainerState state = container.state();
    String age = Units.age(state.at(), now);
    return switch (state) {
      case ContainerState.Created _ -> "Created";
      case ContainerState.Starting _ -> "Starting";
      case ContainerState.Running _ -> "Up " + upTime(state) + health();
      case ContainerState.Paused _ -> "Up " + upTime(state) + " (Paused)";
      case ContainerState.Stopping _ -> "Stopping";
      case ContainerState.Restarting restarting ->
          "Restarting (" + restarting.exitCode() + ") " + age + " ago";
      case ContainerState.Exited exited -> "Exited (" + exited.exitCode() + ") " + age + " ago";
      case ContainerState.Failed failed -> "Failed (" + failed.reason() + ") " + age + " ago";
    };
  }

  /** Since its start: a pause is part of that. */
  private String upTime(ContainerState state) {
    return Units.age(container.startedAt().orElse(state.at()), now);
  }

  private String health() {
    return container
        .health()
        .map(Health::status)
        .map(
            status ->
                switch (status) {
                  case STARTING -> " (health: starting)";
                  case HEALTHY -> " (healthy)";
                  case UNHEALTHY -> " (unhealthy)";
                })
        .orElse("");
  }

  String size() {
    return use.map(u -> Units.size(u.diskBytes())).orElse("");
  }

  /** Published and exposed ones, while it runs. */
  String ports() {
    return container.state().isUp()
        ? PortText.of(container.ports(), container.spec().ports().exposed())
        : "";
  }

  /** What JSON and templates have. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ID", id());
    fields.put("Image", image());
    fields.put("Command", command());
    fields.put("CreatedAt", container.createdAt().toString());
    fields.put("RunningFor", created());
    fields.put("State", ContainerFilter.statusOf(container.state()));
    fields.put("Status", status());
    fields.put("Names", container.name());
    fields.put("Ports", ports());
    fields.put("Size", size());
    Map<String, String> labels = container.spec().labels();
    fields.put(
        "Labels",
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
    Function<String, Object> label = key -> labels.getOrDefault(key, "");
    fields.put("Label", label);
    return fields;
  }
}
