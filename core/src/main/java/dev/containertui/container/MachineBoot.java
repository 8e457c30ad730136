package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.template.Template;
import dev.containertui.template.TemplateMaker;
import dev.containertui.template.TemplateStore;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.MachineCloning;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Attachments;
import dev.containertui.vm.VmSpec.Disk;
import dev.containertui.vm.VmSpec.Drive;
import dev.containertui.vm.VmSpec.MachineShape;
import dev.containertui.vm.VmSpec.Nic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings a container's machine up, to the first word of its agent: as a clone of the template of
 * its shape where that can be, else by booting it.
 *
 * <pre>
 *   template there ───────────────────────────▶ clone ─▶ met
 *        │ no                                     ▲  │
 *        ├─▶ make it (boots once, is kept) ───────┘  │ anything fails
 *        └─▶ somebody else makes it for too long ─▶ boot ◀┘
 * </pre>
 *
 * <p>The first machine of a shape boots to become the template, and is then its first clone: that
 * takes a quarter of a second longer than just to boot, and needs neither a second boot nor anybody
 * who stays behind for it.
 */
final class MachineBoot {
  static final String ROOT_SERIAL = "root";
  static final String UPPER_SERIAL = "upper";

  /** A machine whose engine was killed ends by itself after this. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** An emulated machine on a busy host takes seconds; one that takes this long is stuck. */
  private static final Duration BOOT_DEADLINE = Duration.ofSeconds(60);

  /** A clone answers in tens of milliseconds. */
  private static final Duration CLONE_DEADLINE = Duration.ofSeconds(20);

  private static final Duration MAKING_PATIENCE = Duration.ofSeconds(5);
  private static final Duration MAKING_POLL = Duration.ofMillis(20);
  private static final Duration DEATH_DEADLINE = Duration.ofSeconds(2);

  private final ContainerRecord container;
  private final ContainerSupplies supplies;
  private final Hypervisor hypervisor;
  private final TimelineRecorder timeline;
  private final Path upperDisk;
  private final boolean used;
  private final VmSpec spec;
  private final ProcessPlan plan;

  /**
   * @param upperDisk the writable disk: what it holds is kept, if it exists; else it is made
   * @param rootDisk the image's
   * @param drives what is in its bays
   * @param plan what the container will run
   */
  MachineBoot(
      ContainerRecord container,
      ContainerSupplies supplies,
      TimelineRecorder timeline,
      MachineShape shape,
      Path runtime,
      Path rootDisk,
      Path upperDisk,
      List<Drive> drives,
      String macAddress,
      ProcessPlan plan) {
    this.plan = plan;
    this.container = container;
    this.supplies = supplies;
    this.hypervisor = supplies.hypervisor();
    this.timeline = timeline;
    this.upperDisk = upperDisk;
    this.used = Files.exists(upperDisk);
    this.spec = spec(container.shortId(), runtime, shape, rootDisk, upperDisk, drives, macAddress);
  }

  /** A container's machine with all that machines of containers have. */
  static VmSpec spec(
      String id,
      Path runtime,
      MachineShape shape,
      Path root,
      Path upper,
      List<Drive> drives,
      String macAddress) {
    return new VmSpec(
        id,
        runtime,
        shape,
        new Attachments(
            List.of(new Disk(root, ROOT_SERIAL, true), new Disk(upper, UPPER_SERIAL, false)),
            List.of(new Nic(macAddress, Nic.Backend.USER_NAT)),
            drives));
  }

  /** A machine whose agent has said hello. */
  record Met(VirtualMachine vm, AgentConnection agent) {}

