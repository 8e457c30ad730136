package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.engine.api.http.Failure;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortGrammar;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import dev.containertui.network.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container's ports as Docker's API has them. */
final class PortsJson {
  private static final int MAX_ENTRIES = 70_000;

  private PortsJson() {}

  /**
   * Reads {@code ExposedPorts} of a configuration, and {@code PortBindings} and {@code
   * PublishAllPorts} of its host's part.
   *
   * @throws EngineException INVALID
   * @throws Failure 400
   */
  static PortSpec read(JsonNode config, JsonNode hostConfig) {
    List<PortRequest> published = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : object(hostConfig, "PortBindings").properties()) {
      if (!port.getValue().isArray() && !port.getValue().isNull()) {
        throw new Failure(400, "PortBindings of " + port.getKey() + " is not a list");
      }
      for (JsonNode binding : port.getValue()) {
        bound(published.size());
        published.add(request(ContainerPort.parse(port.getKey()), binding));
      }
    }
    List<ContainerPort> exposed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : object(config, "ExposedPorts").properties()) {
      bound(exposed.size());
      exposed.add(ContainerPort.parse(port.getKey()));
    }
    return new PortSpec(published, hostConfig.path("PublishAllPorts").asBoolean(), exposed);
  }

  private static JsonNode object(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isObject() && !value.isNull() && !value.isMissingNode()) {
      throw new Failure(400, field + " is not an object");
    }
    return value;
  }

  private static void bound(int count) {
    if (count >= MAX_ENTRIES) {
      throw new EngineException(
          Kind.INVALID, "there are no more than 65535 ports", "publish fewer");
    }
  }

  /** The port of the host is a string, {@code "8080"}, {@code "8000-8010"} or empty. */
  private static PortRequest request(ContainerPort port, JsonNode binding) {
    String address = SpecReader.text(binding, "HostIp").orElse("");
    String hostPort = SpecReader.text(binding, "HostPort").orElse("");
    return PortGrammar.bound(address, hostPort, port);
  }

  /** {@code Ports} of an inspection's network: what is published, and null for what is not. */
  static ObjectNode ofInspection(Container container) {
    ObjectNode json = Json.object();
    if (!container.state().isUp()) {
      return json;
    }
    List<PublishedPort> published = container.ports();
    for (ContainerPort port : container.spec().ports().served()) {
      ArrayNode bindings = Json.array();
      published.stream()
          .filter(one -> one.containerPort().equals(port))
          .forEach(
              one ->
                  bindings
                      .addObject()
                      .put("HostIp", one.address())
                      .put("HostPort", Integer.toString(one.hostPort())));
      json.set(port.toString(), bindings.isEmpty() ? null : bindings);
    }
    return json;
  }

  /** {@code PortBindings}: what was asked for. */
  static ObjectNode bindings(PortSpec ports) {
    Map<ContainerPort, ArrayNode> bindings = new TreeMap<>();
    for (PortRequest request : ports.published()) {
      bindings
          .computeIfAbsent(request.containerPort(), _ -> Json.array())
          .addObject()
          .put("HostIp", request.address())
          .put("HostPort", request.hostPorts());
    }
    ObjectNode json = Json.object();
    bindings.forEach((port, list) -> json.set(port.toString(), list));
    return json;
  }

  /** {@code ExposedPorts}. */
  static ObjectNode exposed(PortSpec ports) {
    ObjectNode json = Json.object();
    ports.served().forEach(port -> json.putObject(port.toString()));
    return json;
  }

  /** {@code Ports} of a list of containers. */
  static ArrayNode ofList(Container container) {
    ArrayNode json = Json.array();
    if (!container.state().isUp()) {
      return json;
    }
    List<PublishedPort> published = container.ports();
    for (PublishedPort port : published) {
      json.add(
          entry(port.containerPort()).put("IP", port.address()).put("PublicPort", port.hostPort()));
    }
    for (ContainerPort port : container.spec().ports().exposed()) {
      if (published.stream().noneMatch(one -> one.containerPort().equals(port))) {
        json.add(entry(port));
      }
    }
    return json;
  }

  private static ObjectNode entry(ContainerPort port) {
    return Json.object().put("PrivatePort", port.number()).put("Type", port.transport().word());
  }
}
