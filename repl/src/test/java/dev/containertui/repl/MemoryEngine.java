package dev.containertui.repl;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
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
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.Mitigations;
import dev.containertui.oci.Platform;
import dev.containertui.template.Template;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** An engine without machines: images are names, processes are {@link MemoryProcess}es. */
public final class MemoryEngine implements Engine {
  private static final Template TEMPLATE =
      new Template(
          "2f0c000000000001",
          Path.of("/t"),
          "6.1.0-56",
          "tcg",
          1,
          512 << 20,
          Optional.empty(),
          Instant.now().minusSeconds(3 * 86_400),
          Instant.now().minusSeconds(3 * 3600),
          65_200_000);

  private final List<ImageSummary> images = new CopyOnWriteArrayList<>();
  private final List<MemoryContainer> containers = new CopyOnWriteArrayList<>();
  private final List<Consumer<EngineEvent>> listeners = new CopyOnWriteArrayList<>();

  /** Reached when a pull of an image called {@code slow…} has begun and blocks for ever. */
  final CountDownLatch slowPull = new CountDownLatch(1);

  void tell(EngineEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  boolean has(MemoryContainer container) {
    return containers.contains(container);
  }

  void forget(MemoryContainer container) {
    containers.remove(container);
  }

  @Override
  public Images images() {
    return new Images() {
      @Override
      public List<ImageSummary> list() {
        return List.copyOf(images);
      }

      @Override
      public Optional<ImageSummary> find(String reference) {
        return images.stream()
            .filter(
                i -> i.references().contains(full(reference)) || i.id().startsWith(reference, 7))
            .findFirst();
      }

      @Override
      public ImageSummary pull(
          String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
        if (reference.startsWith("missing")) {
          throw new EngineException(
              Kind.NOT_FOUND, "image not found: " + reference, "check the name and the tag");
        }
        progress.accept(new PullEvent.Resolving(reference));
        if (reference.startsWith("slow")) {
          slowPull.countDown();
          try {
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException e) {
            throw new EngineException(Kind.CANCELLED, "pull of " + reference + " was cancelled");
          }
        }
        String digest = "sha256:" + "%064x".formatted(full(reference).hashCode() & 0xffffffffL);
        var layer = new PullEvent.Layer(digest, 2_220_000);
        progress.accept(new PullEvent.Resolved(reference, digest, List.of(layer)));
        progress.accept(new PullEvent.Downloading(digest, 1_110_000, 2_220_000));
        progress.accept(new PullEvent.Downloaded(digest, false));
        progress.accept(new PullEvent.Done(reference, digest));
        ImageSummary image =
            new ImageSummary(
                digest,
                digest,
                List.of(full(reference)),
                platform.orElse(new Platform("linux", "amd64", Optional.empty())),
                2_220_000,
                Optional.of(Instant.now().minusSeconds(3 * 86_400)));
        images.removeIf(i -> i.references().equals(image.references()));
        images.addFirst(image);
        return image;
      }

      @Override
      public String inspectJson(String reference) {
        return "{\"reference\":\"" + full(reference) + "\",\"layers\":1}";
      }

      @Override
      public List<String> remove(String reference, boolean force) {
        if (!images.removeIf(i -> i.references().contains(full(reference)))) {
          throw new EngineException(Kind.NOT_FOUND, "image not found: " + reference);
        }
        return List.of("Untagged: " + full(reference));
      }
    };
  }

  private static String full(String reference) {
    return reference.contains("/")
        ? reference
        : "docker.io/library/" + reference + (reference.contains(":") ? "" : ":latest");
  }

  @Override
  public Containers containers() {
    return new Containers() {
      @Override
      public Container create(ContainerSpec spec) {
        String id = "%064x".formatted(0xc0ffee00L + containers.size()).replace('0', 'a');
        MemoryContainer container =
            new MemoryContainer(
                MemoryEngine.this, spec, id, spec.name().orElse("box" + containers.size()));
        containers.addFirst(container);
        return container;
      }

      @Override
      public List<Container> list(boolean all) {
        return List.copyOf(containers);
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        return containers.stream()
            .filter(c -> c.name().equals(nameOrId) || c.id().startsWith(nameOrId))
            .map(Container.class::cast)
            .findFirst();
      }

      @Override
      public String inspectJson(String nameOrId) {
        return "{\"name\":\"" + nameOrId + "\",\"state\":{\"status\":\"running\"}}";
      }
    };
  }

  @Override
  public Kernels kernels() {
    return new Kernels() {
      private final InstalledKernel kernel =
          new InstalledKernel(
              "debian-6.1-amd64", "6.1.0-56", Path.of("/k"), Path.of("/m"), "package", true);

      @Override
      public List<InstalledKernel> list() {
        return List.of(kernel);
      }

      @Override
      public Optional<InstalledKernel> defaultKernel() {
        return Optional.of(kernel);
      }

      @Override
      public InstalledKernel install(Consumer<KernelInstallEvent> progress) {
        progress.accept(new KernelInstallEvent("download", 1, 2));
        return kernel;
      }

      @Override
      public InstalledKernel build(Mitigations mitigations, Consumer<KernelBuildEvent> progress) {
        return kernel;
      }

      @Override
      public InstalledKernel makeDefault(String name) {
        return kernel;
      }
    };
  }

  @Override
  public Templates templates() {
    return new Templates() {
      @Override
      public List<Template> list() {
        return List.of(TEMPLATE);
      }

      @Override
      public Template build(
          Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel) {
        return TEMPLATE;
      }

      @Override
      public String remove(String keyOrPrefix) {
        return TEMPLATE.key();
      }

      @Override
      public List<Template> prune(boolean all) {
        return List.of();
      }

      @Override
      public Use use(Template template) {
        return new Use(1, 21 << 20);
      }
    };
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public List<Finding> diagnose() {
    return List.of(
        new Finding(Finding.Level.OK, "QEMU", "7.2 found", ""),
        new Finding(Finding.Level.NOTE, "KVM", "not usable", "machines run more slowly"));
  }

  @Override
  public void close() {
    new ArrayList<>(containers).forEach(container -> container.remove(true));
  }
}