  /**
   * @param booting called once the machine's process runs and has nothing to do with it but wait
   * @throws EngineException if it does not come up; it is gone then
   */
  Met bringUp(Runnable booting) {
    Optional<MachineCloning> cloning = hypervisor.cloning();
    if (container.spec().coldBoot() || supplies.coldBoot()) {
      return boot("cold boot, as asked for", booting);
    } else if (cloning.isEmpty()) {
      return boot("cold boot: " + hypervisor.name() + " cannot clone machines", booting);
    }
    String why;
    try {
      Optional<Template> template = template(cloning.get());
      if (template.isPresent()) {
        return cloneOf(template.get(), cloning.get(), booting);
      }
      why = "the template of this shape is being made by another start";
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw e;
      }
      why = e.getMessage();
    }
    return boot("cold boot: " + why, booting);
  }

  /**
   * The template of this image, else that of this shape; both are made when they are first missed.
   * A container without a writable disk cannot come from one where the disks are joined, and one
   * that has been started before needs one where no writable disk is mounted.
   */
  private Optional<Template> template(MachineCloning cloning) {
    TemplateMaker maker = maker(supplies, cloning);
    TemplateStore store = supplies.templates();
    if (used) {
      List<String> identity = maker.usedDiskIdentity(spec);
      return store
          .find(identity)
          .or(() -> makeOrAwait(() -> maker.makeForUsedDisk(spec), identity));
    }
    boolean joined = supplies.imageTemplates() && !container.spec().readOnlyRoot();
    Optional<Template> forImage = joined ? store.find(maker.imageIdentity(spec)) : Optional.empty();
    if (forImage.isPresent()) {
      return forImage;
    }
    Optional<Template> forShape = store.find(cloning.identity(spec));
    if (forShape.isEmpty()) {
      return makeOrAwait(() -> maker.make(spec), cloning.identity(spec));
    }
    return joined ? forImage(maker, forShape.get()) : forShape;
  }

  /**
   * Who comes while another start makes it waits for it: to boot as well would take both longer.
   */
  private Optional<Template> makeOrAwait(
      Supplier<Optional<Template>> maker, List<String> identity) {
    long deadline = System.nanoTime() + MAKING_PATIENCE.toNanos();
    do {
      Optional<Template> made = maker.get();
      made.ifPresent(_ -> timeline.mark("template"));
      Optional<Template> ready = made.or(() -> supplies.templates().find(identity));
      if (ready.isPresent()) {
        return ready;
      }
      try {
        Thread.sleep(MAKING_POLL);
      } catch (InterruptedException e) {
        throw new EngineException(Kind.CANCELLED, "the start was cancelled", e);
      }
    } while (System.nanoTime() < deadline);
    return Optional.empty();
  }

  private Optional<Template> forImage(TemplateMaker maker, Template shape) {
    try {
      Optional<Template> made = maker.makeForImage(spec, shape, plan.readAhead());
      made.ifPresent(_ -> timeline.mark("template"));
      return made.or(() -> Optional.of(shape));
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw e;
      }
      return Optional.of(shape);
    }
  }

  static TemplateMaker maker(ContainerSupplies supplies, MachineCloning cloning) {
    return new TemplateMaker(
        supplies.templates(),
        cloning,
        supplies.hypervisor().available().accelerator(),
        supplies::makeWritableDisk);
  }

  private Met cloneOf(Template template, MachineCloning cloning, Runnable booting) {
    if (!used) {
      supplies.templates().copyUpperDisk(template, upperDisk);
    }
    VirtualMachine vm = null;
    try {
      vm = cloning.startFrom(template.directory(), spec);
      timeline.mark("vmm");
      booting.run();
      AgentConnection agent = AgentConnection.open(vm.openAgentChannel(), lease(), CLONE_DEADLINE);
      timeline.mark("channel");
      timeline.start("clone of template " + template.key());
      return new Met(vm, agent);
    } catch (EngineException e) {
      if (vm != null) {
        vm.close();
      }
      if (e.kind() == Kind.CANCELLED || e.kind() == Kind.EXHAUSTED) {
        throw e;
      }
      // Whatever it is, the next start would fail over it too.
      supplies.templates().remove(template.key());
      throw new EngineException(
          e.kind(), "template " + template.key() + " failed: " + e.getMessage(), e);
    }
  }

  private Met boot(String how, Runnable booting) {
    List<Disk> disks = new ArrayList<>(spec.attachments().disks());
    if (!used) {
      makeUpperDisk();
    }
    if (container.spec().readOnlyRoot()) {
      disks.removeLast();
    }
    VirtualMachine vm =
        hypervisor.start(
            new VmSpec(
                spec.id(),
                spec.runtimeDirectory(),
                spec.shape(),
                new Attachments(disks, spec.attachments().nics(), spec.attachments().drives())));
    try {
      timeline.mark("vmm");
      timeline.start(how);
      booting.run();
      AgentConnection agent = connect(vm);
      timeline.kernel(agent.hello());
      return new Met(vm, agent);
    } catch (RuntimeException e) {
      vm.close();
      throw e;
    }
  }

  private void makeUpperDisk() {
    try {
      Files.deleteIfExists(upperDisk); // of a clone that failed in this start
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, upperDisk + " cannot be removed: " + e, e);
    }
    if (!container.spec().readOnlyRoot()) {
      supplies.makeWritableDisk(upperDisk);
    }
  }

  private AgentConnection connect(VirtualMachine vm) {
    try {
      return AgentConnection.open(vm.openAgentChannel(), lease(), BOOT_DEADLINE);
    } catch (EngineException e) {
      throw e.kind() == Kind.CANCELLED ? e : explain(container, vm, e);
    }
  }

  /** What is supervised waits for the next engine. */
  private Duration lease() {
    return container.supervised() ? Duration.ZERO : LEASE;
  }

  /** Why the agent is not there: mostly because the machine is not. */
  static EngineException explain(
      ContainerRecord container, VirtualMachine vm, EngineException lost) {
    String reason = lost.getMessage();
    try {
      reason = vm.awaitEnd(DEATH_DEADLINE).map(VirtualMachine.End::detail).orElse(reason);
    } catch (InterruptedException e) {
      return new EngineException(Kind.CANCELLED, "the start was cancelled", e);
    }
    return new EngineException(
        lost.kind() == Kind.TIMEOUT ? Kind.TIMEOUT : Kind.UNAVAILABLE,
        "the machine of container "
            + container.name()
            + " did not come up: "
            + reason
            + RunningMachine.lastWords(vm),
        lost);
  }
}
