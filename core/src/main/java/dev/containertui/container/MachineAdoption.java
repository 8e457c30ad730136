package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.GuestHello;
import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.container.ContainerRecord.Machine;
import dev.containertui.container.ContainerRun.End;
import dev.containertui.container.ContainerRun.EndedMeanwhile;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import dev.containertui.network.MacAddress;
import dev.containertui.network.UserNetwork;
import dev.containertui.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Takes up a container's machine that an engine before this one left running, wherever that engine
 * was when it was killed.
 *
 * <pre>
 *   record says        machine                  main process        then it is
 *   ─────────────────────────────────────────────────────────────────────────────────────
 *   Starting           none, or without one     none                what it was before
 *                      runs                     was started         running; it may have ended
 *   Running, Paused    runs                     runs, or has ended  taken up; the guest still says how
 *                                               stands still, and   taken up, and let go on
 *                                               no record says so
 *                      none                     exit code is known  exited
 *                      none                     not known           failed
 *   Stopping           runs                     runs                stopped further
 *                      none                     not known           exited with 137
 * </pre>
 */
final class MachineAdoption implements ContainerRun.Source {
  /** Long: a host that is busy is no reason to end what runs. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** A machine whose guest is on its way out. */
  private static final Duration POWER_OFF = Duration.ofSeconds(5);

  private static final int MAIN_HANDLE = 1;

  /** Each engine has so many handles of its own for processes, so none is used twice. */
  private static final int HANDLES_PER_CONNECTION = 1 << 20;

  private static final int MAX_CONNECTIONS = Integer.MAX_VALUE / HANDLES_PER_CONNECTION;

  private final RecordKeeper keeper;
  private final Surroundings around;
  private final OutputLog log;
  private final ContainerRecord record;
  private final Path runtime;

  MachineAdoption(RecordKeeper keeper, Surroundings around, OutputLog log) {
    this.keeper = keeper;
    this.around = around;
    this.log = log;
    this.record = keeper.get();
    this.runtime = around.supplies().runtimeDirectory().resolve(record.shortId());
  }

  @Override
  public RunningMachine open(Runnable booting) throws EndedMeanwhile {
    OptionalLong pid = pid();
    if (pid.isEmpty()) {
      MachineStart.deleteQuietly(runtime);
      throw gone("its machine ended while no engine ran");
    }
    VirtualMachine vm = null;
    try {
      vm = around.supplies().hypervisor().adopt(runtime, pid.getAsLong());
      return meet(vm);
    } catch (EngineException e) {
      Thread.interrupted();
      if (e.kind() == Kind.CANCELLED) {
        if (vm != null) {
          vm.detach();
        }
        throw new EndedMeanwhile(new End.LetGo());
      }
      endWhatCannotBeTaken(vm, pid.getAsLong());
      throw gone("its machine could not be taken up: " + e.getMessage());
    }
  }

  /** Of the process that has the container's runtime directory on its command line. */
  private OptionalLong pid() {
    String mark = runtime + "/";
    Stream<ProcessHandle> suspects =
        record.state() instanceof Starting || record.machine().isEmpty()
            ? HostProcesses.mentioning(mark)
            : ProcessHandle.of(record.machine().get().pid()).stream()
                .filter(process -> HostProcesses.commandLine(process).contains(mark));
    return suspects.mapToLong(ProcessHandle::pid).findFirst();
  }

  private RunningMachine meet(VirtualMachine vm) throws EndedMeanwhile {
    int connection = keeper.note(RunFacts::connectedAgain).facts().connections();
    // A disk that is full must not end a machine: at worst an exec is refused for its handle later.
    keeper.persistQuietly();
    int firstHandle = (connection - 1) % MAX_CONNECTIONS * HANDLES_PER_CONNECTION + 1;
    AgentConnection agent =
        AgentConnection.reopen(vm.openAgentChannel(), Duration.ZERO, DEADLINE, firstHandle);
    try {
      List<Integer> handles =
          agent.hello().processes().stream().map(GuestHello.Listed::handle).toList();
      if (!handles.contains(MAIN_HANDLE)) {
        throw new EngineException(Kind.NOT_FOUND, "its main process had not been started");
      }
      handles.stream().filter(handle -> handle != MAIN_HANDLE).forEach(h -> letRun(agent, h));
      return goOn(vm, agent);
    } catch (EngineException e) {
      agent.close();
      throw e;
    }
  }

