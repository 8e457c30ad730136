package dev.containertui.network;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports as Docker's users write them.
 *
 * <pre>
 *   -p         [[IP:][HOST[-HOST]]:]CONTAINER[-CONTAINER][/tcp|/udp]
 *   -p         published=HOST,target=CONTAINER,protocol=tcp
 *   --expose   CONTAINER[-CONTAINER][/tcp|/udp]
 * </pre>
 *
 * <p>Ranges on both sides have the same length; a range of the host's for one port of the container
 * means the first free one of it. Port 0 of the host, as none at all, means any free one.
 */
public final class PortGrammar {
  static final int MAX_PORT = 65535;

  private static final int MAX_TEXT = 256;
  private static final int MAX_SHOWN = 64;
  private static final String FORM = "[IP:][HOST:]CONTAINER[/tcp|/udp], as 8080:80 is";

  private PortGrammar() {}

  /** Ports from one to the other, inclusive. */
  private record Range(int first, int last) {
    int length() {
      return last - first + 1;
    }
  }

  /**
   * What {@code -p} means; a request for each port of the container.
   *
   * @throws EngineException INVALID
   */
  public static List<PortRequest> published(String text) {
    if (text.length() > MAX_TEXT) {
      throw wrong(text, "it is too long");
    }
    String plain = text.indexOf('=') >= 0 ? fromFields(text) : text;
    int slash = plain.lastIndexOf('/');
    Transport transport = slash < 0 ? Transport.TCP : Transport.parse(plain.substring(slash + 1));
    String numbers = slash < 0 ? plain : plain.substring(0, slash);
    int container = numbers.lastIndexOf(':');
    int host = container < 0 ? -1 : numbers.lastIndexOf(':', container - 1);
    return requests(
        text,
        host < 0 ? "" : address(text, numbers.substring(0, host)),
        container < 0 ? "" : numbers.substring(host + 1, container),
        numbers.substring(container + 1),
        transport);
  }

  /**
   * What an entry of the API's {@code PortBindings} means.
   *
   * @param address of the host; empty: the engine's default
   * @param hostPorts {@code 8080}, {@code 8000-8010}; empty: any free one
   * @throws EngineException INVALID
   */
  public static PortRequest bound(String address, String hostPorts, ContainerPort port) {
    String text = address + ":" + hostPorts;
    if (text.length() > MAX_TEXT) {
      throw wrong(text, "it is too long");
    }
    Range host = hostRange(text, hostPorts);
    return new PortRequest(address(text, address), host.first(), host.last(), port);
  }

