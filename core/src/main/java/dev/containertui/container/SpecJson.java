package dev.containertui.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A container's specification as JSON; what is empty is left out. */
final class SpecJson {
  private SpecJson() {}

  static ObjectNode write(ContainerSpec spec) {
    ObjectNode json = JsonObject.create().put("image", spec.image());
    spec.name().ifPresent(name -> json.put("name", name));
    spec.entrypoint().ifPresent(words -> strings(json.putArray("entrypoint"), words));
    strings(json.putArray("arguments"), spec.arguments());
    map(json.putObject("environment"), spec.environment());
    spec.workingDirectory().ifPresent(path -> json.put("workingDirectory", path));
    spec.user().ifPresent(user -> json.put("user", user));
    spec.hostname().ifPresent(name -> json.put("hostname", name));
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
    return json;
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

  static ContainerSpec read(JsonObject json, String where) {
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
          json.stringMap("labels"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new EngineException(Kind.CORRUPT, where + ": a value out of range in spec", e);
    }
  }
}
