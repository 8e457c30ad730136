package dev.containertui.engine.api.server;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Containers;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.Templates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An engine in memory. */
final class FakeEngine implements Engine {
  final FakeImages images = new FakeImages();
  final FakeVolumes volumes = new FakeVolumes(this);
  final List<FakeContainer> containers = new CopyOnWriteArrayList<>();
  final AtomicInteger found = new AtomicInteger();
  final List<Consumer<EngineEvent>> listeners = new CopyOnWriteArrayList<>();
  private final List<EngineEvent> past = new ArrayList<>();

  /** Newest first, as lists are. */
  FakeContainer add(ContainerSpec spec) {
    String id = "%02x".formatted(0xc0 + containers.size()).repeat(32);
    FakeContainer container = new FakeContainer(this, id, spec);
    containers.addFirst(container);
    return container;
  }

  FakeContainer add(String name) {
    return add(ContainerSpec.of("busybox").name(name).openStdin(true).build());
  }

  synchronized void happened(
      String action, FakeContainer container, Map<String, String> attributes) {
    publish(
        new ContainerChanged(
            Instant.parse("2026-01-01T00:00:07Z"),
            action,
            container.id(),
            container.name(),
            attributes));
  }

  synchronized void publish(EngineEvent event) {
    past.add(event);
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Containers containers() {
    return new Containers() {
      @Override
      public Container create(ContainerSpec spec) {
        return add(spec);
      }

      @Override
      public List<Container> list(boolean all) {
        return containers.stream()
            .filter(c -> all || c.state.isActive())
            .map(Container.class::cast)
            .toList();
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        found.incrementAndGet();
        return containers.stream()
            .filter(c -> c.name().equals(nameOrId) || c.id.startsWith(nameOrId))
            .map(Container.class::cast)
            .findFirst();
      }

      @Override
      public Pruned prune(Predicate<Container> filter) {
        List<FakeContainer> gone =
            containers.stream().filter(c -> !c.state.isActive()).filter(filter).toList();
        containers.removeAll(gone);
        return new Pruned(gone.stream().map(FakeContainer::id).toList(), 77);
      }

      @Override
      public String inspectJson(String nameOrId) {
        return "{\"machine\": {\"accelerator\": \"tcg\"}}";
      }
    };
  }

  @Override
  public Kernels kernels() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Templates templates() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public synchronized Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    past.stream().filter(event -> !event.at().isBefore(since)).forEach(listener);
    return onEvent(listener);
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        "engine-id",
        "1.2.3",
        99,
        Instant.EPOCH,
        Path.of("/state"),
        containers.size(),
        0,
        0,
        1,
        2,
        1L << 33,
        "6.1.0",
        "Debian",
        "qemu",
        "7.2",
        "tcg");
  }

  @Override
  public FakeVolumes volumes() {
    return volumes;
  }

  @Override
  public DiskUsage diskUsage() {
    return new DiskUsage(
        4096,
        0,
        0,
        0,
        List.of(new DiskUsage.ImageUse(FakeImages.DIGEST, 4096, 1096, containers.size())),
        containers.stream().map(c -> new DiskUsage.ContainerUse(c.id, 512, 0)).toList());
  }

  @Override
  public List<Finding> diagnose() {
    return List.of();
  }

  @Override
  public void close() {}
}
