package dev.containertui.network;

/** Hardware addresses of guests' network interfaces. */
public final class MacAddress {
  /** Locally administered, unicast; the prefix that QEMU and KVM guests commonly have. */
  private static final String PREFIX = "52:54:00";

  private MacAddress() {}

  /**
   * The address of a container's interface: the same whenever it is asked for.
   *
   * @param containerId at least 6 hexadecimal digits, which become the last three bytes
   */
  public static String of(String containerId) {
    return PREFIX
        + ":"
        + containerId.substring(0, 2)
        + ":"
        + containerId.substring(2, 4)
        + ":"
        + containerId.substring(4, 6);
  }
}
