package dev.containertui.network;

import dev.containertui.error.EngineException;
import java.util.List;

/**
 * Ports that a list is asked for ({@code --filter publish=8080}, {@code expose=8000-8010/tcp}).
 *
 * @param last not less than {@code first}
 */
public record PortMatch(int first, int last, Transport transport) {
  /**
   * @param text {@code PORT[-PORT][/tcp|/udp]}
   * @throws EngineException INVALID
   */
  public static PortMatch parse(String text) {
    PortGrammar.Ports ports = PortGrammar.ports(text);
    return new PortMatch(ports.first(), ports.last(), ports.transport());
  }

  /**
   * Docker's rule: one of either will do.
   *
   * @param published what of the host's ports is asked for
   * @param exposed what of the container's
   */
  public static boolean allow(
      List<PortMatch> published,
      List<PortMatch> exposed,
      List<PublishedPort> ports,
      List<ContainerPort> served) {
    return published.isEmpty() && exposed.isEmpty()
        || published.stream().anyMatch(match -> match.isPublished(ports))
        || exposed.stream().anyMatch(match -> match.isServed(served));
  }

  /** Whether one of these is listened for at the host. */
  private boolean isPublished(List<PublishedPort> ports) {
    return ports.stream()
        .anyMatch(port -> contains(port.hostPort(), port.containerPort().transport()));
  }

  /** Whether one of these is among the container's. */
  private boolean isServed(List<ContainerPort> ports) {
    return ports.stream().anyMatch(port -> contains(port.number(), port.transport()));
  }

  private boolean contains(int port, Transport its) {
    return its == transport && port >= first && port <= last;
  }
}
