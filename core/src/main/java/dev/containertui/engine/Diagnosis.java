package dev.containertui.engine;

import dev.containertui.engine.Engine.Finding;
import dev.containertui.engine.Engine.Finding.Level;
import dev.containertui.error.EngineException;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.template.Template;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.qemu.HostMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at this host the way a container's start would. */
final class Diagnosis {
  /** With less, the first larger image does not fit. */
  private static final long LITTLE_SPACE_BYTES = 2L << 30;

  /** What one machine uses after its start, and some reserve. */
  private static final long LITTLE_MEMORY_BYTES = 256L << 20;

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private final StateDirectories directories;
  private final Hypervisor hypervisor;
  private final Kernels kernels;
  private final Images images;
  private final Templates templates;
  private final Supplier<List<Path>> damagedRecords;
  private final boolean coldBoot;

  /**
   * @param damagedRecords files of containers that cannot be read
   */
  Diagnosis(
      EngineConfig config,
      Hypervisor hypervisor,
      Kernels kernels,
      Images images,
      Templates templates,
      Supplier<List<Path>> damagedRecords) {
    this.directories = config.directories();
    this.coldBoot = config.coldBoot();
    this.templates = templates;
    this.hypervisor = hypervisor;
    this.kernels = kernels;
    this.images = images;
    this.damagedRecords = damagedRecords;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            Level.OK,
            "Java",
            Runtime.version() + " on " + Runtime.getRuntime().availableProcessors() + " CPUs",
            ""));
    findings.add(examined("kernel", this::kernel));
    findings.add(examined("hypervisor", this::hypervisor));
    findings.add(examined("memory", Diagnosis::memory));
    findings.add(examined("disk", this::disk));
    findings.add(examined("runtime directory", this::runtime));
    findings.add(examined("images", this::images));
    findings.add(examined("templates", this::templates));
    findings.add(examined("containers", this::containers));
    return findings;
  }

  private static Finding examined(String subject, Supplier<Finding> examination) {
    try {
      return examination.get();
    } catch (EngineException e) {
      return new Finding(Level.PROBLEM, subject, e.getMessage(), e.hint());
    }
  }

  private Finding kernel() {
    return kernels
        .defaultKernel()
        .map(kernel -> new Finding(Level.OK, "kernel", describe(kernel), ""))
        .orElseGet(
            () ->
                new Finding(
                    Level.PROBLEM,
                    "kernel",
                    "none is installed, so no machine can boot",
                    "container-tui kernel install"));
  }

  private static String describe(InstalledKernel kernel) {
    return kernel.name() + " (" + kernel.source() + ")";
  }

  private Finding hypervisor() {
    Hypervisor.Availability found = hypervisor.available();
    return found.usable()
        ? new Finding(
            found.accelerator().equals("tcg") ? Level.NOTE : Level.OK,
            hypervisor.name(),
            found.version() + ", " + found.accelerator() + ": " + found.reason(),
            "")
        : new Finding(
            Level.PROBLEM,
            hypervisor.name(),
            found.reason(),
            "install the package qemu-system-x86");
  }

  private static Finding memory() {
    HostMemory memory = HostMemory.now();
    boolean little = memory.availableBytes() < LITTLE_MEMORY_BYTES;
    return new Finding(
        little ? Level.PROBLEM : Level.OK,
        "memory",
        "%.1f of %.1f GiB available"
            .formatted((double) memory.availableBytes() / GIB, (double) memory.totalBytes() / GIB),
        little ? "stop containers or other programs: a machine starts with some 100 MiB" : "");
  }

  private Finding disk() {
    Path existing = directories.data();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      return new Finding(
          free < LITTLE_SPACE_BYTES ? Level.PROBLEM : Level.OK,
          "disk",
          "%.1f GiB free for %s".formatted((double) free / GIB, directories.data()),
          free < LITTLE_SPACE_BYTES ? "remove images that are not needed, or free some space" : "");
    } catch (IOException e) {
      return new Finding(
          Level.PROBLEM, "disk", existing + " cannot be examined: " + e.getMessage(), "");
    }
  }

  private Finding runtime() {
    return new Finding(Level.OK, "runtime directory", directories.ensureRuntime().toString(), "");
  }

  private Finding images() {
    return new Finding(
        Level.OK, "images", images.list().size() + " in " + directories.content(), "");
  }

  private Finding containers() {
    List<Path> damaged = damagedRecords.get();
    if (damaged.isEmpty()) {
      return new Finding(Level.OK, "containers", "all records can be read", "");
    }
    Path first = damaged.getFirst();
    return new Finding(
        Level.PROBLEM,
        "containers",
        "%d cannot be listed, the record is damaged: %s".formatted(damaged.size(), first),
        "repair that file, or remove the container's directory: " + first.getParent());
  }

  private Finding templates() {
    List<Template> all = templates.list();
    long bytes = all.stream().mapToLong(Template::diskBytes).sum();
    String kept =
        "%d in %s, %.1f MiB".formatted(all.size(), directories.templates(), (double) bytes / MIB);
    if (coldBoot) {
      return new Finding(
          Level.NOTE,
          "templates",
          "every machine boots, as it is configured; " + kept,
          all.isEmpty() ? "" : "container-tui template prune --all frees their space");
    } else if (hypervisor.cloning().isEmpty()) {
      return new Finding(
          Level.NOTE,
          "templates",
          "every machine boots: " + hypervisor.name() + " cannot clone machines",
          "");
    }
    return new Finding(
        Level.OK, "templates", kept + "; containers start as clones of a booted machine", "");
  }
}
