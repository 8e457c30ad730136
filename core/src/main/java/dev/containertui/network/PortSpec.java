package dev.containertui.network;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user says about a container's ports.
 *
 * @param published that the host is to listen for
 * @param publishAll whether all exposed ones are published besides, at any free ports
 * @param exposed that are declared to be served, the image's among them once the container is made;
 *     ascending
 */
public record PortSpec(
    List<PortRequest> published, boolean publishAll, List<ContainerPort> exposed) {
  /** Each is a descriptor that QEMU looks at whenever anything happens. */
  public static final int MAX_PUBLISHED = 1000;

  /** More are declared by nobody in earnest; an image's are cut off there. */
  public static final int MAX_EXPOSED = 1000;

  /** Many that say the same would take long, and add nothing. */
  private static final int MAX_IMAGES_ENTRIES = 10 * MAX_EXPOSED;

  public static final PortSpec NONE = new PortSpec(List.of(), false, List.of());

  public PortSpec {
    published = List.copyOf(published);
    exposed = List.copyOf(new TreeSet<>(exposed));
  }

  /** With the ports that an image exposes; what of it is malformed or too much is left out. */
  public PortSpec exposing(Collection<String> imagesPorts) {
    if (imagesPorts.isEmpty()) {
      return this;
    }
    Set<ContainerPort> all = new TreeSet<>(exposed);
    imagesPorts.stream()
        .limit(MAX_IMAGES_ENTRIES)
        .flatMap(text -> PortGrammar.imagesPorts(text).limit(MAX_EXPOSED))
        .takeWhile(_ -> all.size() < MAX_EXPOSED)
        .forEach(all::add);
    return new PortSpec(published, publishAll, List.copyOf(all));
  }

  /** The exposed ones and those that are published, ascending. */
  public List<ContainerPort> served() {
    Set<ContainerPort> all = new TreeSet<>(exposed);
    published.forEach(request -> all.add(request.containerPort()));
    return List.copyOf(all);
  }

  /** All that a start has to publish. */
  public List<PortRequest> requests() {
    if (!publishAll) {
      return published;
    }
    List<PortRequest> all = new ArrayList<>(published);
    Set<ContainerPort> known = new HashSet<>();
    published.forEach(request -> known.add(request.containerPort()));
    exposed.stream().filter(known::add).map(PortRequest::anyFor).forEach(all::add);
    return all;
  }

  /**
   * @throws EngineException INVALID if that could never be published: too many, or the same port of
   *     the host twice
   */
  public void check() {
    List<PortRequest> requests = requests();
    if (requests.size() > MAX_PUBLISHED) {
      throw new EngineException(
          Kind.INVALID,
          "a container publishes " + MAX_PUBLISHED + " ports at most, not " + requests.size(),
          "publish fewer");
    } else if (exposed.size() > MAX_EXPOSED) {
      throw new EngineException(
          Kind.INVALID,
          "a container exposes " + MAX_EXPOSED + " ports at most, not " + exposed.size(),
          "expose fewer");
    }
    Set<String> taken = new HashSet<>();
    for (PortRequest request : published) {
      String host = request.firstHostPort() + "/" + request.containerPort().transport().word();
      if (request.isFixed() && !taken.add(request.address() + ":" + host)) {
        throw new EngineException(
            Kind.INVALID,
            "the host's port " + host + " is to be published twice",
            "give each port of the container one of its own");
      }
    }
  }
}
