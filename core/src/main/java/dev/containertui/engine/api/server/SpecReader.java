package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.LogOptions;
import dev.containertui.container.RestartPolicy;
import dev.containertui.container.SpecJson;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.network.UserNetwork;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code docker create} sends. */
final class SpecReader {
  private static final int MAX_ITEMS = 10_000;
  private static final long NANOS_PER_CPU = 1_000_000_000L;
  private static final long DEFAULT_CPU_PERIOD_MICROS = 100_000;
  private static final TerminalSize DEFAULT_TERMINAL = new TerminalSize(80, 24);

  private SpecReader() {}

  /**
   * @param body Config with HostConfig and NetworkingConfig; or a specification of our own, which
   *     then counts alone
   * @throws Failure 400 if it is wrong, 501 if it asks for what is not there
   */
  static ContainerSpec read(ObjectNode body, Optional<String> name, Optional<String> platform) {
    if (body.path(ContainerTui.FIELD) instanceof ObjectNode ours) {
      return SpecJson.read(
          JsonObject.parse(Json.bytes(ours), ContainerTui.FIELD), ContainerTui.FIELD);
    }
    JsonNode host = body.path("HostConfig");
    ObjectNode hostConfig = host instanceof ObjectNode object ? object : Json.object();
    HostConfigRules.checkConfig(body);
    HostConfigRules.check(hostConfig);
    String image = text(body, "Image").orElseThrow(() -> new Failure(400, "no image is given"));
    ContainerSpec.Builder spec = ContainerSpec.of(image);
    name.map(n -> n.startsWith("/") ? n.substring(1) : n).ifPresent(spec::name);
    platform.map(Platform::parse).ifPresent(spec::platform);
    config(body, hostConfig, spec);
    hostConfig(hostConfig, spec);
    spec.mounts(MountReader.read(body, hostConfig));
    return spec.build();
  }

  private static void config(ObjectNode body, ObjectNode hostConfig, ContainerSpec.Builder spec) {
    entrypoint(body).ifPresent(spec::entrypoint);
    spec.arguments(words(body, "Cmd"));
    spec.environment(environment(body));
    text(body, "WorkingDir").ifPresent(spec::workingDirectory);
    text(body, "User").ifPresent(spec::user);
    text(body, "Hostname").ifPresent(spec::hostname);
    spec.ports(PortsJson.read(body, hostConfig));
    if (body.path("Tty").asBoolean()) {
      spec.terminal(size(hostConfig.path("ConsoleSize")).orElse(DEFAULT_TERMINAL));
    }
    spec.openStdin(body.path("OpenStdin").asBoolean());
    spec.stdinOnce(body.path("StdinOnce").asBoolean());
    spec.labels(map(body, "Labels"));
    text(body, "StopSignal").ifPresent(spec::stopSignal);
    if (body.path("StopTimeout").isIntegralNumber()) {
      spec.stopTimeout(Timeouts.ofSeconds(body.path("StopTimeout").asLong()));
    }
    if (body.path("Healthcheck") instanceof ObjectNode check) {
      healthCheck(check).ifPresent(spec::healthCheck);
    }
  }

  /** One that consists of nothing takes the image's away. */
  private static Optional<List<String>> entrypoint(ObjectNode body) {
    if (body.path("Entrypoint").isNull() || body.path("Entrypoint").isMissingNode()) {
      return Optional.empty();
    }
    List<String> words = words(body, "Entrypoint");
    return Optional.of(words.equals(List.of("")) ? List.of() : words);
  }

