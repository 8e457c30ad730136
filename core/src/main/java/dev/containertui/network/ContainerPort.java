package dev.containertui.network;

import java.util.Collection;
import java.util.Comparator;

/**
 * A port of a container, {@code 80/tcp}.
 *
 * @param number 1–65535
 */
public record ContainerPort(int number, Transport transport) implements Comparable<ContainerPort> {
  private static final Comparator<ContainerPort> ORDER =
      Comparator.comparingInt(ContainerPort::number).thenComparing(ContainerPort::transport);

  public ContainerPort {
    if (number < 1 || number > PortGrammar.MAX_PORT) {
      throw new IllegalArgumentException("not a port: " + number);
    }
  }

  /**
   * @param text {@code 80}, {@code 80/tcp}, {@code 53/udp}
   * @throws dev.containertui.error.EngineException INVALID
   */
  public static ContainerPort parse(String text) {
    return PortGrammar.containerPort(text);
  }

  /** Whether an image's declarations have it, as {@code 80/tcp} or {@code 80}. */
  public boolean isAmong(Collection<String> declared) {
    return declared.contains(toString())
        || transport == Transport.TCP && declared.contains(Integer.toString(number));
  }

  @Override
  public int compareTo(ContainerPort other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return number + "/" + transport.word();
  }
}
