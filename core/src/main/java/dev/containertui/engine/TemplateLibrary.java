package dev.containertui.engine;

import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerSupplies;
import dev.containertui.container.TemplateBuild;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import dev.containertui.template.Template;
import dev.containertui.template.TemplateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The templates of a store, made for containers of these supplies. */
final class TemplateLibrary implements Templates {
  /** A shape that nobody has wanted for so long is made again when somebody does. */
  private static final Duration KEPT_UNUSED = Duration.ofDays(14);

  private final TemplateStore store;
  private final Lazy<ContainerSupplies> supplies;

  TemplateLibrary(TemplateStore store, Lazy<ContainerSupplies> supplies) {
    this.store = store;
    this.supplies = supplies;
  }

  @Override
  public List<Template> list() {
    return store.list();
  }

  @Override
  public Template build(Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel) {
    ContainerSpec.Builder like = ContainerSpec.of("any");
    cpus.ifPresent(like::cpus);
    memoryBytes.ifPresent(like::memoryBytes);
    kernel.ifPresent(like::kernel);
    return TemplateBuild.build(like.build(), supplies.get());
  }

  @Override
  public String remove(String keyOrPrefix) {
    List<Template> found =
        store.list().stream().filter(t -> t.key().startsWith(keyOrPrefix)).toList();
    if (found.size() > 1) {
      throw new EngineException(
          Kind.CONFLICT,
          "more than one template begins with " + keyOrPrefix,
          "say more of its name");
    }
    if (found.isEmpty() || keyOrPrefix.isEmpty() || !store.remove(found.getFirst().key())) {
      throw new EngineException(
          Kind.NOT_FOUND, "there is no template " + keyOrPrefix, "container-tui template list");
    }
    return found.getFirst().key();
  }

  @Override
  public List<Template> prune(boolean all) {
    store.sweep();
    Instant limit = Instant.now().minus(KEPT_UNUSED);
    List<Template> removed = new ArrayList<>();
    for (Template template : store.list()) {
      if ((all || template.usedAt().isBefore(limit)) && store.remove(template.key())) {
        removed.add(template);
      }
    }
    return removed;
  }

  @Override
  public Use use(Template template) {
    long bytes = 0;
    int clones = 0;
    for (ProcessHandle process : HostProcesses.mentioning(template.directory() + "/").toList()) {
      clones++;
      bytes += proportionalBytes(process.pid());
    }
    return new Use(clones, bytes);
  }

  /**
   * {@code Pss} of {@code /proc/PID/smaps_rollup}, which is in kB; 0 for a process of another user.
   */
  private static long proportionalBytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
