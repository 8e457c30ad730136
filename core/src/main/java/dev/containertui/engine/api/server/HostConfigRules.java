package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.api.http.Failure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses what a client asks for and a machine of ours does not have, rather than ignoring it. What
 * clients always send, asked for or not, passes.
 */
final class HostConfigRules {
  private static final long DEFAULT_SHM_BYTES = 64 << 20;

  /** Only the empty value will do. */
  private static final Map<String, String> NOT_THERE =
      Map.ofEntries(
          Map.entry("VolumesFrom", "the volumes of other containers"),
          Map.entry("Links", "links between containers"),
          Map.entry("Privileged", "a choice of privileges"),
          Map.entry("CapAdd", "a choice of capabilities"),
          Map.entry("CapDrop", "a choice of capabilities"),
          Map.entry("GroupAdd", "further groups"),
          Map.entry("SecurityOpt", "security options"),
          Map.entry("Devices", "devices of the host"),
          Map.entry("DeviceRequests", "devices of the host"),
          Map.entry("DeviceCgroupRules", "devices of the host"),
          Map.entry("Dns", "a choice of name servers"),
          Map.entry("DnsOptions", "a choice of name servers"),
          Map.entry("DnsSearch", "a choice of name servers"),
          Map.entry("Ulimits", "a choice of ulimits"),
          Map.entry("Sysctls", "a choice of kernel parameters"),
          Map.entry("StorageOpt", "storage options"),
          Map.entry("CgroupParent", "a choice of cgroups"),
          Map.entry("Cgroup", "a choice of cgroups"),
          Map.entry("OomScoreAdj", "scores for the out-of-memory killer"),
          Map.entry("OomKillDisable", "a choice of out-of-memory killers"),
          Map.entry("CpuShares", "CPU shares"),
          Map.entry("CpusetCpus", "CPU sets"),
          Map.entry("CpusetMems", "CPU sets"),
          Map.entry("CpuRealtimePeriod", "real-time scheduling"),
          Map.entry("CpuRealtimeRuntime", "real-time scheduling"),
          Map.entry("CpuCount", "CPU counts of Windows"),
          Map.entry("CpuPercent", "CPU shares of Windows"),
          Map.entry("MemoryReservation", "memory reservations"),
          Map.entry("KernelMemory", "limits of kernel memory"),
          Map.entry("KernelMemoryTCP", "limits of kernel memory"),
          Map.entry("BlkioWeight", "limits of disk traffic"),
          Map.entry("BlkioWeightDevice", "limits of disk traffic"),
          Map.entry("BlkioDeviceReadBps", "limits of disk traffic"),
          Map.entry("BlkioDeviceWriteBps", "limits of disk traffic"),
          Map.entry("BlkioDeviceReadIOps", "limits of disk traffic"),
          Map.entry("BlkioDeviceWriteIOps", "limits of disk traffic"),
          Map.entry("IOMaximumIOps", "limits of disk traffic"),
          Map.entry("IOMaximumBandwidth", "limits of disk traffic"),
          Map.entry("Init", "a further init process"));

  private record Choice(String field, Set<String> allowed, String what) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "NetworkMode",
              Set.of("", "default", "bridge", "nat"),
              "another network than user-mode NAT (bridge)"),
          new Choice("PidMode", Set.of(""), "process ids shared with others"),
          new Choice("IpcMode", Set.of("", "private", "shareable"), "IPC shared with others"),
          new Choice("UTSMode", Set.of(""), "a host name shared with the host"),
          new Choice("UsernsMode", Set.of("", "private"), "user namespaces"),
          new Choice("CgroupnsMode", Set.of("", "private"), "cgroups shared with the host"),
          new Choice("Isolation", Set.of("", "default"), "another isolation than machines"),
          new Choice("VolumeDriver", Set.of("", "local"), "other volume drivers than local"),
          new Choice("Runtime", Set.of("", "vm"), "other runtimes than vm"));

  private HostConfigRules() {}

  /**
   * @throws Failure 501 that names the field
   */
  static void check(ObjectNode hostConfig) {
    NOT_THERE.forEach(
        (field, what) -> {
          if (!isEmpty(hostConfig.path(field))) {
            throw refused("HostConfig." + field, what);
          }
        });
    for (Choice choice : CHOICES) {
      String value = hostConfig.path(choice.field()).asText("");
      if (!choice.allowed().contains(hostConfig.path(choice.field()).isNull() ? "" : value)) {
        throw refused("HostConfig." + choice.field() + "=" + value, choice.what());
      }
    }
    checkNumber(hostConfig, "ShmSize", n -> n == 0 || n == DEFAULT_SHM_BYTES, "a size of /dev/shm");
    checkNumber(hostConfig, "PidsLimit", n -> n <= 0, "limits of processes");
    checkNumber(hostConfig, "MemorySwappiness", n -> n == -1, "a choice of swappiness");
    long memory = hostConfig.path("Memory").asLong();
    // Machines have no swap; so "as much as memory" is what they have, and -1 what Docker takes.
    checkNumber(
        hostConfig, "MemorySwap", n -> n <= 0 || n == memory || n == 2 * memory, "swap space");
  }

  private static void checkNumber(
      ObjectNode json, String field, Predicate<Long> allowed, String what) {
    JsonNode value = json.path(field);
    if (value.isNumber() && !allowed.test(value.asLong())) {
      throw refused("HostConfig." + field + "=" + value.asLong(), what);
    }
  }

  /** What a field of a configuration itself, or of its networks, must not say. */
  static void checkConfig(ObjectNode config) {
    Map<String, String> notThere =
        Map.of(
            "Domainname", "domain names",
            "MacAddress", "a choice of hardware addresses",
            "NetworkDisabled", "containers without network");
    notThere.forEach(
        (field, what) -> {
          if (!isEmpty(config.path(field))) {
            throw refused(field, what);
          }
        });
    for (Map.Entry<String, JsonNode> endpoint :
        config.path("NetworkingConfig").path("EndpointsConfig").properties()) {
      if (!Set.of("default", NetworkJson.NAME).contains(endpoint.getKey())) {
        throw new Failure(404, "network " + endpoint.getKey() + " not found");
      }
      for (String field : List.of("Aliases", "Links", "MacAddress", "IPAMConfig", "DriverOpts")) {
        if (!isEmpty(endpoint.getValue().path(field))) {
          throw refused("NetworkingConfig." + field, "settings of a container's network");
        }
      }
    }
  }

  /** Absent, null, false, 0, or without characters or elements. */
  static boolean isEmpty(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case BOOLEAN -> !value.asBoolean();
      case NUMBER -> value.asDouble() == 0;
      case STRING -> value.asText().isEmpty();
      case ARRAY -> value.isEmpty();
      case OBJECT -> value.isEmpty();
      default -> false;
    };
  }

  private static Failure refused(String field, String what) {
    return new Failure(501, "this engine does not have " + what + ": " + field);
  }
}
