package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerCatalog;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageStore;
import dev.containertui.image.ImageSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The catalog's containers, made of the store's images. */
record LocalContainers(Lazy<ContainerCatalog> catalog, Lazy<ImageStore> store, EventBus events)
    implements Containers {
  @Override
  public Container create(ContainerSpec spec) {
    ImageSummary image =
        store
            .get()
            .find(spec.image(), spec.platform())
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.NOT_FOUND,
                        "image "
                            + spec.image()
                            + spec.platform().map(p -> " for " + p).orElse("")
                            + " is not in the store",
                        "container-tui pull " + spec.image()));
    return catalog.get().create(spec, image.digest());
  }

  @Override
  public List<Container> list(boolean all) {
    return catalog.get().list(all);
  }

  @Override
  public Optional<Container> find(String nameOrId) {
    return catalog.get().find(nameOrId);
  }

  @Override
  public Map<String, ContainerStats> stats() {
    Map<String, ContainerStats> samples = new ConcurrentHashMap<>();
    List<Thread> threads =
        list(false).stream()
            .map(c -> Thread.ofVirtual().name("stats").start(() -> sample(c, samples)))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "sampling the containers was cancelled", e);
    }
    return samples;
  }

  private static void sample(Container container, Map<String, ContainerStats> samples) {
    try {
      samples.put(container.id(), container.stats());
    } catch (EngineException e) {
      // It has ended meanwhile, or runs elsewhere.
    }
  }

  @Override
  public Pruned prune(Predicate<Container> filter) {
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    for (Container container : list(true)) {
      if (container.state().isActive() || !filter.test(container)) {
        continue;
      }
      try {
        long size = catalog.get().sizeOnDisk(container);
        container.remove(false);
        removed.add(container.id());
        bytes += size;
      } catch (EngineException e) {
        if (e.kind() != Kind.CONFLICT && e.kind() != Kind.NOT_FOUND) {
          throw e;
        }
        // It was started or removed meanwhile.
      }
    }
    events.publish(
        new ContainerChanged(
            Instant.now(), "prune", "", "", Map.of("reclaimed", Long.toString(bytes))));
    return new Pruned(removed, bytes);
  }

  @Override
  public String inspectJson(String nameOrId) {
    return catalog.get().inspectJson(nameOrId);
  }
}
