package dev.containertui.container;

import dev.containertui.container.ContainerState.Created;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.ImageConfig.Execution;
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
  private final Surroundings around;
  private final OrphanReaper reaper;
  private final RandomGenerator random = new Random();
  private final Map<String, ManagedContainer> known = new ConcurrentHashMap<>();

  /**
   * @param directory made with the first container
   * @param supervising whether this process holds the state directory, and is the only one that
   *     writes the records of supervised containers
   */
  public ContainerCatalog(
      Path directory, ContainerSupplies supplies, ContainerEvents events, boolean supervising) {
    this.store = new ContainerStore(directory);
    this.supplies = supplies;
    this.around =
        new Surroundings(store, supplies, new VolumeClaims(store, supplies), events, supervising);
    this.reaper = new OrphanReaper(store, supplies::runtimeDirectory);
  }

  /**
   * Takes up all supervised containers as an engine before this one left them, wherever it was; and
   * starts those whose policy wants that. Returns when it is known what became of each.
   *
   * @throws EngineException CANCELLED
   */
  public void takeUp() {
    reaper.endStrays();
    List<ManagedContainer> supervised =
        store.list().stream().filter(ContainerRecord::supervised).map(this::manage).toList();
    for (ManagedContainer container : supervised) {
      if (container.state().isActive()) {
        takeUp(container);
      } else if (container.isToBeStartedAtOpening()) {
        Thread.ofVirtual().name("start-" + container.shortId()).start(() -> start(container));
      }
    }
    try {
      for (ManagedContainer container : supervised) {
        container.awaitTakenUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "taking up the containers was cancelled", e);
    }
  }

  private static void takeUp(ManagedContainer container) {
    try {
      container.life().takeUp();
    } catch (EngineException e) {
      // It stays as it is; the others must not suffer for it.
    }
  }

  private static void start(ManagedContainer container) {
    try {
      container.start();
    } catch (EngineException e) {
      // Its state says so.
    }
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
    Execution image = supplies.image(imageDigest).config().execution();
    List<String> command = ProcessPlan.command(spec, image);
    List<Mount> mounts = MountPlan.of(spec.mounts(), image);
    ContainerSpec whole = spec.with(spec.ports().exposing(image.exposedPorts()));
    whole.ports().check();
    ContainerRecord made =
        mounts.isEmpty()
            ? store.create(fresh -> record(fresh, whole, imageDigest, command))
            : supplies.volumes().locked(() -> create(whole, mounts, imageDigest, command));
    ManagedContainer container = manage(made);
    container.life().happened("create", Map.of());
    return container;
  }

  /** Nobody removes the volumes before the record is there that says who uses them. */
  private ContainerRecord create(
      ContainerSpec spec, List<Mount> mounts, String imageDigest, List<String> command) {
    ContainerSpec named = spec.withMounts(MountPlan.withVolumes(mounts, supplies.volumes()));
    try {
      return store.create(fresh -> record(fresh, named, imageDigest, command));
    } catch (EngineException e) {
      MountPlan.anonymous(named).forEach(supplies.volumes()::remove);
      throw e;
    }
  }

  private ContainerRecord record(
      ContainerStore.NewContainer fresh,
      ContainerSpec spec,
      String imageDigest,
      List<String> command) {
    List<String> names = fresh.others().stream().map(ContainerRecord::name).toList();
    String name = spec.name().orElseGet(() -> ContainerNames.invent(random, names::contains));
    ContainerStore.requireFree(name, fresh.others());
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
        BootTimeline.empty(),
        RunFacts.none(around.supervising()));
  }

  /** All containers, newest first; only those that run or are about to if not {@code all}. */
  public List<Container> list(boolean all) {
    return current().stream()
        .filter(container -> all || container.state().isActive())
        .sorted(Comparator.comparing(Container::createdAt).reversed())
        .map(Container.class::cast)
        .toList();
  }

  /** Files of containers that are not listed since their records cannot be read. */
  public List<Path> damaged() {
    return store.damaged();
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
    known.values().removeIf(container -> container.keeper().isRemoved());
    List<ManagedContainer> containers = new ArrayList<>();
    for (String id : store.ids()) {
      ManagedContainer container = known.get(id);
      if (container == null || container.life().ownership().isWrittenElsewhere()) {
        container = look(id);
      }
      if (container != null && !container.keeper().isRemoved()) {
        containers.add(container);
      }
    }
    return containers;
  }

  /** A container of which the disk knows more than this process; null if it is none. */
  private ManagedContainer look(String id) {
    Optional<ContainerRecord> written = store.read(id);
    if (written.isEmpty()) {
      return null;
    }
    ManagedContainer container = manage(written.get());
    if (container.life().ownership().isWrittenElsewhere()) {
      ContainerRecord checked =
          written.get().state().isActive() && !written.get().supervised()
              ? reaper.check(written.get())
              : written.get();
      if (checked == null) {
        return null;
      }
      container.life().ownership().refresh(checked);
    }
    return container;
  }

  private ManagedContainer manage(ContainerRecord written) {
    return known.computeIfAbsent(written.id(), _ -> new ManagedContainer(written, around));
  }

  /** What a container takes of the disk; holes in its files are not counted. */
  public long sizeOnDisk(Container container) {
    return store.sizeOnDisk(container.id());
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
            .filter(container -> container.life().ownership().isLive())
            .map(c -> Thread.ofVirtual().name("stop-" + c.shortId()).start(() -> end(c)))
            .toList();
    awaitAll(stops);
  }

  /** Lets go of all containers, side by side: they run on, for the next engine. */
  public void letGo() {
    awaitAll(
        known.values().stream()
            .map(c -> Thread.ofVirtual().name("leave-" + c.shortId()).start(() -> c.life().letGo()))
            .toList());
  }

  private static void awaitAll(List<Thread> stops) {
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
      container.close(CLOSE_GRACE);
    } catch (EngineException e) {
      // It has no other owner to tell; its machine ends by its lease.
    }
  }
}
