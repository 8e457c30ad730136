package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.container.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A container's state in Docker's words, which knows fewer of them. */
final class StateJson {
  /** What Docker says if the container itself could not be run. */
  static final int FAILED_EXIT_CODE = 128;

  private StateJson() {}

  static String word(ContainerState state) {
    return switch (state) {
      case Created _, Starting _ -> "created";
      case Running _, Stopping _ -> "running";
      case Paused _ -> "paused";
      case Restarting _ -> "restarting";
      case Exited _, Failed _ -> "exited";
    };
  }

  static int exitCode(ContainerState state) {
    return switch (state) {
      case Exited exited -> exited.exitCode();
      case Failed _ -> FAILED_EXIT_CODE;
      case Restarting restarting ->
          restarting.exitCode() < 0 ? FAILED_EXIT_CODE : restarting.exitCode();
      default -> 0;
    };
  }

  /** The column STATUS: {@code Up 3 minutes (healthy)}. */
  static String status(Container container, Instant now) {
    ContainerState state = container.state();
    Instant since = container.startedAt().orElse(state.at());
    return switch (state) {
      case Created _, Starting _ -> "Created";
      case Running _, Stopping _ -> "Up " + ago(since, now) + health(container);
      case Paused _ -> "Up " + ago(since, now) + " (Paused)";
      case Restarting _ ->
          "Restarting (%d) %s ago".formatted(exitCode(state), ago(state.at(), now));
      case Exited _, Failed _ ->
          "Exited (%d) %s ago".formatted(exitCode(state), ago(state.at(), now));
    };
  }

  private static String ago(Instant then, Instant now) {
    return HumanTime.of(Duration.between(then, now));
  }

  private static String health(Container container) {
    return container
        .health()
        .map(
            health ->
                switch (health.status()) {
                  case STARTING -> " (health: starting)";
                  case HEALTHY -> " (healthy)";
                  case UNHEALTHY -> " (unhealthy)";
                })
        .orElse("");
  }

  /** The object {@code State} of an inspection. */
  static ObjectNode of(Container container) {
    ContainerState state = container.state();
    ObjectNode json = Json.object();
    json.put("Status", word(state))
        .put(
            "Running",
            state instanceof Running
                || state instanceof Stopping
                || state instanceof Paused
                || state instanceof Restarting)
        .put("Paused", state instanceof Paused)
        .put("Restarting", state instanceof Restarting)
        .put("OOMKilled", false)
        .put("Dead", false)
        .put("Pid", pid(state))
        .put("ExitCode", exitCode(state))
        .put("Error", state instanceof Failed failed ? failed.reason() : "")
        .put("StartedAt", Json.time(container.startedAt().or(() -> started(state))))
        .put("FinishedAt", Json.time(container.finishedAt().or(() -> finished(state))));
    container.health().ifPresent(health -> json.set("Health", health(health)));
    return json;
  }

  private static Optional<Instant> started(ContainerState state) {
    return state instanceof Running ? Optional.of(state.at()) : Optional.empty();
  }

  private static Optional<Instant> finished(ContainerState state) {
    return state instanceof Exited || state instanceof Failed
        ? Optional.of(state.at())
        : Optional.empty();
  }

  private static long pid(ContainerState state) {
    return switch (state) {
      case Running running -> running.machinePid();
      case Paused paused -> paused.machinePid();
      default -> 0;
    };
  }

  private static ObjectNode health(Health health) {
    ObjectNode json =
        Json.object()
            .put("Status", health.status().name().toLowerCase(Locale.ROOT))
            .put("FailingStreak", health.failingStreak());
    ArrayNode log = json.putArray("Log");
    for (Health.Check check : health.log()) {
      log.addObject()
          .put("Start", Json.time(check.start()))
          .put("End", Json.time(check.end()))
          .put("ExitCode", check.exitCode())
          .put("Output", check.output());
    }
    return json;
  }
}
