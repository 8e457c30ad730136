package dev.containertui.network;

/**
 * A port that a user wants published.
 *
 * @param address of the host, IPv4; empty: the engine's default
 * @param firstHostPort 1–65535; 0: any that is free
 * @param lastHostPort the same, or more: then the first free one from there to here
 */
public record PortRequest(
    String address, int firstHostPort, int lastHostPort, ContainerPort containerPort) {

  public PortRequest {
    if (firstHostPort < 0
        || lastHostPort > PortGrammar.MAX_PORT
        || firstHostPort > lastHostPort
        || firstHostPort == 0 && lastHostPort != 0) {
      throw new IllegalArgumentException("not ports: " + firstHostPort + "-" + lastHostPort);
    }
  }

  /** Any free port of the host, at the engine's default address. */
  public static PortRequest anyFor(ContainerPort port) {
    return new PortRequest("", 0, 0, port);
  }

  /** Whether the host's port is known before it is published. */
  public boolean isFixed() {
    return firstHostPort != 0 && firstHostPort == lastHostPort;
  }

  /** {@code 8080}, {@code 8000-8010}; empty if any will do. */
  public String hostPorts() {
    return firstHostPort == 0
        ? ""
        : isFixed() ? Integer.toString(firstHostPort) : firstHostPort + "-" + lastHostPort;
  }
}
