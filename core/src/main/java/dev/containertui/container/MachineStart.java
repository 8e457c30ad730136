package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.MachineSetup;
import dev.containertui.agent.ProcessStart;
import dev.containertui.container.ContainerRecord.Machine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.image.StoredImage;
import dev.containertui.network.MacAddress;
import dev.containertui.network.UserNetwork;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Attachments;
import dev.containertui.vm.VmSpec.Disk;
import dev.containertui.vm.VmSpec.MachineShape;
import dev.containertui.vm.VmSpec.Nic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a container: from its record to its running main process.
 *
 * <pre>
 *   image configuration ─┐
 *   kernel, initramfs ───┤
 *   root disk ───────────┼─▶ machine starts ─▶ agent says HELLO ─▶ set-up ─▶ main process
 *   writable disk ───────┘        (meanwhile: record written)
 * </pre>
 *
 * <p>Booting is by far the longest step, so whatever does not decide how the machine is started is
 * done while it boots. Interrupting the thread cancels; on every failure the machine is gone.
 */
final class MachineStart {
  static final String ROOT_SERIAL = "root";
  static final String UPPER_SERIAL = "upper";

  /** A machine whose engine was killed ends by itself after this. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** An emulated machine on a busy host takes seconds; one that takes this long is stuck. */
  private static final Duration BOOT_DEADLINE = Duration.ofSeconds(60);

  private static final Duration STEP_DEADLINE = Duration.ofSeconds(30);
  private static final Duration DEATH_DEADLINE = Duration.ofSeconds(2);
  private static final int ENTROPY_BYTES = 64;
  private static final int MAX_HOSTNAME_BYTES = 64;

  private final ContainerRecord container;
  private final ContainerSupplies supplies;
  private final Path upperDisk;
  private final TimelineRecorder timeline;

  MachineStart(
      ContainerRecord container,
      ContainerSupplies supplies,
      Path upperDisk,
      TimelineRecorder timeline) {
    this.container = container;
    this.supplies = supplies;
    this.upperDisk = upperDisk;
    this.timeline = timeline;
  }

  /**
   * @param booting called once the machine's process runs and has nothing to do with it but wait
   */
  RunningMachine run(Runnable booting) {
    ContainerSpec spec = container.spec();
    StoredImage image = supplies.image(container.imageDigest());
    ProcessPlan plan = ProcessPlan.of(spec, image.config().execution(), hostname());
    ProcessStart main = plan.main(spec);
    MachineSize size = MachineSize.of(spec, supplies);
    timeline.mark("image");
    ContainerSupplies.BootFiles boot;
    Path root;
    try (BackgroundStep upper = BackgroundStep.begin("the writable disk", this::makeUpperDisk)) {
      boot = supplies.bootFiles(spec.kernel());
      root = supplies.rootDisk(image);
      upper.await();
    }
    timeline.mark("rootfs");
    Path runtime = makeRuntimeDirectory();
    VirtualMachine vm = null;
    try {
      vm =
          supplies
              .hypervisor()
              .start(
                  new VmSpec(
                      container.shortId(),
                      runtime,
                      new MachineShape(
                          boot.kernel(),
                          boot.initramfs(),
                          "",
                          size.vcpus(),
                          size.memory().machineBytes()),
                      attachments(root)));
      timeline.mark("vmm");
      booting.run();
      return meet(vm, runtime, plan, main, size);
    } catch (RuntimeException e) {
      // An interrupt has done its work by now; it must not cut short what follows.
      Thread.interrupted();
      if (vm != null) {
        vm.close();
      }
      deleteQuietly(runtime);
      throw e;
    }
  }

  private RunningMachine meet(
      VirtualMachine vm, Path runtime, ProcessPlan plan, ProcessStart main, MachineSize size) {
    AgentConnection agent = connect(vm);
    try {
      timeline.kernel(agent.hello());
      timeline.stamps(agent.hello(), agent.setUp(setup(size), STEP_DEADLINE));
      AgentConnection.Started started = agent.spawn(main, STEP_DEADLINE);
      timeline.stamps(agent.hello(), started.stamps());
      return new RunningMachine(
          vm,
          agent,
          started.process(),
          plan,
          runtime,
          describe(vm, agent, size),
          container.spec().removeOnExit());
    } catch (EngineException e) {
      agent.close();
      throw e.kind() == Kind.UNAVAILABLE ? explain(vm, e) : e;
    }
  }

  private AgentConnection connect(VirtualMachine vm) {
    try {
      return AgentConnection.open(vm.openAgentChannel(), LEASE, BOOT_DEADLINE);
    } catch (EngineException e) {
      throw e.kind() == Kind.CANCELLED ? e : explain(vm, e);
    }
  }

  /** Why the agent is not there: mostly because the machine is not. */
  private EngineException explain(VirtualMachine vm, EngineException lost) {
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

  private Machine describe(VirtualMachine vm, AgentConnection agent, MachineSize size) {
    Hypervisor hypervisor = supplies.hypervisor();
    return new Machine(
        vm.pid(),
        hypervisor.name(),
        hypervisor.available().accelerator(),
        agent.hello().kernelRelease(),
        size.vcpus(),
        size.memory(),
        Optional.of(UserNetwork.ADDRESS),
        Optional.of(MacAddress.of(container.id())));
  }

  private Attachments attachments(Path root) {
    List<Disk> disks = new ArrayList<>();
    disks.add(new Disk(root, ROOT_SERIAL, true));
    if (!container.spec().readOnlyRoot()) {
      disks.add(new Disk(upperDisk, UPPER_SERIAL, false));
    }
    return new Attachments(
        disks, List.of(new Nic(MacAddress.of(container.id()), Nic.Backend.USER_NAT)));
  }

  private MachineSetup setup(MachineSize size) {
    byte[] entropy = new byte[ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    return new MachineSetup(
        hostname(),
        Instant.now(),
        entropy,
        ROOT_SERIAL,
        container.spec().readOnlyRoot() ? Optional.empty() : Optional.of(UPPER_SERIAL),
        Optional.of(
            new MachineSetup.Network(
                UserNetwork.addressWithPrefix(), UserNetwork.GATEWAY, UserNetwork.NAMESERVERS)),
        List.of(),
        size.cpuQuotaMillis(),
        size.memory().limitBytes());
  }

  private String hostname() {
    String hostname = container.spec().hostname().orElse(container.shortId());
    if (hostname.isEmpty() || hostname.getBytes().length > MAX_HOSTNAME_BYTES) {
      throw new EngineException(
          Kind.INVALID, "a host name has 1 to " + MAX_HOSTNAME_BYTES + " bytes: " + hostname);
    }
    return hostname;
  }

  private void makeUpperDisk() {
    if (!container.spec().readOnlyRoot()) {
      supplies.makeWritableDisk(upperDisk);
    }
  }

  private Path makeRuntimeDirectory() {
    Path directory = supplies.runtimeDirectory().resolve(container.shortId());
    try {
      DurableFiles.deleteTree(directory);
      return Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot make the runtime directory " + directory + ": " + e, e);
    }
  }

  static void deleteQuietly(Path directory) {
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException e) {
      // The next engine that opens finds it without an owner and deletes it.
    }
  }
}
