package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
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
import dev.containertui.container.MachineFacts;
import dev.containertui.container.SpecJson;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is to know of a container at one time.
 *
 * @param timeline how its machine came up
 * @param machine that it runs or last ran in
 */
public record ContainerFacts(
    String id,
    String name,
    ContainerSpec spec,
    Instant createdAt,
    String imageDigest,
    List<String> command,
    ContainerState state,
    Optional<String> address,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    int restartCount,
    Optional<Health> health,
    BootTimeline timeline,
    Optional<MachineFacts> machine) {
  private static final String WHERE = "the engine's answer";

  /** Those of a container, now. */
  public static ContainerFacts of(Container container) {
    return new ContainerFacts(
        container.id(),
        container.name(),
        container.spec(),
        container.createdAt(),
        container.imageDigest(),
        container.command(),
        container.state(),
        container.address(),
        container.startedAt(),
        container.finishedAt(),
        container.restartCount(),
        container.health(),
        container.bootTimeline(),
        container.machine());
  }

  /** The same in another state. */
  public ContainerFacts with(ContainerState newState) {
    return new ContainerFacts(
        id,
        name,
        spec,
        createdAt,
        imageDigest,
        command,
        newState,
        address,
        startedAt,
        finishedAt,
        restartCount,
        health,
        timeline,
        machine);
  }

  /** As JSON, for {@link #read}. */
  public ObjectNode write() {
    ObjectNode json = OwnFields.object();
    json.put("id", id);
    json.put("name", name);
    json.set("spec", SpecJson.write(spec));
    json.put("createdAt", createdAt.toString());
    json.put("imageDigest", imageDigest);
    OwnFields.strings(json.putArray("command"), command);
    json.set("state", write(state));
    address.ifPresent(text -> json.put("address", text));
    OwnFields.put(json, "startedAt", startedAt);
    OwnFields.put(json, "finishedAt", finishedAt);
    json.put("restartCount", restartCount);
    health.ifPresent(found -> json.set("health", write(found)));
    machine.ifPresent(known -> json.set("machine", OwnMachine.write(known)));
    json.put("start", timeline.start());
    ArrayNode marks = json.putArray("bootTimeline");
    for (Mark mark : timeline.marks()) {
      marks.addObject().put("step", mark.step()).put("atMicros", mark.at().toNanos() / 1000);
    }
    return json;
  }

  private static ObjectNode write(ContainerState state) {
    ObjectNode json =
        OwnFields.object().put("status", state.word()).put("at", state.at().toString());
    switch (state) {
      case Running running -> json.put("machinePid", running.machinePid());
      case Paused paused -> json.put("machinePid", paused.machinePid());
      case Exited exited -> json.put("exitCode", exited.exitCode());
      case Restarting restarting -> json.put("exitCode", restarting.exitCode());
      case Failed failed -> json.put("reason", failed.reason());
      case Created _, Starting _, Stopping _ -> {}
    }
    return json;
  }

  private static ObjectNode write(Health health) {
    ObjectNode json =
        OwnFields.object()
            .put("status", health.status().name())
            .put("failingStreak", health.failingStreak());
    ArrayNode log = json.putArray("log");
    for (Health.Check check : health.log()) {
      log.addObject()
          .put("start", check.start().toString())
          .put("end", check.end().toString())
          .put("exitCode", check.exitCode())
          .put("output", check.output());
    }
    return json;
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws EngineException CORRUPT
   */
  public static ContainerFacts read(JsonNode json) {
    return new ContainerFacts(
        json.path("id").asText(),
        json.path("name").asText(),
        readSpec(json.path("spec")),
        time(json, "createdAt"),
        json.path("imageDigest").asText(),
        OwnFields.strings(json.path("command")),
        readState(json.path("state")),
        OwnFields.text(json, "address"),
        OwnFields.time(json, "startedAt"),
        OwnFields.time(json, "finishedAt"),
        json.path("restartCount").asInt(),
        json.hasNonNull("health") ? Optional.of(readHealth(json.path("health"))) : Optional.empty(),
        readTimeline(json),
        OwnMachine.read(json.path("machine")));
  }

  private static ContainerSpec readSpec(JsonNode json) {
    if (!(json instanceof ObjectNode spec)) {
      throw new EngineException(Kind.CORRUPT, WHERE + ": a container without specification");
    }
    return SpecJson.read(JsonObject.of(spec, WHERE), WHERE);
  }

  private static ContainerState readState(JsonNode json) {
    Instant at = time(json, "at");
    int exitCode = json.path("exitCode").asInt();
    return switch (json.path("status").asText()) {
      case "created" -> new Created(at);
      case "starting" -> new Starting(at);
      case "running" -> new Running(at, json.path("machinePid").asLong());
      case "paused" -> new Paused(at, json.path("machinePid").asLong());
      case "stopping" -> new Stopping(at);
      case "restarting" -> new Restarting(at, exitCode);
      case "exited" -> new Exited(at, exitCode);
      case "failed" -> new Failed(at, json.path("reason").asText());
      default -> throw new EngineException(Kind.CORRUPT, WHERE + ": a state of an unknown kind");
    };
  }

  private static Health readHealth(JsonNode json) {
    List<Health.Check> log = new ArrayList<>();
    for (JsonNode check : json.path("log")) {
      log.add(
          new Health.Check(
              time(check, "start"),
              time(check, "end"),
              check.path("exitCode").asInt(),
              check.path("output").asText()));
    }
    return new Health(
        switch (json.path("status").asText()) {
          case "HEALTHY" -> Health.Status.HEALTHY;
          case "UNHEALTHY" -> Health.Status.UNHEALTHY;
          default -> Health.Status.STARTING;
        },
        json.path("failingStreak").asInt(),
        log);
  }

  private static BootTimeline readTimeline(JsonNode json) {
    List<Mark> marks = new ArrayList<>();
    for (JsonNode mark : json.path("bootTimeline")) {
      marks.add(
          new Mark(
              mark.path("step").asText(), Duration.ofNanos(1000 * mark.path("atMicros").asLong())));
    }
    return new BootTimeline(json.path("start").asText(), marks);
  }

  private static Instant time(JsonNode json, String field) {
    return OwnFields.time(json, field)
        .orElseThrow(() -> new EngineException(Kind.CORRUPT, WHERE + ": no time in " + field));
  }
}
