package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.HostPort;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PublishedPort;
import dev.containertui.network.Transport;
import dev.containertui.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publishes the ports of a container that starts. */
record PortPublication(ContainerRecord container, ContainerStore store, String defaultAddress) {
  /**
   * All of them, or none: if one fails, the machine must go.
   *
   * @throws EngineException CONFLICT with who has the port, as far as that is known; INVALID;
   *     UNAVAILABLE
   */
  List<PublishedPort> publish(VirtualMachine vm) {
    List<PublishedPort> published = new ArrayList<>();
    for (PortRequest request : container.spec().ports().requests()) {
      try {
        published.add(publish(vm, request));
      } catch (EngineException e) {
        throw new EngineException(
            e.kind(),
            "port " + request.containerPort() + " is not published: " + e.getMessage(),
            e.hint(),
            e);
      }
    }
    return List.copyOf(published);
  }

  private PublishedPort publish(VirtualMachine vm, PortRequest request) {
    String address = request.address().isEmpty() ? defaultAddress : request.address();
    ContainerPort to = request.containerPort();
    for (int port = request.firstHostPort(); port < request.lastHostPort(); port++) {
      try {
        return vm.publish(address, port, to);
      } catch (EngineException e) {
        if (e.kind() != Kind.CONFLICT) {
          throw e;
        }
        // The next one of the range may be free.
      }
    }
    try {
      return vm.publish(address, request.lastHostPort(), to);
    } catch (EngineException e) {
      throw e.kind() == Kind.CONFLICT ? taken(request, address, e) : e;
    }
  }

  private EngineException taken(PortRequest request, String address, EngineException why) {
    if (!request.isFixed()) {
      return new EngineException(
          Kind.CONFLICT,
          "none of the ports %s at %s is free".formatted(request.hostPorts(), address),
          "choose other ports",
          why);
    }
    return holder(address, request.firstHostPort(), request.containerPort().transport())
        .map(
            name ->
                new EngineException(
                    Kind.CONFLICT,
                    why.getMessage() + ", to container " + name,
                    "stop that container, or choose another port",
                    why))
        .orElse(why);
  }

  /** The container of this user that has it. */
  private Optional<String> holder(String address, int port, Transport transport) {
    return store.list().stream()
        .filter(other -> other.state().isUp() && !other.id().equals(container.id()))
        .filter(
            other ->
                other.machine().stream()
                    .flatMap(machine -> machine.ports().stream())
                    .anyMatch(
                        taken ->
                            taken.hostPort() == port
                                && taken.containerPort().transport() == transport
                                && meet(taken.address(), address)))
        .map(ContainerRecord::name)
        .findFirst();
  }

  private static boolean meet(String one, String other) {
    return one.equals(other)
        || one.equals(HostPort.ALL_ADDRESSES)
        || other.equals(HostPort.ALL_ADDRESSES);
  }
}
