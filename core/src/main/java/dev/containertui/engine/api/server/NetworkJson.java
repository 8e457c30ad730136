package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.Container;
import dev.containertui.network.MacAddress;
import dev.containertui.network.UserNetwork;
import java.util.List;

/**
 * The network as Docker's clients see it: one named {@code bridge}. It is user-mode NAT, which
 * every machine has to itself, so all containers have the same address in it.
 */
final class NetworkJson {
  static final String NAME = "bridge";

  /** Networks have ids of this form; this one is always the same. */
  static final String ID = "b41d6e0000000000000000000000000000000000000000000000000000000000";

  private static final String CREATED = "1970-01-01T00:00:00Z";

  private NetworkJson() {}

  /** The object {@code NetworkSettings} of an inspection. */
  static ObjectNode settings(Container container) {
    boolean up = container.address().isPresent();
    ObjectNode json = Json.object().put("Bridge", "").put("SandboxID", "").put("SandboxKey", "");
    json.set("Ports", PortsJson.ofInspection(container));
    json.put("HairpinMode", false)
        .put("LinkLocalIPv6Address", "")
        .put("LinkLocalIPv6PrefixLen", 0)
        .putNull("SecondaryIPAddresses")
        .putNull("SecondaryIPv6Addresses")
        .put("EndpointID", "")
        .put("Gateway", up ? UserNetwork.GATEWAY : "")
        .put("GlobalIPv6Address", "")
        .put("GlobalIPv6PrefixLen", 0)
        .put("IPAddress", container.address().orElse(""))
        .put("IPPrefixLen", up ? UserNetwork.PREFIX_BITS : 0)
        .put("IPv6Gateway", "")
        .put("MacAddress", up ? MacAddress.of(container.id()) : "");
    json.set("Networks", endpoints(container));
    return json;
  }

  /** The container's side of its networks, by their names. */
  static ObjectNode endpoints(Container container) {
    boolean up = container.address().isPresent();
    ObjectNode json = Json.object();
    ObjectNode endpoint = json.putObject(NAME);
    endpoint
        .putNull("IPAMConfig")
        .putNull("Links")
        .putNull("Aliases")
        .put("MacAddress", up ? MacAddress.of(container.id()) : "")
        .putNull("DriverOpts")
        .put("GwPriority", 0)
        .put("NetworkID", ID)
        .put("EndpointID", "")
        .put("Gateway", up ? UserNetwork.GATEWAY : "")
        .put("IPAddress", container.address().orElse(""))
        .put("IPPrefixLen", up ? UserNetwork.PREFIX_BITS : 0)
        .put("IPv6Gateway", "")
        .put("GlobalIPv6Address", "")
        .put("GlobalIPv6PrefixLen", 0)
        .putNull("DNSNames");
    return json;
  }

  /**
   * The network itself.
   *
   * @param containers that are connected
   */
  static ObjectNode network(List<Container> containers) {
    ObjectNode json =
        Json.object()
            .put("Name", NAME)
            .put("Id", ID)
            .put("Created", CREATED)
            .put("Scope", "local")
            .put("Driver", "bridge")
            .put("EnableIPv4", true)
            .put("EnableIPv6", false);
    ObjectNode ipam = json.putObject("IPAM").put("Driver", "default").putNull("Options");
    ipam.putArray("Config")
        .addObject()
        .put("Subnet", "10.0.2.0/" + UserNetwork.PREFIX_BITS)
        .put("Gateway", UserNetwork.GATEWAY);
    json.put("Internal", false).put("Attachable", false).put("Ingress", false);
    json.putObject("ConfigFrom").put("Network", "");
    json.put("ConfigOnly", false);
    ObjectNode connected = json.putObject("Containers");
    for (Container container : containers) {
      connected
          .putObject(container.id())
          .put("Name", container.name())
          .put("EndpointID", "")
          .put("MacAddress", MacAddress.of(container.id()))
          .put("IPv4Address", container.address().orElse("") + "/" + UserNetwork.PREFIX_BITS)
          .put("IPv6Address", "");
    }
    json.putObject("Options");
    json.putObject("Labels");
    return json;
  }
}
