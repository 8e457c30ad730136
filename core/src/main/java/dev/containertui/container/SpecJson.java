package dev.containertui.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.PortJson;
import dev.containertui.network.PortSpec;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Platform;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A container's specification as JSON, on disk and on the wire; what is empty is left out. */
public final class SpecJson {
  private SpecJson() {}

  /** For {@link #read}. */
  public static ObjectNode write(ContainerSpec spec) {
    ObjectNode json = JsonObject.create().put("image", spec.image());
    spec.name().ifPresent(name -> json.put("name", name));
    spec.entrypoint().ifPresent(words -> strings(json.putArray("entrypoint"), words));
    strings(json.putArray("arguments"), spec.arguments());
    map(json.putObject("environment"), spec.environment());
    spec.workingDirectory().ifPresent(path -> json.put("workingDirectory", path));
    spec.user().ifPresent(user -> json.put("user", user));
    spec.hostname().ifPresent(name -> json.put("hostname", name));
    if (!spec.ports().equals(PortSpec.NONE)) {
      json.set("ports", PortJson.write(spec.ports()));
    }
    spec.terminal()
        .ifPresent(
            size ->
                json.putObject("terminal").put("columns", size.columns()).put("rows", size.rows()));
    json.put("openStdin", spec.openStdin());
    spec.cpus().ifPresent(cpus -> json.put("cpus", Double.toString(cpus)));
    spec.memoryBytes().ifPresent(bytes -> json.put("memoryBytes", bytes));
    json.put("readOnlyRoot", spec.readOnlyRoot());
    json.put("removeOnExit", spec.removeOnExit());
    spec.platform().ifPresent(platform -> json.set("platform", platform(platform)));
    spec.kernel().ifPresent(path -> json.put("kernel", path.toString()));
    json.put("coldBoot", spec.coldBoot());
    map(json.putObject("labels"), spec.labels());
    json.set("mounts", MountJson.write(spec.mounts()));
    json.put("stdinOnce", spec.stdinOnce());
    json.put("restartPolicy", spec.restartPolicy().text());
    spec.healthCheck().ifPresent(check -> json.set("healthCheck", healthCheck(check)));
    spec.stopSignal().ifPresent(signal -> json.put("stopSignal", signal));
    json.put("stopTimeout", spec.stopTimeout().toString());
    json.putObject("log")
        .put("maxSegmentBytes", spec.logOptions().maxSegmentBytes())
        .put("maxSegments", spec.logOptions().maxSegments());
    strings(json.putArray("hosts"), spec.hosts());
    return json;
  }

  private static ObjectNode healthCheck(HealthCheck check) {
    ObjectNode json = JsonObject.create();
    strings(json.putArray("command"), check.command());
    return json.put("interval", check.interval().toString())
        .put("timeout", check.timeout().toString())
        .put("startPeriod", check.startPeriod().toString())
        .put("startInterval", check.startInterval().toString())
        .put("retries", check.retries());
  }

  private static HealthCheck readHealthCheck(JsonObject json) {
    return new HealthCheck(
        json.strings("command"),
        Duration.parse(json.string("interval")),
        Duration.parse(json.string("timeout")),
        Duration.parse(json.string("startPeriod")),
        Duration.parse(json.string("startInterval")),
        Math.toIntExact(json.size("retries")));
  }

  private static LogOptions readLogOptions(JsonObject json) {
    return new LogOptions(json.size("maxSegmentBytes"), Math.toIntExact(json.size("maxSegments")));
  }

  private static ObjectNode platform(Platform platform) {
    ObjectNode json =
        JsonObject.create().put("os", platform.os()).put("architecture", platform.architecture());
    platform.variant().ifPresent(variant -> json.put("variant", variant));
    return json;
  }

  private static void strings(ArrayNode json, List<String> strings) {
    strings.forEach(json::add);
  }

  private static void map(ObjectNode json, Map<String, String> map) {
    map.forEach(json::put);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @param where what the JSON is, for error messages
   * @throws EngineException CORRUPT
   */
  public static ContainerSpec read(JsonObject json, String where) {
    try {
      return new ContainerSpec(
          json.string("image"),
          json.optionalString("name"),
          json.has("entrypoint") ? Optional.of(json.strings("entrypoint")) : Optional.empty(),
          json.strings("arguments"),
          json.stringMap("environment"),
          json.optionalString("workingDirectory"),
          json.optionalString("user"),
          json.optionalString("hostname"),
          json.optionalObject("ports").map(PortJson::readSpec).orElse(PortSpec.NONE),
          json.optionalObject("terminal")
              .map(
                  size ->
                      new TerminalSize(
                          Math.toIntExact(size.size("columns")),
                          Math.toIntExact(size.size("rows")))),
          json.optionalBoolean("openStdin").orElse(false),
          json.optionalString("cpus")
              .map(text -> OptionalDouble.of(Double.parseDouble(text)))
              .orElse(OptionalDouble.empty()),
          json.optionalSize("memoryBytes").map(OptionalLong::of).orElse(OptionalLong.empty()),
          json.optionalBoolean("readOnlyRoot").orElse(false),
          json.optionalBoolean("removeOnExit").orElse(false),
          json.optionalObject("platform")
              .map(
                  platform ->
                      new Platform(
                          platform.string("os"),
                          platform.string("architecture"),
                          platform.optionalString("variant"))),
          json.optionalString("kernel").map(Path::of),
          json.optionalBoolean("coldBoot").orElse(false),
          json.stringMap("labels"),
          MountJson.read(json.objects("mounts")),
          json.optionalBoolean("stdinOnce").orElse(false),
          json.optionalString("restartPolicy")
              .map(RestartPolicy::parse)
              .orElseGet(RestartPolicy.No::new),
          json.optionalObject("healthCheck").map(SpecJson::readHealthCheck),
          json.optionalString("stopSignal"),
          json.optionalString("stopTimeout")
              .map(Duration::parse)
              .orElse(ContainerSpec.DEFAULT_STOP_TIMEOUT),
          json.optionalObject("log").map(SpecJson::readLogOptions).orElse(LogOptions.DEFAULT),
          json.strings("hosts"));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new EngineException(Kind.CORRUPT, where + ": a value out of range in spec", e);
    }
  }
}
