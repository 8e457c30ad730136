package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Containers;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.KernelBuildEvent;
import dev.containertui.kernel.KernelInstallEvent;
import dev.containertui.kernel.Mitigations;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** An engine in memory whose containers are played by a Java function. */
final class FakeEngine implements Engine {
  static final String HEX = "0123456789abcdef".repeat(4);

  final List<ImageSummary> images = new ArrayList<>();
  final List<FakeContainer> containers = new ArrayList<>();
  final List<InstalledKernel> kernels = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final List<String> life = Collections.synchronizedList(new ArrayList<>());
  final List<EngineEvent> past = new ArrayList<>();
  DiskUsage usage = new DiskUsage(0, 0, 0, 0, List.of(), List.of());

  /** Of the process that the engine is in; another one's if containers are to live on. */
  long pid = ProcessHandle.current().pid();

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
      public void tag(String reference, String newReference) {
        calls.add("tag " + reference + " " + newReference);
      }

      @Override
      public String push(String reference, Consumer<PushEvent> progress) {
        calls.add("push " + reference);
        progress.accept(new PushEvent.Present(Digest.parse("sha256:" + HEX), 10));
        progress.accept(new PushEvent.Progress(Digest.parse("sha256:" + "a".repeat(64)), 1, 2000));
        progress.accept(new PushEvent.Sent(Digest.parse("sha256:" + "a".repeat(64)), 2000));
        return "sha256:" + HEX;
      }

      @Override
      public void save(List<String> references, OutputStream target) {
        try {
          target.write(("archive of " + references).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          throw new EngineException(EngineException.Kind.UNAVAILABLE, "cannot write", e);
        }
      }

      @Override
      public List<String> load(InputStream archive) {
        try {
          calls.add("load " + new String(archive.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return List.of("docker.io/library/loaded:1", "sha256:" + HEX);
      }

      @Override
      public String importRoot(
          InputStream archive, Optional<String> reference, String comment, List<String> changes) {
        calls.add("import " + reference.orElse("-") + " " + comment + " " + changes);
        return "sha256:" + HEX;
      }

      @Override
      public List<HistoryStep> history(String reference) {
        return List.of(
            new HistoryStep(
                "sha256:" + HEX,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                "/bin/sh -c #(nop)  CMD [\"sh\"] and very much more than fits",
                0,
                "",
                List.of()),
            new HistoryStep("", Optional.empty(), "ADD x", 3_456_789, "base", List.of()));
      }

      @Override
      public Pruned prune(boolean all, Predicate<ImageSummary> filter) {
        List<ImageSummary> gone =
            images.stream().filter(i -> all || i.references().isEmpty()).filter(filter).toList();
        images.removeAll(gone);
        return new Pruned(gone.stream().map(ImageSummary::id).toList(), 1000L * gone.size());
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
        return containers.reversed().stream()
            .filter(c -> all || c.state().isActive())
            .map(Container.class::cast)
            .toList();
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        return containers.stream()
            .filter(c -> c.name().equals(nameOrId) || c.id().startsWith(nameOrId))
            .findFirst()
            .map(Container.class::cast);
      }

      @Override
      public Pruned prune(Predicate<Container> filter) {
        List<FakeContainer> gone =
            containers.stream().filter(c -> !c.state().isActive()).filter(filter).toList();
        containers.removeAll(gone);
        return new Pruned(gone.stream().map(FakeContainer::id).toList(), 500L * gone.size());
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
  public Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    past.stream().filter(event -> !event.at().isBefore(since)).forEach(listener);
    return () -> {};
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        "id-1",
        "0.1",
        pid,
        Instant.EPOCH,
        Path.of("/data"),
        containers.size(),
        1,
        0,
        images.size(),
        4,
        2L << 30,
        "6.1.0",
        "Debian",
        "qemu",
        "7.2",
        "kvm");
  }

  @Override
  public DiskUsage diskUsage() {
    return usage;
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