  private static Map<String, String> environment(ObjectNode body) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : strings(body, "Env")) {
      int equals = variable.indexOf('=');
      if (equals == 0) {
        throw new Failure(400, "invalid environment variable: " + variable);
      }
      if (equals > 0) { // Without a value the client has none for it either.
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return environment;
  }

  private static Optional<HealthCheck> healthCheck(ObjectNode json) {
    List<String> test = strings(json, "Test");
    if (test.isEmpty()) {
      return Optional.empty(); // The image's. Its times cannot be changed without its command.
    }
    List<String> command =
        switch (test.getFirst()) {
          case "NONE" -> List.of();
          case "CMD" -> test.subList(1, test.size());
          case "CMD-SHELL" ->
              List.of("/bin/sh", "-c", String.join(" ", test.subList(1, test.size())));
          default ->
              throw new Failure(400, "Unknown type '" + test.getFirst() + "' in healthcheck");
        };
    int retries = json.path("Retries").asInt();
    if (retries < 0) {
      throw new Failure(400, "Retries in Healthcheck cannot be negative");
    }
    return Optional.of(
        new HealthCheck(
            command,
            nanos(json, "Interval", HealthCheck.DEFAULT_INTERVAL),
            nanos(json, "Timeout", HealthCheck.DEFAULT_TIMEOUT),
            nanos(json, "StartPeriod", Duration.ZERO),
            nanos(json, "StartInterval", HealthCheck.DEFAULT_START_INTERVAL),
            retries == 0 ? HealthCheck.DEFAULT_RETRIES : retries));
  }

  private static Duration nanos(ObjectNode json, String field, Duration otherwise) {
    long nanos = json.path(field).asLong();
    if (nanos < 0 || nanos > 0 && nanos < 1_000_000) {
      throw new Failure(400, field + " in Healthcheck cannot be less than 1ms");
    }
    return nanos == 0 ? otherwise : Duration.ofNanos(nanos);
  }

  private static void hostConfig(ObjectNode json, ContainerSpec.Builder spec) {
    long memory = json.path("Memory").asLong();
    if (memory != 0) {
      spec.memoryBytes(memory);
    }
    cpus(json).ifPresent(spec::cpus);
    spec.readOnlyRoot(json.path("ReadonlyRootfs").asBoolean());
    spec.removeOnExit(json.path("AutoRemove").asBoolean());
    RestartPolicy policy = restartPolicy(json.path("RestartPolicy"));
    if (!(policy instanceof RestartPolicy.No) && json.path("AutoRemove").asBoolean()) {
      throw new Failure(400, "can't create 'AutoRemove' container with restart policy");
    }
    spec.restartPolicy(policy);
    spec.hosts(
        strings(json, "ExtraHosts").stream()
            .map(host -> host.replaceFirst(":host-gateway$", ":" + UserNetwork.GATEWAY))
            .toList());
    spec.logOptions(logOptions(json.path("LogConfig")));
  }

  static Optional<Double> cpus(JsonNode json) {
    long nanos = json.path("NanoCpus").asLong();
    long quota = json.path("CpuQuota").asLong();
    long period = json.path("CpuPeriod").asLong();
    if (nanos < 0 || quota < -1 || period < 0 || nanos > 0 && quota > 0) {
      throw new Failure(400, "NanoCpus, CpuQuota and CpuPeriod contradict each other");
    }
    if (nanos > 0) {
      return Optional.of((double) nanos / NANOS_PER_CPU);
    }
    return quota > 0
        ? Optional.of((double) quota / (period == 0 ? DEFAULT_CPU_PERIOD_MICROS : period))
        : Optional.empty();
  }

  static RestartPolicy restartPolicy(JsonNode json) {
    String name = json.path("Name").asText("");
    int retries = json.path("MaximumRetryCount").asInt();
    if (retries != 0 && !name.equals("on-failure")) {
      throw new Failure(
          400, "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    }
    return RestartPolicy.parse(retries > 0 ? name + ":" + retries : name);
  }

  private static LogOptions logOptions(JsonNode json) {
    String type = json.path("Type").asText("");
    if (!Set.of("", "json-file", "local").contains(type)) {
      throw new Failure(501, "this engine does not have the log driver " + type);
    }
    LogOptions options = LogOptions.DEFAULT;
    for (Map.Entry<String, JsonNode> option : json.path("Config").properties()) {
      String value = option.getValue().asText();
      options =
          switch (option.getKey()) {
            case "max-size" ->
                new LogOptions(
                    Math.max(bytes(value), LogOptions.MIN_SEGMENT_BYTES), options.maxSegments());
            case "max-file" -> new LogOptions(options.maxSegmentBytes(), count(value));
            default ->
                throw new Failure(
                    501, "this engine does not have the log option " + option.getKey());
          };
    }
    return options;
  }

  /** {@code 10m}: bytes with a binary unit. */
  private static long bytes(String text) {
    if (!text.matches("(?i)[0-9]{1,12}([kmg]b?|b)?")) {
      throw new Failure(400, "invalid size: " + text);
    }
    long number = Long.parseLong(text.replaceAll("[^0-9]", ""));
    String unit = text.replaceAll("[0-9]", "").toLowerCase(Locale.ROOT);
    return number
        << (unit.startsWith("k") ? 10 : unit.startsWith("m") ? 20 : unit.startsWith("g") ? 30 : 0);
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new Failure(400, "max-file is not a number from 1 to 999: " + text);
    }
    return Integer.parseInt(text);
  }

  /** Docker says height first. */
  static Optional<TerminalSize> size(JsonNode json) {
    int rows = json.path(0).asInt();
    int columns = json.path(1).asInt();
    return rows > 0 && columns > 0 && rows <= 0xffff && columns <= 0xffff
        ? Optional.of(new TerminalSize(columns, rows))
        : Optional.empty();
  }

  static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
      throw new Failure(400, field + " is not a string");
    }
    return value.isTextual() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  /** A list of strings, or one string. */
  static List<String> words(JsonNode json, String field) {
    return json.path(field).isTextual() ? List.of(json.path(field).asText()) : strings(json, field);
  }

  static List<String> strings(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isNull() || value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > MAX_ITEMS) {
      throw new Failure(400, field + " is not a list of strings");
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw new Failure(400, field + " is not a list of strings");
      }
      strings.add(item.asText());
    }
    return strings;
  }

  private static Map<String, String> map(JsonNode json, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    json.path(field).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    if (map.size() > MAX_ITEMS) {
      throw new Failure(400, field + " has too many entries");
    }
    return map;
  }
}
