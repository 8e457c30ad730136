package dev.containertui.tui.screen.system;

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
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An engine that answers with what it was given, and writes down what it was told to do. */
final class StubEngine implements Engine {
  final List<String> done = new ArrayList<>();
  final List<EngineEvent> past = new ArrayList<>();
  List<Finding> findings = List.of();
  List<Template> templates = List.of();
  List<InstalledKernel> kernels = List.of();
  Optional<EngineInfo> info = Optional.empty();
  Optional<DiskUsage> usage = Optional.empty();

  @Override
  public Images images() {
    return new Images() {
      @Override
      public List<ImageSummary> list() {
        return List.of();
      }

      @Override
      public Optional<ImageSummary> find(String reference) {
        return Optional.empty();
      }

      @Override
      public ImageSummary pull(
          String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String inspectJson(String reference) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<String> remove(String reference, boolean force) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Pruned prune(boolean all, Predicate<ImageSummary> filter) {
        done.add("images " + all);
        return new Pruned(List.of("Deleted: x"), 1000);
      }
    };
  }

  @Override
  public Containers containers() {
    return new Containers() {
      @Override
      public Container create(ContainerSpec spec) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<Container> list(boolean all) {
        return List.of();
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        return Optional.empty();
      }

      @Override
      public Pruned prune(Predicate<Container> filter) {
        done.add("containers");
        return new Pruned(List.of("x"), 24);
      }

      @Override
      public String inspectJson(String nameOrId) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
      }

      @Override
      public InstalledKernel build(Mitigations mitigations, Consumer<KernelBuildEvent> progress) {
        throw new UnsupportedOperationException();
      }

      @Override
      public InstalledKernel makeDefault(String name) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  public Templates templates() {
    return new Templates() {
      @Override
      public List<Template> list() {
        return templates;
      }

      @Override
      public Template build(
          Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel) {
        throw new UnsupportedOperationException();
      }

      @Override
      public String remove(String keyOrPrefix) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<Template> prune(boolean all) {
        done.add("templates " + all);
        return templates;
      }

      @Override
      public Use use(Template template) {
        return new Use(2, 31 << 20);
      }
    };
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return () -> {};
  }

  @Override
  public Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    past.forEach(listener);
    return () -> done.add("unsubscribed");
  }

  @Override
  public EngineInfo info() {
    return info.orElseThrow(() -> new EngineException(Kind.UNAVAILABLE, "it has no name"));
  }

  @Override
  public DiskUsage diskUsage() {
    return usage.orElseThrow(() -> new EngineException(Kind.UNAVAILABLE, "the disk is away"));
  }

  @Override
  public List<Finding> diagnose() {
    return findings;
  }

  @Override
  public void close() {}
}
