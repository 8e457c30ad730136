package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.api.ContainerTui;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@code docker inspect} prints of a container. */
final class InspectJson {
  private InspectJson() {}

  /**
   * @param imageId as Docker has it: the digest of the image's configuration
   * @param image {@code config} of the image's configuration; may be empty
   * @param source what to call the source of a volume with this name
   * @param ours what the engine itself tells
   */
  static ObjectNode of(
      Container container,
      String imageId,
      JsonNode image,
      Function<String, String> source,
      JsonNode ours) {
    List<String> command = container.command();
    ObjectNode json =
        Json.object()
            .put("Id", container.id())
            .put("Created", Json.time(container.createdAt()))
            .put("Path", command.getFirst());
    json.set("Args", Json.strings(command.subList(1, command.size())));
    json.set("State", StateJson.of(container));
    json.put("Image", imageId)
        .put("ResolvConfPath", "")
        .put("HostnamePath", "")
        .put("HostsPath", "")
        .put("LogPath", "")
        .put("Name", "/" + container.name())
        .put("RestartCount", container.restartCount())
        .put("Driver", "ext4-overlay")
        .put("Platform", "linux")
        .put("MountLabel", "")
        .put("ProcessLabel", "")
        .put("AppArmorProfile", "")
        .putNull("ExecIDs");
    json.set("HostConfig", hostConfig(container.spec()));
    json.putObject("GraphDriver").put("Name", "ext4-overlay").putNull("Data");
    json.set("Mounts", MountsJson.of(container.spec(), source));
    json.set("Config", config(container, image));
    json.set("NetworkSettings", NetworkJson.settings(container));
    json.set(ContainerTui.FIELD, ours);
    return json;
  }

  private static ObjectNode config(Container container, JsonNode image) {
    ContainerSpec spec = container.spec();
    ObjectNode json =
        Json.object()
            .put("Hostname", spec.hostname().orElse(container.shortId()))
            .put("Domainname", "")
            .put("User", spec.user().orElse(image.path("User").asText("")))
            .put("AttachStdin", false)
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Tty", spec.terminal().isPresent())
            .put("OpenStdin", spec.openStdin())
            .put("StdinOnce", spec.stdinOnce());
    if (!spec.ports().served().isEmpty()) {
      json.set("ExposedPorts", PortsJson.exposed(spec.ports()));
    }
    json.set("Env", environment(spec, image));
    json.set("Cmd", orNull(command(spec, image)));
    if (spec.healthCheck().isPresent()) {
      json.set("Healthcheck", healthCheck(spec.healthCheck().get()));
    } else if (image.has("Healthcheck")) {
      json.set("Healthcheck", image.path("Healthcheck"));
    }
    json.put("Image", spec.image());
    json.set("Volumes", image.path("Volumes").isEmpty() ? null : image.path("Volumes"));
    json.put("WorkingDir", spec.workingDirectory().orElse(image.path("WorkingDir").asText("")));
    json.set("Entrypoint", orNull(spec.entrypoint().orElse(texts(image.path("Entrypoint")))));
    json.putNull("OnBuild");
    json.set("Labels", labels(spec, image));
    String signal = spec.stopSignal().orElse(image.path("StopSignal").asText(""));
    if (!signal.isEmpty()) {
      json.put("StopSignal", signal);
    }
    if (!spec.stopTimeout().equals(ContainerSpec.DEFAULT_STOP_TIMEOUT)) {
      json.put("StopTimeout", spec.stopTimeout().toSeconds());
    }
    return json;
  }

  /** The image's command counts only together with the image's entrypoint. */
  private static List<String> command(ContainerSpec spec, JsonNode image) {
    return !spec.arguments().isEmpty() || spec.entrypoint().isPresent()
        ? spec.arguments()
        : texts(image.path("Cmd"));
  }

  private static ArrayNode environment(ContainerSpec spec, JsonNode image) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String variable : texts(image.path("Env"))) {
      int equals = variable.indexOf('=');
      all.put(
          equals < 0 ? variable : variable.substring(0, equals),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    all.putAll(spec.environment());
    return Json.strings(all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static ObjectNode labels(ContainerSpec spec, JsonNode image) {
    Map<String, String> all = new LinkedHashMap<>();
    image.path("Labels").properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
    all.putAll(spec.labels());
    return Json.map(all);
  }

  private static ObjectNode healthCheck(HealthCheck check) {
    ObjectNode json = Json.object();
    ArrayNode test = json.putArray("Test");
    test.add(check.command().isEmpty() ? "NONE" : "CMD");
    check.command().forEach(test::add);
    return json.put("Interval", check.interval().toNanos())
        .put("Timeout", check.timeout().toNanos())
        .put("StartPeriod", check.startPeriod().toNanos())
        .put("StartInterval", check.startInterval().toNanos())
        .put("Retries", check.retries());
  }

  private static ObjectNode hostConfig(ContainerSpec spec) {
    ObjectNode json = Json.object();
    MountsJson.putHostConfig(spec, json);
    json.put("ContainerIDFile", "");
    json.putObject("LogConfig")
        .put("Type", "json-file")
        .putObject("Config")
        .put("max-size", Long.toString(spec.logOptions().maxSegmentBytes()))
        .put("max-file", Integer.toString(spec.logOptions().maxSegments()));
    json.put("NetworkMode", NetworkJson.NAME);
    json.set("PortBindings", PortsJson.bindings(spec.ports()));
    json.set("RestartPolicy", restartPolicy(spec.restartPolicy()));
    json.put("AutoRemove", spec.removeOnExit()).put("VolumeDriver", "").putNull("VolumesFrom");
    json.set(
        "ConsoleSize",
        Json.array()
            .add(spec.terminal().map(TerminalSize::rows).orElse(0))
            .add(spec.terminal().map(TerminalSize::columns).orElse(0)));
    for (String list : List.of("CapAdd", "CapDrop", "Dns", "DnsOptions", "DnsSearch")) {
      json.putNull(list);
    }
    json.set("ExtraHosts", orNull(spec.hosts()));
    return json.put("CgroupnsMode", "private")
        .putNull("GroupAdd")
        .put("IpcMode", "private")
        .put("Cgroup", "")
        .putNull("Links")
        .put("OomScoreAdj", 0)
        .put("PidMode", "")
        .put("Privileged", false)
        .put("PublishAllPorts", spec.ports().publishAll())
        .put("ReadonlyRootfs", spec.readOnlyRoot())
        .putNull("SecurityOpt")
        .put("UTSMode", "")
        .put("UsernsMode", "")
        .put("ShmSize", 64 << 20)
        .put("Runtime", "vm")
        .put("Isolation", "")
        .put("CpuShares", 0)
        .put("Memory", spec.memoryBytes().orElse(0))
        .put("NanoCpus", Math.round(spec.cpus().orElse(0) * 1e9))
        .put("CgroupParent", "")
        .put("CpuPeriod", 0)
        .put("CpuQuota", 0)
        .put("MemoryReservation", 0)
        .put("MemorySwap", spec.memoryBytes().orElse(0))
        .putNull("PidsLimit")
        .putNull("Ulimits");
  }

  static ObjectNode restartPolicy(RestartPolicy policy) {
    int retries = policy instanceof RestartPolicy.OnFailure(int count) ? count : 0;
    return Json.object()
        .put("Name", policy.text().replaceFirst(":.*", ""))
        .put("MaximumRetryCount", retries);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private static ArrayNode orNull(List<String> strings) {
    return strings.isEmpty() ? null : Json.strings(strings);
  }
}
