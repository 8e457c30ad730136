package dev.containertui.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.ContainerRecord.Machine;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.PortJson;
import dev.containertui.oci.JsonObject;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A container's record as JSON: {@code container.json}, and what {@code inspect} prints. Times are
 * ISO 8601 in UTC; steps of the boot timeline are microseconds since the start was asked for.
 */
final class RecordJson {
  private static final int VERSION = 1;

  private RecordJson() {}

  static ObjectNode write(ContainerRecord container) {
    ObjectNode json = JsonObject.create();
    json.put("version", VERSION);
    json.put("id", container.id());
    json.put("name", container.name());
    json.put("createdAt", container.createdAt().toString());
    json.set("state", state(container.state()));
    json.putObject("image")
        .put("reference", container.imageReference())
        .put("digest", container.imageDigest());
    container.command().forEach(json.putArray("command")::add);
    json.set("spec", SpecJson.write(container.spec()));
    container.machine().ifPresent(machine -> json.set("machine", machine(machine)));
    json.put("start", container.bootTimeline().start());
    ArrayNode timeline = json.putArray("bootTimeline");
    for (Mark mark : container.bootTimeline().marks()) {
      timeline.addObject().put("step", mark.step()).put("atMicros", mark.at().toNanos() / 1000);
    }
    FactsJson.write(json, container.facts());
    return json;
  }

  static ObjectNode state(ContainerState state) {
    ObjectNode json = JsonObject.create().put("status", state.word());
    json.put("at", state.at().toString());
    switch (state) {
      case Running running -> json.put("machinePid", running.machinePid());
      case Exited exited -> json.put("exitCode", exited.exitCode());
      case Failed failed -> json.put("reason", failed.reason());
      case Paused paused -> json.put("machinePid", paused.machinePid());
      case Restarting restarting -> json.put("exitCode", Integer.toString(restarting.exitCode()));
      case Created _, Starting _, Stopping _ -> {}
    }
    return json;
  }

  private static ObjectNode machine(Machine machine) {
    ObjectNode json =
        JsonObject.create()
            .put("pid", machine.pid())
            .put("hypervisor", machine.hypervisor())
            .put("accelerator", machine.accelerator())
            .put("kernelRelease", machine.kernelRelease())
            .put("vcpus", machine.vcpus());
    json.set("memory", memory(machine.memory()));
    machine.address().ifPresent(address -> json.put("address", address));
    machine.macAddress().ifPresent(address -> json.put("macAddress", address));
    if (!machine.ports().isEmpty()) {
      json.set("ports", PortJson.write(machine.ports()));
    }
    return json;
  }

  private static ObjectNode memory(MachineMemory memory) {
    ObjectNode json = JsonObject.create();
    memory.limitBytes().ifPresent(bytes -> json.put("limitBytes", bytes));
    return json.put("overheadBytes", memory.overheadBytes())
        .put("classBytes", memory.classBytes())
        .put("machineBytes", memory.machineBytes());
  }

  /**
   * @throws EngineException CORRUPT
   */
  static ContainerRecord read(byte[] bytes, String where) {
    try {
      return parse(bytes, where);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new EngineException(Kind.CORRUPT, where + ": a value out of range", e);
    } catch (EngineException e) {
      // What a user would be told of a wrong word: nobody has written that here.
      throw e.kind() == Kind.INVALID
          ? new EngineException(Kind.CORRUPT, where + ": " + e.getMessage(), e)
          : e;
    }
  }

  private static ContainerRecord parse(byte[] bytes, String where) {
    JsonObject json = JsonObject.parse(bytes, where);
    if (json.size("version") != VERSION) {
      throw new EngineException(
          Kind.CORRUPT, where + " was written by another version of this program");
    }
    JsonObject image = json.object("image");
    ContainerSpec spec = SpecJson.read(json.object("spec"), where);
    MountTarget.check(spec.mounts());
    return new ContainerRecord(
        json.string("id"),
        ContainerNames.checked(json.string("name")),
        spec,
        image.string("reference"),
        image.string("digest"),
        json.strings("command"),
        instant(json.string("createdAt"), where),
        readState(json.object("state"), where),
        json.optionalObject("machine").map(RecordJson::readMachine),
        new BootTimeline(
            json.optionalString("start").orElse(""),
            json.objects("bootTimeline").stream()
                .map(
                    mark ->
                        new Mark(
                            mark.string("step"),
                            Duration.ofNanos(Math.multiplyExact(mark.size("atMicros"), 1000))))
                .toList()),
        FactsJson.read(json, where));
  }

  static ContainerState readState(JsonObject json, String where) {
    Instant at = instant(json.string("at"), where);
    return switch (json.string("status")) {
      case "created" -> new Created(at);
      case "starting" -> new Starting(at);
      case "running" -> new Running(at, json.size("machinePid"));
      case "paused" -> new Paused(at, json.size("machinePid"));
      case "restarting" -> new Restarting(at, exitCode(json.string("exitCode"), where));
      case "stopping" -> new Stopping(at);
      case "exited" -> new Exited(at, Math.toIntExact(json.size("exitCode")));
      case "failed" -> new Failed(at, json.string("reason"));
      default -> throw new EngineException(Kind.CORRUPT, where + ": state of an unknown kind");
    };
  }

  private static int exitCode(String text, String where) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException(Kind.CORRUPT, where + ": not an exit code: " + text, e);
    }
  }

  private static Machine readMachine(JsonObject json) {
    return new Machine(
        json.size("pid"),
        json.string("hypervisor"),
        json.string("accelerator"),
        json.string("kernelRelease"),
        Math.toIntExact(json.size("vcpus")),
        json.optionalObject("memory").map(RecordJson::readMemory).orElseGet(() -> unclassed(json)),
        json.optionalString("address"),
        json.optionalString("macAddress"),
        PortJson.readPublished(json.objects("ports")));
  }

  private static MachineMemory readMemory(JsonObject json) {
    return new MachineMemory(
        json.optionalSize("limitBytes").map(OptionalLong::of).orElse(OptionalLong.empty()),
        json.size("overheadBytes"),
        json.size("classBytes"),
        json.size("machineBytes"));
  }

  /** As it was written before there were memory classes: the machine's memory, and no more. */
  private static MachineMemory unclassed(JsonObject json) {
    long bytes = json.size("memoryBytes");
    return new MachineMemory(OptionalLong.empty(), 0, bytes, bytes);
  }

  static Instant instant(String text, String where) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new EngineException(Kind.CORRUPT, where + ": not a time: " + text, e);
    }
  }
}
