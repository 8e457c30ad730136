package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.MachineFacts;
import dev.containertui.network.PortJson;
import dev.containertui.network.PublishedPort;
import dev.containertui.oci.JsonObject;
import java.util.List;
import java.util.Optional;

/** A machine as JSON, the same fields as in a container's record. */
final class OwnMachine {
  private OwnMachine() {}

  static ObjectNode write(MachineFacts machine) {
    ObjectNode json =
        OwnFields.object()
            .put("pid", machine.pid())
            .put("hypervisor", machine.hypervisor())
            .put("accelerator", machine.accelerator())
            .put("kernelRelease", machine.kernelRelease())
            .put("vcpus", machine.vcpus());
    json.putObject("memory").put("machineBytes", machine.memoryBytes());
    machine.macAddress().ifPresent(address -> json.put("macAddress", address));
    if (!machine.ports().isEmpty()) {
      json.set("ports", PortJson.write(machine.ports()));
    }
    return json;
  }

  static Optional<MachineFacts> read(JsonNode json) {
    return json.isObject()
        ? Optional.of(
            new MachineFacts(
                json.path("pid").asLong(),
                json.path("hypervisor").asText(),
                json.path("accelerator").asText(),
                json.path("kernelRelease").asText(),
                json.path("vcpus").asInt(),
                json.path("memory").path("machineBytes").asLong(),
                OwnFields.text(json, "macAddress"),
                ports(json)))
        : Optional.empty();
  }

  private static List<PublishedPort> ports(JsonNode json) {
    return json instanceof ObjectNode machine
        ? PortJson.readPublished(JsonObject.of(machine, "the engine's answer").objects("ports"))
        : List.of();
  }
}