  private RunningMachine goOn(VirtualMachine vm, AgentConnection agent) {
    if (record.state() instanceof Starting && !log.isOpenRun()) {
      // Later, a run that is not open any more is this one: all of its output is in the log.
      log.beginRun();
    }
    boolean frozen = agent.hello().frozen();
    if (frozen && record.state() instanceof Running) {
      // By a commit, or a pause that nobody was told of.
      agent.freeze(false, DEADLINE);
      frozen = false;
    }
    GuestProcessHandle main = attach(agent, record.spec().terminal().isPresent());
    ProcessPlan plan =
        ProcessPlan.of(
            record.spec(),
            around.supplies().image(record.imageDigest()).config().execution(),
            MachineStart.hostname(record));
    return new RunningMachine(vm, agent, main, plan, runtime, describe(vm, agent), frozen);
  }

  private GuestProcessHandle attach(AgentConnection agent, boolean terminal) {
    try {
      return agent.attach(
          MAIN_HANDLE,
          terminal,
          log.received(LogRecord.Stream.OUT),
          log.received(LogRecord.Stream.ERR),
          DEADLINE);
    } catch (EngineException e) {
      if (e.kind() != Kind.INVALID) {
        throw e;
      }
      // The log is not the one that was acknowledged from: a piece of the output is lost.
      return agent.attach(MAIN_HANDLE, terminal, DEADLINE);
    }
  }

  /** A process beside the main one, whose client went with the engine: nobody reads it any more. */
  private static void letRun(AgentConnection agent, int handle) {
    try {
      agent.attach(handle, false, DEADLINE).discardOutput();
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw e;
      }
      // It has ended by itself.
    }
  }

  private Machine describe(VirtualMachine vm, AgentConnection agent) {
    return record
        .machine()
        .filter(known -> known.pid() == vm.pid())
        .orElseGet(() -> describeAnew(vm, agent));
  }

  private Machine describeAnew(VirtualMachine vm, AgentConnection agent) {
    MachineSize size = MachineSize.of(record.spec(), around.supplies());
    return new Machine(
        vm.pid(),
        around.supplies().hypervisor().name(),
        around.supplies().hypervisor().available().accelerator(),
        agent.hello().kernelRelease(),
        size.vcpus(),
        size.memory(),
        Optional.of(UserNetwork.ADDRESS),
        Optional.of(MacAddress.of(record.id())),
        record.spec().ports().requests().isEmpty() ? List.of() : vm.published());
  }

  private void endWhatCannotBeTaken(VirtualMachine vm, long pid) {
    if (vm != null) {
      try {
        if (record.facts().exitCode().isPresent()) {
          vm.awaitEnd(POWER_OFF);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        vm.close();
      }
    } else {
      ProcessHandle.of(pid).ifPresent(HostProcesses::kill);
    }
    MachineStart.deleteQuietly(runtime);
  }

  /** What became of a container whose machine is not there any more. */
  private EndedMeanwhile gone(String reason) {
    if (record.facts().exitCode().isPresent()) {
      return new EndedMeanwhile(new End.Exited(record.facts().exitCode().getAsInt()));
    } else if (record.state() instanceof Starting && record.facts().before().isPresent()) {
      return new EndedMeanwhile(new End.NeverBegun());
    } else if (record.state() instanceof Stopping) {
      return new EndedMeanwhile(new End.Exited(128 + LinuxSignal.KILL));
    }
    return new EndedMeanwhile(new End.Failed(new EngineException(Kind.UNAVAILABLE, reason)));
  }
}
