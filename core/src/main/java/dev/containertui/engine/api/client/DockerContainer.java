package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.container.LinuxSignal;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code GET /containers/{id}/json} and {@code GET /containers/json} answer: our own
 * fields if they are there, else Docker's, as far as they tell.
 */
final class DockerContainer {
  private static final TerminalSize ANY_SIZE = new TerminalSize(80, 24);

  private DockerContainer() {}

  /** An element of a list of containers, if it says all that is to be known. */
  static Optional<ContainerFacts> listed(JsonNode json) {
    return Optional.of(json.path(ContainerTui.FIELD))
        .filter(JsonNode::isObject)
        .map(ContainerFacts::read);
  }

  static ContainerFacts inspected(JsonNode json) {
    return listed(json).orElseGet(() -> foreign(json));
  }

  private static ContainerFacts foreign(JsonNode json) {
    Instant created = Json.instant(json, "Created").orElse(Instant.EPOCH);
    JsonNode state = json.path("State");
    List<String> command = new ArrayList<>();
    command.add(Json.text(json, "Path"));
    command.addAll(Json.strings(json.path("Args")));
    return new ContainerFacts(
        Json.text(json, "Id"),
        Json.text(json, "Name").replaceFirst("^/", ""),
        spec(json),
        created,
        Json.text(json, "Image"),
        command,
        state(state, created),
        address(json.path("NetworkSettings")),
        Json.instant(state, "StartedAt"),
        Json.instant(state, "FinishedAt"),
        json.path("RestartCount").asInt(),
        health(state.path("Health")),
        BootTimeline.empty(),
        Optional.empty());
  }

  private static ContainerState state(JsonNode state, Instant created) {
    Instant started = Json.instant(state, "StartedAt").orElse(created);
    Instant finished = Json.instant(state, "FinishedAt").orElse(started);
    long pid = state.path("Pid").asLong();
    int exitCode = state.path("ExitCode").asInt();
    return switch (Json.text(state, "Status")) {
      case "running" -> new ContainerState.Running(started, pid);
      case "paused" -> new ContainerState.Paused(started, pid);
      case "restarting" -> new ContainerState.Restarting(finished, exitCode);
      case "removing", "stopping" -> new ContainerState.Stopping(finished);
      case "exited", "stopped" -> new ContainerState.Exited(finished, exitCode);
      case "dead" -> new ContainerState.Failed(finished, Json.text(state, "Error"));
      default -> new ContainerState.Created(created);
    };
  }

  private static Optional<String> address(JsonNode network) {
    Optional<String> own = Json.optional(network, "IPAddress");
    for (JsonNode one : network.path("Networks")) {
      own = own.or(() -> Json.optional(one, "IPAddress"));
    }
    return own;
  }

  private static Optional<Health> health(JsonNode health) {
    Health.Status status =
        switch (Json.text(health, "Status")) {
          case "starting" -> Health.Status.STARTING;
          case "healthy" -> Health.Status.HEALTHY;
          case "unhealthy" -> Health.Status.UNHEALTHY;
          default -> null;
        };
    if (status == null) {
      return Optional.empty();
    }
    List<Health.Check> log = new ArrayList<>();
    for (JsonNode check : health.path("Log")) {
      log.add(
          new Health.Check(
              Json.instant(check, "Start").orElse(Instant.EPOCH),
              Json.instant(check, "End").orElse(Instant.EPOCH),
              check.path("ExitCode").asInt(),
              Json.text(check, "Output")));
    }
    return Optional.of(new Health(status, health.path("FailingStreak").asInt(), log));
  }

  private static ContainerSpec spec(JsonNode json) {
    JsonNode config = json.path("Config");
    JsonNode host = json.path("HostConfig");
    ContainerSpec.Builder spec =
        ContainerSpec.of(Json.text(config, "Image"))
            .arguments(Json.strings(config.path("Cmd")))
            .environment(environment(config.path("Env")))
            .openStdin(config.path("OpenStdin").asBoolean())
            .stdinOnce(config.path("StdinOnce").asBoolean())
            .labels(Json.map(config.path("Labels")))
            .readOnlyRoot(host.path("ReadonlyRootfs").asBoolean())
            .removeOnExit(host.path("AutoRemove").asBoolean())
            .hosts(Json.strings(host.path("ExtraHosts")));
    if (config.path("Entrypoint").isArray()) {
      spec.entrypoint(Json.strings(config.path("Entrypoint")));
    }
    Json.optional(config, "WorkingDir").ifPresent(spec::workingDirectory);
    Json.optional(config, "User").ifPresent(spec::user);
    Json.optional(config, "Hostname").ifPresent(spec::hostname);
    Json.optional(config, "StopSignal")
        .filter(DockerContainer::isSignal)
        .ifPresent(spec::stopSignal);
    if (config.path("Tty").asBoolean()) {
      spec.terminal(ANY_SIZE);
    }
    if (config.path("StopTimeout").isNumber()) {
      spec.stopTimeout(Duration.ofSeconds(config.path("StopTimeout").asLong()));
    }
    if (host.path("Memory").asLong() > 0) {
      spec.memoryBytes(host.path("Memory").asLong());
    }
    if (host.path("NanoCpus").asLong() > 0) {
      spec.cpus(host.path("NanoCpus").asLong() / 1e9);
    }
    return spec.restartPolicy(restartPolicy(host.path("RestartPolicy"))).build();
  }

  private static boolean isSignal(String text) {
    try {
      return LinuxSignal.number(text) > 0;
    } catch (EngineException e) {
      return false;
    }
  }

  private static RestartPolicy restartPolicy(JsonNode policy) {
    int retries = policy.path("MaximumRetryCount").asInt();
    return switch (Json.text(policy, "Name")) {
      case "always" -> new RestartPolicy.Always();
      case "unless-stopped" -> new RestartPolicy.UnlessStopped();
      case "on-failure" -> RestartPolicy.parse("on-failure:" + retries);
      default -> new RestartPolicy.No();
    };
  }

  private static Map<String, String> environment(JsonNode list) {
    Map<String, String> environment = new java.util.LinkedHashMap<>();
    for (String line : Json.strings(list)) {
      int equals = line.indexOf('=');
      environment.put(
          equals < 0 ? line : line.substring(0, equals),
          equals < 0 ? "" : line.substring(equals + 1));
    }
    return environment;
  }
}
