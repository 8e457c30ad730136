package dev.containertui.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import java.util.List;

/** Ports as JSON, on disk and on the wire. */
public final class PortJson {
  private PortJson() {}

  /** For {@link #readSpec}. */
  public static ObjectNode write(PortSpec spec) {
    ObjectNode json = JsonObject.create();
    ArrayNode published = json.putArray("published");
    for (PortRequest request : spec.published()) {
      published
          .addObject()
          .put("address", request.address())
          .put("firstHostPort", request.firstHostPort())
          .put("lastHostPort", request.lastHostPort())
          .put("port", request.containerPort().toString());
    }
    json.put("publishAll", spec.publishAll());
    spec.exposed().forEach(port -> json.withArray("exposed").add(port.toString()));
    return json;
  }

  /**
   * @throws EngineException CORRUPT
   */
  public static PortSpec readSpec(JsonObject json) {
    try {
      return new PortSpec(
          json.objects("published").stream().map(PortJson::request).toList(),
          json.optionalBoolean("publishAll").orElse(false),
          json.strings("exposed").stream().map(ContainerPort::parse).toList());
    } catch (IllegalArgumentException | ArithmeticException | EngineException e) {
      throw new EngineException(Kind.CORRUPT, "a port out of range: " + e.getMessage(), e);
    }
  }

  private static PortRequest request(JsonObject json) {
    return new PortRequest(
        PortGrammar.address(json.optionalString("address").orElse("")),
        Math.toIntExact(json.size("firstHostPort")),
        Math.toIntExact(json.size("lastHostPort")),
        ContainerPort.parse(json.string("port")));
  }

  /** For {@link #readPublished}. */
  public static ArrayNode write(List<PublishedPort> ports) {
    ArrayNode json = JsonObject.createArray();
    for (PublishedPort port : ports) {
      json.addObject()
          .put("address", port.address())
          .put("hostPort", port.hostPort())
          .put("port", port.containerPort().toString());
    }
    return json;
  }

  /**
   * @throws EngineException CORRUPT
   */
  public static List<PublishedPort> readPublished(List<JsonObject> json) {
    try {
      return json.stream()
          .map(
              port ->
                  new PublishedPort(
                      PortGrammar.address(port.string("address")),
                      Math.toIntExact(port.size("hostPort")),
                      ContainerPort.parse(port.string("port"))))
          .toList();
    } catch (IllegalArgumentException | ArithmeticException | EngineException e) {
      throw new EngineException(Kind.CORRUPT, "a port out of range: " + e.getMessage(), e);
    }
  }
}
