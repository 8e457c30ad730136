package dev.containertui.agent;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the guest is told once, before anything runs in it (PROTOCOL.md section 6).
 *
 * @param time what the guest's clock is set to
 * @param entropy 32 to 512 unpredictable bytes for the guest's random pool
 * @param rootDisk serial of the disk with the image's file system
 * @param upperDisk serial of the writable disk; empty: the root is read-only
 * @param network empty: loopback only
 * @param hosts further lines for /etc/hosts
 * @param cpuQuotaMillis thousandths of a CPU; empty: no limit
 * @param memoryLimitBytes of the container's cgroup; empty: no limit
 */
public record MachineSetup(
    String hostname,
    Instant time,
    byte[] entropy,
    String rootDisk,
    Optional<String> upperDisk,
    Optional<Network> network,
    List<String> hosts,
    OptionalInt cpuQuotaMillis,
    OptionalLong memoryLimitBytes) {

  /**
   * An interface eth0.
   *
   * @param macAddress six bytes in hexadecimal, separated by colons
   * @param address {@code a.b.c.d/len}
   */
  public record Network(
      String macAddress, String address, String gateway, List<String> nameservers) {}

  byte[] encode() {
    FieldsBuilder fields =
        new FieldsBuilder("the container's set-up")
            .string(Tag.HOSTNAME, hostname)
            .u64(
                Tag.TIME,
                Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()))
            .bytes(Tag.ENTROPY, entropy)
            .string(Tag.ROOT_DISK, rootDisk);
    upperDisk.ifPresent(serial -> fields.string(Tag.UPPER_DISK, serial));
    network.ifPresent(
        net -> {
          fields.bytes(Tag.MAC, HexFormat.ofDelimiter(":").parseHex(net.macAddress));
          fields.string(Tag.ADDRESS, net.address).string(Tag.GATEWAY, net.gateway);
          net.nameservers.forEach(server -> fields.string(Tag.NAMESERVER, server));
        });
    hosts.forEach(line -> fields.string(Tag.HOST, line));
    cpuQuotaMillis.ifPresent(quota -> fields.u32(Tag.CPU_QUOTA, quota));
    memoryLimitBytes.ifPresent(bytes -> fields.u64(Tag.MEMORY_LIMIT, bytes));
    return fields.build();
  }
}
