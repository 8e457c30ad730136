package dev.containertui.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** A container's ports on one line, as lists show them. */
public final class PortText {
  private PortText() {}

  /**
   * Neighbours are joined: {@code 0.0.0.0:8000-8002->80-82/tcp, 443/tcp}.
   *
   * @param exposed shown by themselves unless they are published
   */
  public static String of(List<PublishedPort> published, List<ContainerPort> exposed) {
    List<Group> groups = new ArrayList<>();
    for (PublishedPort port : new TreeSet<>(published)) {
      add(groups, new Group(port.address(), port.hostPort(), port.containerPort(), 1));
    }
    for (ContainerPort port : new TreeSet<>(exposed)) {
      if (published.stream().noneMatch(p -> p.containerPort().equals(port))) {
        add(groups, new Group(null, 0, port, 1));
      }
    }
    return String.join(", ", groups.stream().map(Group::text).toList());
  }

  /** Numbers only, for where there is little room: {@code 8080->80, 5300->53/udp}. */
  public static String brief(List<PublishedPort> published) {
    List<Group> groups = new ArrayList<>();
    for (PublishedPort port : new TreeSet<>(published)) {
      add(groups, new Group("", port.hostPort(), port.containerPort(), 1));
    }
    return String.join(", ", groups.stream().map(Group::brief).toList());
  }

  private static void add(List<Group> groups, Group next) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).goesOnWith(next)) {
        groups.set(i, groups.get(i).longer());
        return;
      }
    }
    groups.add(next);
  }

  /**
   * Ports that follow each other on both sides.
   *
   * @param address null if they are not published
   */
  private record Group(String address, int hostPort, ContainerPort first, int length) {
    boolean goesOnWith(Group next) {
      return Objects.equals(address, next.address)
          && first.transport() == next.first.transport()
          && first.number() + length == next.first.number()
          && (address == null || hostPort + length == next.hostPort);
    }

    Group longer() {
      return new Group(address, hostPort, first, length + 1);
    }

    String text() {
      String container = range(first.number()) + "/" + first.transport().word();
      return address == null ? container : address + ":" + range(hostPort) + "->" + container;
    }

    String brief() {
      String container = range(hostPort) + "->" + range(first.number());
      return first.transport() == Transport.TCP
          ? container
          : container + "/" + first.transport().word();
    }

    private String range(int from) {
      return length == 1 ? Integer.toString(from) : from + "-" + (from + length - 1);
    }
  }
}
