package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.agent.GuestStats;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A container's machine while its main process runs.
 *
 * @param runtime directory of its sockets
 * @param throwaway its writable disk is deleted when it has ended
 */
record RunningMachine(
    VirtualMachine vm,
    AgentConnection agent,
    GuestProcessHandle main,
    ProcessPlan plan,
    Path runtime,
    ContainerRecord.Machine description,
    boolean throwaway) {
  private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);
  private static final Duration EXEC_DEADLINE = Duration.ofSeconds(30);
  private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(5);
  private static final Duration DEATH_DEADLINE = Duration.ofSeconds(2);
  private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(2);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(3);
  private static final int CONSOLE_BYTES = 4096;

  /** Starts a process beside the main one. */
  GuestProcessHandle exec(ProcessSpec spec) {
    return agent.spawn(plan.beside(spec), EXEC_DEADLINE).process();
  }

  void signal(int number) {
    main.signal(number, REQUEST_DEADLINE);
  }

  List<GuestProcess> processes() {
    return agent.processes(REQUEST_DEADLINE);
  }

  /** What the container uses now, from inside and from outside. */
  ContainerStats sample() {
    GuestStats guest = agent.stats(REQUEST_DEADLINE);
    VirtualMachine.Usage host = vm.usage();
    return new ContainerStats(
        Instant.now(),
        guest.cpuMicros(),
        guest.memoryBytes(),
        guest.memoryLimitBytes(),
        guest.processCount(),
        guest.networkReceivedBytes(),
        guest.networkSentBytes(),
        guest.blockReadBytes(),
        guest.blockWrittenBytes(),
        host.cpuMicros(),
        host.residentBytes());
  }

  /** Waits for the end of the main process, turns the machine off, and cleans up after it. */
  ContainerState awaitEnd() throws InterruptedException {
    try {
      int code = main.awaitExit().code();
      powerOff();
      return new Exited(Instant.now(), code);
    } catch (EngineException lost) {
      String reason =
          vm.awaitEnd(DEATH_DEADLINE)
              .map(end -> "its machine ended: " + end.detail())
              .orElse(lost.getMessage());
      return new Failed(Instant.now(), reason + lastWords(vm));
    } finally {
      vm.close();
      agent.close();
      MachineStart.deleteQuietly(runtime);
    }
  }

  /**
   * In order if the guest answers, else by pulling the plug; that is also quicker, and enough if
   * nobody will read again what the guest would write to its disk.
   */
  private void powerOff() throws InterruptedException {
    try {
      if (throwaway) {
        vm.kill();
      } else {
        agent.shutDown(SHUTDOWN_DEADLINE);
        vm.awaitEnd(SHUTDOWN_DEADLINE);
      }
    } catch (EngineException noAnswer) {
      if (noAnswer.kind() == Kind.CANCELLED) {
        throw new InterruptedException();
      }
    }
    agent.presumeAllKilled();
  }

  /**
   * Ends the main process: its stop signal, after {@code grace} SIGKILL; and if even that has no
   * effect, because the guest is stuck or nobody reads the output that must come before the end,
   * the machine is turned off.
   */
  void stop(Duration grace) throws InterruptedException {
    signalQuietly(plan.stopSignal());
    if (endedWithin(grace)) {
      return;
    }
    signalQuietly(LinuxSignal.KILL);
    if (!endedWithin(KILL_DEADLINE)) {
      main.presumeExited(128 + LinuxSignal.KILL);
    }
  }

  private void signalQuietly(int signal) throws InterruptedException {
    try {
      main.signal(signal, SIGNAL_DEADLINE);
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw new InterruptedException();
      }
    }
  }

  private boolean endedWithin(Duration limit) throws InterruptedException {
    try {
      return main.awaitExit(limit).isPresent();
    } catch (EngineException lost) {
      return true;
    }
  }

  /** What the guest's kernel said last, if it died; else empty. */
  static String lastWords(VirtualMachine vm) {
    Optional<String> panic =
        vm.consoleTail(CONSOLE_BYTES)
            .lines()
            .filter(line -> line.contains("Kernel panic") || line.contains("Out of memory"))
            .reduce((first, last) -> last);
    return panic.map(line -> " (guest: " + printable(line) + ")").orElse("");
  }

  private static String printable(String line) {
    return line.strip().replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