  /** Docker's long form. */
  private static String fromFields(String text) {
    Map<String, String> fields = new HashMap<>(Map.of("protocol", "tcp", "published", ""));
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      switch (name) {
        case "target", "published", "protocol" ->
            fields.put(name, equals < 0 ? "" : field.substring(equals + 1));
        case "mode" -> {
          // Of swarms only; Docker's run takes no notice of it either.
        }
        default ->
            throw wrong(text, "'" + shown(name) + "' is none of published, target, protocol");
      }
    }
    return fields.get("published")
        + ":"
        + fields.getOrDefault("target", "")
        + "/"
        + fields.get("protocol");
  }

  private static List<PortRequest> requests(
      String text, String address, String hostPorts, String containerPorts, Transport transport) {
    if (containerPorts.isEmpty()) {
      throw wrong(text, "no port of the container is given");
    }
    Range container = range(text, containerPorts, "the container's port");
    if (container.first() == 0) {
      throw wrong(text, "the container's port is 1 to " + MAX_PORT);
    }
    Range host = hostRange(text, hostPorts);
    boolean any = host.last() == 0;
    if (!any && container.length() > 1 && host.length() != container.length()) {
      throw wrong(
          text, "the ranges have %d and %d ports".formatted(host.length(), container.length()));
    } else if (container.length() > PortSpec.MAX_PUBLISHED) {
      throw wrong(
          text,
          "these are %d ports, and a container publishes %d at most"
              .formatted(container.length(), PortSpec.MAX_PUBLISHED));
    } else if (container.length() == 1) {
      var port = new ContainerPort(container.first(), transport);
      return List.of(new PortRequest(address, host.first(), host.last(), port));
    }
    List<PortRequest> requests = new ArrayList<>();
    for (int i = 0; i < container.length(); i++) {
      int own = any ? 0 : host.first() + i;
      requests.add(
          new PortRequest(address, own, own, new ContainerPort(container.first() + i, transport)));
    }
    return requests;
  }

  private static Range hostRange(String text, String ports) {
    Range host = ports.isEmpty() ? new Range(0, 0) : range(text, ports, "the host's port");
    if (host.first() == 0 && host.last() != 0) {
      throw wrong(text, "a range begins at 1");
    }
    return host;
  }

  private static Range range(String text, String ports, String what) {
    int dash = ports.indexOf('-');
    int first = number(text, dash < 0 ? ports : ports.substring(0, dash), what);
    int last = dash < 0 ? first : number(text, ports.substring(dash + 1), what);
    if (last < first) {
      throw wrong(text, "the range " + first + "-" + last + " is upside down");
    }
    return new Range(first, last);
  }

  private static int number(String text, String digits, String what) {
    if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > MAX_PORT) {
      throw wrong(text, what + " is a number up to " + MAX_PORT + ", not '" + shown(digits) + "'");
    }
    return Integer.parseInt(digits);
  }

  /**
   * An address of the host to listen at.
   *
   * @return in the usual form; empty for an empty one
   * @throws EngineException INVALID
   */
  public static String address(String text) {
    return address(text, text);
  }

  private static String address(String whole, String address) {
    if (address.isEmpty()) {
      return "";
    }
    InetAddress literal;
    try {
      literal = InetAddress.ofLiteral(address.replaceFirst("^\\[(.*)]$", "$1"));
    } catch (IllegalArgumentException e) {
      throw wrong(whole, "'" + shown(address) + "' is no IP address");
    }
    if (!(literal instanceof Inet4Address)) {
      throw new EngineException(
          Kind.INVALID,
          "'%s' cannot be published: IPv6 addresses are not listened at".formatted(shown(whole)),
          "give an IPv4 address, or none: 0.0.0.0 is all of the host's, 127.0.0.1 this host only");
    }
    return literal.getHostAddress();
  }

  /**
   * What {@code --expose} means.
   *
   * @throws EngineException INVALID
   */
  public static List<ContainerPort> exposed(String text) {
    Ports ports = ports(text);
    if (ports.length() > PortSpec.MAX_EXPOSED) {
      throw wrong(
          text,
          "these are %d ports, and a container exposes %d at most"
              .formatted(ports.length(), PortSpec.MAX_EXPOSED));
    }
    return ports.all().toList();
  }

  /** Ports of a container from one to the other, inclusive. */
  record Ports(int first, int last, Transport transport) {
    int length() {
      return last - first + 1;
    }

    /** They are made as they are asked for. */
    Stream<ContainerPort> all() {
      return IntStream.rangeClosed(first, last).mapToObj(n -> new ContainerPort(n, transport));
    }
  }

  static Ports ports(String text) {
    if (text.length() > MAX_TEXT) {
      throw wrong(text, "it is too long");
    }
    int slash = text.lastIndexOf('/');
    Transport transport = slash < 0 ? Transport.TCP : Transport.parse(text.substring(slash + 1));
    Range range = range(text, slash < 0 ? text : text.substring(0, slash), "a port");
    if (range.first() == 0) {
      throw wrong(text, "a container's port is 1 to " + MAX_PORT);
    }
    return new Ports(range.first(), range.last(), transport);
  }

  /** One of an image's; nothing if it makes no sense. */
  static Stream<ContainerPort> imagesPorts(String text) {
    try {
      return ports(text).all();
    } catch (EngineException e) {
      return Stream.empty();
    }
  }

  static ContainerPort containerPort(String text) {
    Ports ports = ports(text);
    if (ports.length() != 1) {
      throw wrong(text, "it is more than one port");
    }
    return new ContainerPort(ports.first(), ports.transport());
  }

  private static EngineException wrong(String text, String why) {
    return new EngineException(
        Kind.INVALID, "not a port: '" + shown(text) + "': " + why, "write " + FORM);
  }

  /** Whatever somebody wrote, fit for a message. */
  static String shown(String text) {
    return ForeignText.brief(text, MAX_SHOWN);
  }
}
