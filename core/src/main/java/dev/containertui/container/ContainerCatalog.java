package dev.containertui.container;

import dev.containertui.container.ContainerState.Created;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.vm.BootTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * All containers of a state directory: those of this process, which can be run, and what other
 * processes left or still run.
 */
public final class ContainerCatalog implements AutoCloseable {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
  private static final int MIN_PREFIX = 1;

  private final ContainerStore store;
  private final ContainerSupplies supplies;
  private final ContainerEvents events;
  private final OrphanReaper reaper;
  private final RandomGenerator random = new Random();
  private final Map<String, ManagedContainer> known = new ConcurrentHashMap<>();

  /**
   * @param directory made with the first container
   */
  public ContainerCatalog(Path directory, ContainerSupplies supplies, ContainerEvents events) {
    this.store = new ContainerStore(directory);
    this.supplies = supplies;
    this.events = events;
    this.reaper = new OrphanReaper(store, supplies::runtimeDirectory);
  }

  /**
   * Makes a container.
   *
   * @param imageDigest of the manifest of the image that {@code spec} names
   * @throws EngineException CONFLICT if the name is taken; INVALID if it could never start: no
   *     command, a size that this host does not have; EXHAUSTED for more memory than this host's
   */
  public Container create(ContainerSpec spec, String imageDigest) {
    spec.name().ifPresent(ContainerNames::checked);
    // What cannot be started is refused here already, where nothing has to be undone.
    MachineSize.of(spec, supplies);
    List<String> command =
        ProcessPlan.command(spec, supplies.image(imageDigest).config().execution());
    ContainerRecord made = store.create(fresh -> record(fresh, spec, imageDigest, command));
    ManagedContainer container = manage(made);
    events.happened("create", made.id(), made.name());
    return container;
  }

  private ContainerRecord record(
      ContainerStore.NewContainer fresh,
      ContainerSpec spec,
      String imageDigest,
      List<String> command) {
    List<String> names = fresh.others().stream().map(ContainerRecord::name).toList();
    String name = spec.name().orElseGet(() -> ContainerNames.invent(random, names::contains));
    if (names.contains(name)) {
      throw new EngineException(
          Kind.CONFLICT,
          "the container name " + name + " is taken",
          "remove that container, or choose another name");
    }
    Instant now = Instant.now();
    return new ContainerRecord(
        fresh.id(),
        name,
        spec,
        spec.image(),
        imageDigest,
        command,
        now,
        new Created(now),
        Optional.empty(),
        BootTimeline.empty());
  }

  /** All containers, newest first; only those that run or are about to if not {@code all}. */
  public List<Container> list(boolean all) {
    return current().stream()
        .filter(container -> all || container.state().isActive())
        .sorted(Comparator.comparing(Container::createdAt).reversed())
        .map(Container.class::cast)
        .toList();
  }

  /**
   * By name, id or unique prefix of an id.
   *
   * @throws EngineException CONFLICT if the prefix is not unique
   */
  public Optional<Container> find(String nameOrId) {
    return lookup(nameOrId).map(Container.class::cast);
  }

  private Optional<ManagedContainer> lookup(String nameOrId) {
    List<ManagedContainer> containers = current();
    Optional<ManagedContainer> exact =
        containers.stream()
            .filter(c -> c.name().equals(nameOrId) || c.id().equals(nameOrId))
            .findFirst();
    if (exact.isPresent() || nameOrId.length() < MIN_PREFIX) {
      return exact;
    }
    List<ManagedContainer> prefixed =
        containers.stream().filter(c -> c.id().startsWith(nameOrId)).toList();
    if (prefixed.size() > 1) {
      throw new EngineException(
          Kind.CONFLICT, "more than one container's id starts with " + nameOrId, "add digits");
    }
    return prefixed.stream().findFirst();
  }

  /**
   * @throws EngineException NOT_FOUND
   */
  public String inspectJson(String nameOrId) {
    return lookup(nameOrId)
        .map(container -> JsonObject.pretty(RecordJson.write(container.record())))
        .orElseThrow(
            () -> new EngineException(Kind.NOT_FOUND, "container " + nameOrId + " does not exist"));
  }

  /** Digests of the images that containers were made of. */
  public List<String> imagesInUse() {
    return store.list().stream().map(ContainerRecord::imageDigest).distinct().toList();
  }

  private List<ManagedContainer> current() {
    known.values().removeIf(ManagedContainer::isRemoved);
    List<ManagedContainer> containers = new ArrayList<>();
    for (ContainerRecord written : store.list()) {
      ManagedContainer container = manage(written);
      if (!container.isLive()) {
        ContainerRecord checked = written.state().isActive() ? reaper.check(written) : written;
        if (checked == null) {
          continue;
        }
        container.refresh(checked);
      }
      if (!container.isRemoved()) {
        containers.add(container);
      }
    }
    return containers;
  }

  private ManagedContainer manage(ContainerRecord written) {
    return known.computeIfAbsent(
        written.id(), _ -> new ManagedContainer(written, store, supplies, events));
  }

  /** Cleans up after processes that were killed. Cheap if there were none. */
  public void reapOrphans() {
    reaper.sweep();
  }

  /** Ends all containers that run here, side by side. */
  @Override
  public void close() {
    List<Thread> stops =
        known.values().stream()
            .filter(ManagedContainer::isLive)
            .map(c -> Thread.ofVirtual().name("stop-" + c.shortId()).start(() -> end(c)))
            .toList();
    boolean interrupted = false;
    for (Thread stop : stops) {
      while (stop.isAlive()) {
        try {
          stop.join();
        } catch (InterruptedException e) {
          // Nothing may be left behind; and every stop ends by itself.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(ManagedContainer container) {
    try {
      container.stop(CLOSE_GRACE);
    } catch (EngineException e) {
      // It has no other owner to tell; its machine ends by its lease.
    }
  }
}
