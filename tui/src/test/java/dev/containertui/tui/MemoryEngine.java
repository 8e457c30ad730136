package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Containers;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.oci.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An engine without virtual machines, to drive the screen with: images are made up, containers are
 * processes of this machine.
 */
final class MemoryEngine implements Engine {
  final List<ImageSummary> images = new CopyOnWriteArrayList<>();
  final List<MemoryContainer> containers = new CopyOnWriteArrayList<>();
  private final List<Consumer<EngineEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Images imageView = new ImageView();
  private final Containers containerView = new ContainerView();
  volatile boolean closed;

  /** How long a pull takes. */
  volatile Duration pullTime = Duration.ofMillis(300);

  /** An engine with two images, a running container with a terminal, and one that has ended. */
  static MemoryEngine populated() {
    MemoryEngine engine = new MemoryEngine();
    engine.addImage("docker.io/library/busybox:1.36", 2_219_184);
    engine.addImage("registry.example.com/team/service:2026-11", 187_654_321);
    MemoryContainer web =
        engine.create(
            ContainerSpec.of("busybox:1.36")
                .name("web")
                .terminal(new TerminalSize(80, 20))
                .arguments("/bin/sh")
                .build());
    web.start();
    engine.create(ContainerSpec.of("busybox:1.36").name("batch").build());
    return engine;
  }

  ImageSummary addImage(String reference, long size) {
    String hex = "%064x".formatted(reference.hashCode() & 0xffffffffL);
    ImageSummary image =
        new ImageSummary(
            "sha256:" + hex,
            "sha256:" + hex,
            List.of(reference),
            new Platform("linux", "amd64", Optional.empty()),
            size,
            Optional.of(Instant.now().minus(Duration.ofDays(20))));
    images.addFirst(image);
    return image;
  }

  void emit(EngineEvent event) {
    listeners.forEach(l -> l.accept(event));
  }

  @Override
  public boolean endsWithCaller() {
    return true;
  }

  @Override
  public Images images() {
    return imageView;
  }

  @Override
  public Containers containers() {
    return containerView;
  }

  @Override
  public Kernels kernels() {
    throw new EngineException(Kind.UNAVAILABLE, "no kernels here");
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
  public List<Finding> diagnose() {
    return List.of(new Finding(Finding.Level.OK, "qemu", "7.2, tcg: no /dev/kvm", ""));
  }

  @Override
  public void close() {
    containers.forEach(c -> c.stop(Duration.ofSeconds(1)));
    closed = true;
  }

  MemoryContainer create(ContainerSpec spec) {
    MemoryContainer container = new MemoryContainer(this, spec, containers.size() + 1);
    containers.addFirst(container);
    return container;
  }

  private final class ImageView implements Images {
    @Override
    public List<ImageSummary> list() {
      return List.copyOf(images);
    }

    @Override
    public Optional<ImageSummary> find(String reference) {
      return images.stream()
          .filter(i -> i.references().stream().anyMatch(r -> r.endsWith(reference)))
          .findFirst();
    }

    @Override
    public ImageSummary pull(
        String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
      if (reference.contains("missing")) {
        throw new EngineException(
            Kind.NOT_FOUND,
            "no such image: " + reference,
            "check the name, or log in if the repository is private");
      }
      List<PullEvent.Layer> layers = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        layers.add(new PullEvent.Layer("sha256:" + (i + "abcdef0").repeat(8), i * 10_000_000L));
      }
      progress.accept(new PullEvent.Resolving(reference));
      progress.accept(new PullEvent.Resolved(reference, "sha256:d", layers));
      int steps = 20;
      try {
        for (int step = 1; step <= steps; step++) {
          Thread.sleep(pullTime.dividedBy(steps));
          for (PullEvent.Layer layer : layers) {
            long size = layer.sizeBytes();
            progress.accept(new PullEvent.Downloading(layer.digest(), size * step / steps, size));
          }
        }
      } catch (InterruptedException e) {
        throw new EngineException(Kind.CANCELLED, "cancelled");
      }
      layers.forEach(l -> progress.accept(new PullEvent.Downloaded(l.digest(), false)));
      ImageSummary image = addImage("docker.io/library/" + reference, 60_000_000);
      emit(new EngineEvent.ImageChanged(Instant.now(), "pull", reference));
      return image;
    }

    @Override
    public List<String> remove(String reference, boolean force) {
      images.removeIf(i -> i.references().contains(reference));
      emit(new EngineEvent.ImageChanged(Instant.now(), "untag", reference));
      return List.of("Untagged: " + reference);
    }

    @Override
    public String inspectJson(String nameOrId) {
      return "{\n  \"name\": \"" + nameOrId + "\"\n}";
    }
  }

  private final class ContainerView implements Containers {
    @Override
    public Map<String, ContainerStats> stats() {
      Map<String, ContainerStats> stats = new HashMap<>();
      for (MemoryContainer c : containers) {
        if (c.state() instanceof ContainerState.Running) {
          stats.put(c.id(), c.stats());
        }
      }
      return stats;
    }

    @Override
    public MemoryContainer create(ContainerSpec spec) {
      return MemoryEngine.this.create(spec);
    }

    @Override
    public List<dev.containertui.container.Container> list(boolean all) {
      return List.copyOf(containers);
    }

    @Override
    public Optional<dev.containertui.container.Container> find(String nameOrId) {
      return containers.stream()
          .filter(c -> c.name().equals(nameOrId) || c.id().equals(nameOrId))
          .findFirst()
          .map(c -> c);
    }

    @Override
    public String inspectJson(String nameOrId) {
      return "{\n  \"name\": \"" + nameOrId + "\"\n}";
    }
  }
}
