package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.Mount;
import dev.containertui.container.RestartPolicy;
import dev.containertui.container.SpecJson;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.network.PortRequest;

/**
 * The body of {@code POST /containers/create}: Docker's fields for every engine, and the
 * specification as it is, which ours takes instead.
 */
final class CreateRequest {
  private CreateRequest() {}

  static ObjectNode body(ContainerSpec spec, boolean coldBoot) {
    ObjectNode json = Json.object();
    json.put("Image", spec.image());
    spec.entrypoint().ifPresent(words -> Json.put(json.putArray("Entrypoint"), words));
    if (!spec.arguments().isEmpty()) {
      Json.put(json.putArray("Cmd"), spec.arguments());
    }
    var environment = json.putArray("Env");
    spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
    spec.workingDirectory().ifPresent(path -> json.put("WorkingDir", path));
    spec.user().ifPresent(user -> json.put("User", user));
    spec.hostname().ifPresent(name -> json.put("Hostname", name));
    if (!spec.ports().exposed().isEmpty()) {
      ObjectNode exposed = json.putObject("ExposedPorts");
      spec.ports().exposed().forEach(port -> exposed.putObject(port.toString()));
    }
    json.put("Tty", spec.terminal().isPresent());
    json.put("OpenStdin", spec.openStdin());
    json.put("StdinOnce", spec.stdinOnce());
    json.put("AttachStdin", spec.openStdin()).put("AttachStdout", true).put("AttachStderr", true);
    ObjectNode labels = json.putObject("Labels");
    spec.labels().forEach(labels::put);
    spec.healthCheck().ifPresent(check -> json.set("Healthcheck", healthCheck(check)));
    spec.stopSignal().ifPresent(signal -> json.put("StopSignal", signal));
    json.put("StopTimeout", spec.stopTimeout().toSeconds());
    json.set("HostConfig", hostConfig(spec));
    json.set(ContainerTui.FIELD, SpecJson.write(spec).put("coldBoot", coldBoot || spec.coldBoot()));
    return json;
  }

  private static ObjectNode hostConfig(ContainerSpec spec) {
    ObjectNode json = Json.object();
    spec.terminal()
        .ifPresent(size -> json.putArray("ConsoleSize").add(size.rows()).add(size.columns()));
    spec.cpus().ifPresent(cpus -> json.put("NanoCpus", Math.round(cpus * 1e9)));
    spec.memoryBytes().ifPresent(bytes -> json.put("Memory", bytes));
    ObjectNode bindings = json.putObject("PortBindings");
    for (PortRequest request : spec.ports().published()) {
      bindings
          .withArray(request.containerPort().toString())
          .addObject()
          .put("HostIp", request.address())
          .put("HostPort", request.hostPorts());
    }
    json.put("PublishAllPorts", spec.ports().publishAll());
    json.put("ReadonlyRootfs", spec.readOnlyRoot());
    json.put("AutoRemove", spec.removeOnExit());
    json.set("RestartPolicy", restartPolicy(spec.restartPolicy()));
    Json.put(json.putArray("ExtraHosts"), spec.hosts());
    mounts(spec, json.putArray("Mounts"));
    return json;
  }

  private static void mounts(ContainerSpec spec, ArrayNode array) {
    for (Mount mount : spec.mounts()) {
      ObjectNode json =
          array.addObject().put("Target", mount.target()).put("ReadOnly", mount.readOnly());
      switch (mount) {
        case Mount.VolumeMount volume -> {
          json.put("Type", "volume");
          volume.volume().ifPresent(name -> json.put("Source", name));
          json.putObject("VolumeOptions").put("NoCopy", !volume.copy());
        }
        case Mount.TmpfsMount tmpfs -> {
          ObjectNode options = json.put("Type", "tmpfs").putObject("TmpfsOptions");
          tmpfs.sizeBytes().ifPresent(bytes -> options.put("SizeBytes", bytes));
          tmpfs.mode().ifPresent(mode -> options.put("Mode", mode));
        }
      }
    }
  }

  static ObjectNode restartPolicy(RestartPolicy policy) {
    String text = policy.text();
    int colon = text.indexOf(':');
    return Json.object()
        .put("Name", colon < 0 ? text : text.substring(0, colon))
        .put("MaximumRetryCount", colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1)));
  }

  private static ObjectNode healthCheck(HealthCheck check) {
    ObjectNode json = Json.object();
    var test = json.putArray("Test").add(check.command().isEmpty() ? "NONE" : "CMD");
    Json.put(test, check.command());
    return json.put("Interval", check.interval().toNanos())
        .put("Timeout", check.timeout().toNanos())
        .put("StartPeriod", check.startPeriod().toNanos())
        .put("StartInterval", check.startInterval().toNanos())
        .put("Retries", check.retries());
  }
}
