package dev.containertui.network;

import java.util.Comparator;

/**
 * A port of a container that the host listens for.
 *
 * @param address of the host, IPv4; {@code 0.0.0.0}: all that it has
 * @param hostPort 1–65535
 */
public record PublishedPort(String address, int hostPort, ContainerPort containerPort)
    implements Comparable<PublishedPort> {
  private static final Comparator<PublishedPort> ORDER =
      Comparator.comparing(PublishedPort::containerPort)
          .thenComparing(PublishedPort::address)
          .thenComparingInt(PublishedPort::hostPort);

  public PublishedPort {
    if (hostPort < 1 || hostPort > PortGrammar.MAX_PORT) {
      throw new IllegalArgumentException("not a port: " + hostPort);
    }
  }

  @Override
  public int compareTo(PublishedPort other) {
    return ORDER.compare(this, other);
  }

  /** {@code 0.0.0.0:8080}. */
  public String hostSide() {
    return address + ":" + hostPort;
  }

  /** {@code 0.0.0.0:8080->80/tcp}. */
  @Override
  public String toString() {
    return hostSide() + "->" + containerPort;
  }
}
