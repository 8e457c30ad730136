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
import dev.containertui.network.PublishedPort;
import dev.containertui.network.UserNetwork;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec.Drive;
import dev.containertui.vm.VmSpec.MachineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Starts a container: from its record to its running main process.
 *
 * <pre>
 *   image configuration ─┐
 *   kernel, initramfs ───┼─▶ {@link MachineBoot}: clone, or boot ─▶ agent says HELLO ─▶ set-up ─▶ main process
 *   root disk ───────────┘        (meanwhile: record written)
 * </pre>
 *
 * <p>Interrupting the thread cancels; on every failure the machine is gone.
 */
final class MachineStart {
  private static final Duration STEP_DEADLINE = Duration.ofSeconds(30);

  /** The first use of a volume copies what the image has there, however much that is. */
  private static final Duration COPY_DEADLINE = Duration.ofMinutes(20);

  private static final int ENTROPY_BYTES = 64;
  private static final int MAX_HOSTNAME_BYTES = 64;

  private final ContainerRecord container;
  private final ContainerSupplies supplies;
  private final VolumeClaims claims;
  private final Path upperDisk;
  private final TimelineRecorder timeline;
  private final PortPublication ports;

  MachineStart(
      ContainerRecord container,
      ContainerSupplies supplies,
      VolumeClaims claims,
      Path upperDisk,
      TimelineRecorder timeline,
      PortPublication ports) {
    this.container = container;
    this.supplies = supplies;
    this.claims = claims;
    this.upperDisk = upperDisk;
    this.timeline = timeline;
    this.ports = ports;
  }

  /**
   * @param booting called once the machine's process runs and has nothing to do with it but wait
   */
  RunningMachine run(Runnable booting) {
    try (StartGate.Place place = StartGate.OF_THIS_HOST.enter()) {
      RunningMachine machine = start(booting);
      place.programBegun();
      return machine;
    }
  }

  private RunningMachine start(Runnable booting) {
    ContainerSpec spec = container.spec();
    StoredImage image = supplies.image(container.imageDigest());
    ProcessPlan plan = ProcessPlan.of(spec, image.config().execution(), hostname());
    ProcessStart main = container.supervised() ? plan.main(spec).retained() : plan.main(spec);
    MachineSize size = MachineSize.of(spec, supplies);
    spec.hosts().forEach(MachineStart::hostLine);
    timeline.mark("image");
    ContainerSupplies.BootFiles boot = supplies.bootFiles(spec.kernel());
    Path root = supplies.rootDisk(image);
    timeline.mark("rootfs");
    MachineShape shape = shape(boot, size, MountPlan.volumes(spec.mounts()));
    List<Drive> drives = claims.take(container);
    Path runtime = makeRuntimeDirectory();
    // A read-only container has the disk that its template had, but nothing is kept of it.
    Path upper = spec.readOnlyRoot() ? runtime.resolve(upperDisk.getFileName()) : upperDisk;
    MachineBoot.Met met = null;
    try {
      met =
          new MachineBoot(
                  container,
                  supplies,
                  timeline,
                  shape,
                  runtime,
                  root,
                  upper,
                  drives,
                  macAddress(),
                  plan)
              .bringUp(booting);
      return ready(met, runtime, plan, main, size, drives);
    } catch (RuntimeException e) {
      // An interrupt has done its work by now; it must not cut short what follows.
      Thread.interrupted();
      if (met != null) {
        met.agent().close();
        met.vm().close();
      }
      deleteQuietly(runtime);
      throw e;
    }
  }

  static MachineShape shape(
      ContainerSupplies.BootFiles boot, MachineSize size, List<String> volumes) {
    return new MachineShape(
        boot.kernel(),
        boot.initramfs(),
        "",
        size.vcpus(),
        size.memory().machineBytes(),
        MountPlan.bays(volumes, boot.kernel().acpi()));
  }

  private RunningMachine ready(
      MachineBoot.Met met,
      Path runtime,
      ProcessPlan plan,
      ProcessStart main,
      MachineSize size,
      List<Drive> drives) {
    AgentConnection agent = met.agent();
    try {
      List<PublishedPort> published = ports.publish(met.vm());
      if (!published.isEmpty()) {
        timeline.mark("ports");
      }
      timeline.stamps(agent.hello(), agent.setUp(setup(size), STEP_DEADLINE));
      List<Mount> mounts = container.spec().mounts();
      MountPlan.mounts(mounts, drives).forEach(mount -> agent.mount(mount, STEP_DEADLINE));
      if (!mounts.isEmpty()) {
        timeline.mark("volumes");
      }
      AgentConnection.Started started =
          agent.spawn(main, drives.isEmpty() ? STEP_DEADLINE : COPY_DEADLINE);
      timeline.stamps(agent.hello(), started.stamps());
      return new RunningMachine(
          met.vm(),
          agent,
          started.process(),
          plan,
          runtime,
          describe(met.vm(), agent, size, published),
          false);
    } catch (EngineException e) {
      throw e.kind() == Kind.UNAVAILABLE ? MachineBoot.explain(container, met.vm(), e) : e;
    }
  }

  private Machine describe(
      VirtualMachine vm, AgentConnection agent, MachineSize size, List<PublishedPort> published) {
    Hypervisor hypervisor = supplies.hypervisor();
    return new Machine(
        vm.pid(),
        hypervisor.name(),
        hypervisor.available().accelerator(),
        agent.hello().kernelRelease(),
        size.vcpus(),
        size.memory(),
        Optional.of(UserNetwork.ADDRESS),
        Optional.of(macAddress()),
        published);
  }

  private String macAddress() {
    return MacAddress.of(container.id());
  }

  private MachineSetup setup(MachineSize size) {
    byte[] entropy = new byte[ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    return new MachineSetup(
        hostname(),
        Instant.now(),
        entropy,
        MachineBoot.ROOT_SERIAL,
        container.spec().readOnlyRoot() ? Optional.empty() : Optional.of(MachineBoot.UPPER_SERIAL),
        Optional.of(
            new MachineSetup.Network(
                macAddress(),
                UserNetwork.addressWithPrefix(),
                UserNetwork.GATEWAY,
                UserNetwork.NAMESERVERS)),
        container.spec().hosts().stream().map(MachineStart::hostLine).toList(),
        size.cpuQuotaMillis(),
        size.memory().limitBytes());
  }

  /**
   * @param text {@code name:address}
   */
  private static String hostLine(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new EngineException(
          Kind.INVALID, "not a name with an address: " + text, "write NAME:ADDRESS");
    }
    return text.substring(colon + 1) + " " + text.substring(0, colon);
  }

  private String hostname() {
    return hostname(container);
  }

  static String hostname(ContainerRecord container) {
    String hostname = container.spec().hostname().orElse(container.shortId());
    if (hostname.isEmpty() || hostname.getBytes().length > MAX_HOSTNAME_BYTES) {
      throw new EngineException(
          Kind.INVALID, "a host name has 1 to " + MAX_HOSTNAME_BYTES + " bytes: " + hostname);
    }
    return hostname;
  }

  private Path makeRuntimeDirectory() {
    return makeRuntimeDirectory(supplies.runtimeDirectory().resolve(container.shortId()));
  }

  static Path makeRuntimeDirectory(Path directory) {
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
