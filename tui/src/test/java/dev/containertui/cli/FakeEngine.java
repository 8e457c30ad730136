package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Containers;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.Mitigations;
import dev.containertui.oci.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** An engine in memory whose containers are played by a Java function. */
final class FakeEngine implements Engine {
  static final String HEX = "0123456789abcdef".repeat(4);

  final List<ImageSummary> images = new ArrayList<>();
  final List<FakeContainer> containers = new ArrayList<>();
  final List<InstalledKernel> kernels = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  final FakeTemplates templates = new FakeTemplates();
  FakeContainer.Program program = process -> 0;
  Runnable beforeStart = () -> {};
  Optional<EngineException> startFailure = Optional.empty();
  Function<String, ImageSummary> registry = FakeEngine::image;
  boolean closed;

  FakeEngine() {
    kernels.add(
        new InstalledKernel("debian-6.1", "6.1.0", Path.of("/k"), Path.of("/m"), "apt-get", true));
  }

  static ImageSummary image(String reference) {
    return new ImageSummary(
        "sha256:" + HEX,
        "sha256:" + HEX,
        List.of("docker.io/library/" + reference),
        Platform.host(),
        3_456_789,
        Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
  }

  @Override
  public Images images() {
    return new Images() {
      @Override
      public List<ImageSummary> list() {
        return images;
      }

      @Override
      public Optional<ImageSummary> find(String reference) {
        return images.stream()
            .filter(i -> i.references().contains("docker.io/library/" + reference))
            .findFirst();
      }

      @Override
      public ImageSummary pull(
          String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
        calls.add("pull " + reference + platform.map(p -> " " + p).orElse(""));
        ImageSummary image = registry.apply(reference);
        String layer = "sha256:" + HEX;
        progress.accept(new PullEvent.Resolving(reference));
        progress.accept(
            new PullEvent.Resolved(
                reference, image.digest(), List.of(new PullEvent.Layer(layer, 1000))));
        progress.accept(new PullEvent.Downloading(layer, 500, 1000));
        progress.accept(new PullEvent.Downloaded(layer, false));
        progress.accept(new PullEvent.Unpacking(500, 1000));
        progress.accept(new PullEvent.Done(reference, image.digest()));
        images.add(image);
        return image;
      }

      @Override
      public String inspectJson(String reference) {
        return "{\"image\":\"" + reference + "\"}";
      }

      @Override
      public List<String> remove(String reference, boolean force) {
        ImageSummary image = find(reference).orElseThrow(() -> notFound("image", reference));
        images.remove(image);
        return List.of("Untagged: " + reference, "Deleted: " + image.id());
      }
    };
  }

  @Override
  public Containers containers() {
    return new Containers() {
      @Override
      public Container create(ContainerSpec spec) {
        FakeContainer container = new FakeContainer(FakeEngine.this, spec);
        containers.add(container);
        return container;
      }

      @Override
      public List<Container> list(boolean all) {
        return List.copyOf(containers);
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        return containers.stream()
            .filter(c -> c.name().equals(nameOrId))
            .findFirst()
            .map(Container.class::cast);
      }

      @Override
      public String inspectJson(String nameOrId) {
        return "{\"container\":\"" + nameOrId + "\"}";
      }
    };
  }

  @Override
  public Kernels kernels() {
    return new Kernels() {
      @Override
      public List<InstalledKernel> list() {
        return kernels;
      }

      @Override
      public Optional<InstalledKernel> defaultKernel() {
        return kernels.stream().findFirst();
      }

      @Override
      public InstalledKernel install(Consumer<KernelInstallEvent> progress) {
        progress.accept(new KernelInstallEvent("downloading", 1, 2));
        InstalledKernel kernel =
            new InstalledKernel("new", "7.0", Path.of("/k"), Path.of("/m"), "apt-get", true);
        kernels.addFirst(kernel);
        return kernel;
      }

      @Override
      public InstalledKernel build(Mitigations mitigations, Consumer<KernelBuildEvent> progress) {
        calls.add("build " + mitigations);
        progress.accept(new KernelBuildEvent.Step("configuring", 0, 0));
        for (int objects = 1; objects <= 250; objects++) {
          progress.accept(new KernelBuildEvent.Compiled(objects, 1300, "mm/slub.o"));
        }
        InstalledKernel kernel =
            new InstalledKernel("lean-7", "7.0", Path.of("/l"), Path.of("/m"), "built", false);
        kernels.add(kernel);
        return kernel;
      }

      @Override
      public InstalledKernel makeDefault(String name) {
        InstalledKernel kernel =
            kernels.stream()
                .filter(k -> k.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound("kernel", name));
        kernels.remove(kernel);
        kernels.addFirst(kernel);
        return kernel;
      }
    };
  }

  @Override
  public Templates templates() {
    return templates;
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return () -> {};
  }

  @Override
  public List<Finding> diagnose() {
    return findings;
  }

  @Override
  public void close() {
    closed = true;
  }

  static EngineException notFound(String kind, String name) {
    return new EngineException(
        EngineException.Kind.NOT_FOUND, "no such " + kind + ": " + name, "list what there is");
  }
}
