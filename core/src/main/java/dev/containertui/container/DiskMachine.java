package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.MachineSetup;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import dev.containertui.host.OwnerLock;
import dev.containertui.image.StoredImage;
import dev.containertui.network.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A machine with the disks of a container that does not run, for what only a kernel can do to them:
 * no main process, no network. Nobody can start the container meanwhile.
 */
final class DiskMachine {
  private static final Duration STEP_DEADLINE = Duration.ofSeconds(30);
  private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(30);
  private static final int ENTROPY_BYTES = 64;

  private final FilesOwner owner;
  private final ContainerSupplies supplies;
  private final Path upperDisk;

  DiskMachine(FilesOwner owner, ContainerSupplies supplies, Path upperDisk) {
    this.owner = owner;
    this.supplies = supplies;
    this.upperDisk = upperDisk;
  }

  /**
   * Starts the machine, has the work done by its agent, and turns it off. Returns when all is on
   * the disk.
   *
   * @throws EngineException CONFLICT if somebody else has the container; what the work throws
   */
  void run(Consumer<AgentConnection> work) {
    try (OwnerLock _ = owner.takeAtRest()) {
      ContainerRecord record = owner.container();
      // That of the container: who finds one of a container at rest ends what is in it.
      Path runtime = supplies.runtimeDirectory().resolve(record.shortId());
      endLeftover(runtime);
      MachineStart.makeRuntimeDirectory(runtime);
      try {
        run(record, runtime, work);
      } finally {
        MachineStart.deleteQuietly(runtime);
      }
    }
  }

  /** An engine that was killed leaves its machine for some seconds. */
  private static void endLeftover(Path runtime) {
    if (Files.exists(runtime)) {
      HostProcesses.mentioning(runtime + "/").forEach(HostProcesses::kill);
    }
  }

  private void run(ContainerRecord record, Path runtime, Consumer<AgentConnection> work) {
    MachineBoot.Met met = bringUp(record, runtime);
    try (var vm = met.vm();
        AgentConnection agent = met.agent()) {
      agent.setUp(setup(record), STEP_DEADLINE);
      EngineException failure = null;
      try {
        work.accept(agent);
      } catch (EngineException e) {
        failure = e;
      }
      // Also after a failure: what was done until then is to be whole on the disk.
      boolean interrupted = Thread.interrupted();
      try {
        agent.shutDown(SHUTDOWN_DEADLINE);
        vm.awaitEnd(SHUTDOWN_DEADLINE);
      } catch (EngineException e) {
        failure = failure == null ? e : failure;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "it was interrupted", e);
    }
  }

  private MachineBoot.Met bringUp(ContainerRecord record, Path runtime) {
    ContainerSpec spec = record.spec();
    StoredImage image = supplies.image(record.imageDigest());
    ProcessPlan plan =
        ProcessPlan.of(spec, image.config().execution(), MachineStart.hostname(record));
    try (StartGate.Place _ = StartGate.OF_THIS_HOST.enter()) {
      MachineBoot boot =
          new MachineBoot(
              record,
              supplies,
              new TimelineRecorder(),
              MachineStart.shape(
                  supplies.bootFiles(spec.kernel()), MachineSize.of(spec, supplies), List.of()),
              runtime,
              supplies.rootDisk(image),
              upperDisk,
              List.of(),
              MacAddress.of(record.id()),
              plan);
      return boot.bringUp(() -> {});
    }
  }

  private static MachineSetup setup(ContainerRecord record) {
    byte[] entropy = new byte[ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    return new MachineSetup(
        record.shortId(),
        Instant.now(),
        entropy,
        MachineBoot.ROOT_SERIAL,
        Optional.of(MachineBoot.UPPER_SERIAL),
        Optional.empty(),
        List.of(),
        OptionalInt.empty(),
        OptionalLong.empty());
  }
}
