package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.agent.GuestStats;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import dev.containertui.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A container's machine while its main process runs.
 *
 * @param runtime directory of its sockets
 * @param frozen whether its processes stand still, as it was taken up
 */
record RunningMachine(
    VirtualMachine vm,
    AgentConnection agent,
    GuestProcessHandle main,
    ProcessPlan plan,
    Path runtime,
    ContainerRecord.Machine description,
    boolean frozen) {
  private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);
  private static final Duration LIMITS_DEADLINE = Duration.ofSeconds(15);
  private static final Duration EXEC_DEADLINE = Duration.ofSeconds(30);
  private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(5);
  private static final Duration DEATH_DEADLINE = Duration.ofSeconds(2);
  private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(2);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(3);

  /** As good as for ever. */
  private static final Duration LONGEST_GRACE = Duration.ofDays(3650);

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
        host.residentBytes(),
        host.sharedBytes());
  }

  /** Lets the container's processes stand still, or go on. */
  void freeze(boolean still) {
    agent.freeze(still, REQUEST_DEADLINE);
  }

  /**
   * Changes the limits of the container.
   *
   * @throws EngineException INVALID if they are more than the machine has
   */
  void limit(MachineSize size) {
    if (size.vcpus() > description.vcpus()) {
      throw new EngineException(
          Kind.INVALID,
          "the machine has " + description.vcpus() + " CPUs, and cannot get more while it runs",
          "stop the container first");
    }
    MachineMemory memory = description.memory();
    long most = memory.machineBytes() - memory.overheadBytes();
    if (size.memory().limitBytes().orElse(0) > most) {
      throw new EngineException(
          Kind.INVALID,
          "the machine has "
              + (most >> 20)
              + " MiB for the container, and cannot get more while it runs",
          "stop the container first");
    }
    agent.limits(
        OptionalInt.of(size.cpuQuotaMillis().orElse(0)),
        OptionalLong.of(size.memory().limitBytes().orElse(0)),
        LIMITS_DEADLINE);
  }

  /**
   * Waits for the end of the main process.
   *
   * @throws EngineException if the connection is lost
   */
  int awaitMain() throws InterruptedException {
    return main.awaitExit().code();
  }

  /** Whether the guest's kernel has killed any process for want of memory. */
  boolean ranOutOfMemory() {
    try {
      return agent.stats(SIGNAL_DEADLINE).oomKills() > 0;
    } catch (EngineException e) {
      return false;
    }
  }

  /** Why the connection to the guest was lost: mostly because the machine has ended. */
  String whyLost(EngineException lost) throws InterruptedException {
    String reason =
        vm.awaitEnd(DEATH_DEADLINE)
            .map(end -> "its machine ended: " + end.detail())
            .orElse(lost.getMessage());
    return reason + lastWords(vm);
  }

  /**
   * Turns the machine off: in order if the guest answers, else by pulling the plug; that is also
   * quicker, and enough if nobody will read again what the guest would write to its disk.
   *
   * @param limit how long its disks may take to be written; zero: nobody will look at them
   */
  void powerOff(Duration limit) throws InterruptedException {
    try {
      if (limit.isPositive()) {
        agent.shutDown(limit);
        vm.awaitEnd(SHUTDOWN_DEADLINE);
      } else {
        vm.kill();
      }
    } catch (EngineException noAnswer) {
      if (noAnswer.kind() == Kind.CANCELLED) {
        throw new InterruptedException();
      }
    }
    agent.presumeAllKilled();
  }

  /** Kills it, if it still runs, and cleans up after it. */
  void discard() {
    try {
      vm.close();
    } finally {
      agent.close();
      MachineStart.deleteQuietly(runtime);
    }
  }

  /** Lets go of it: it runs on, for another engine. */
  void letGo() {
    agent.close();
    vm.detach();
  }

  /** What a stop does besides sending signals. */
  interface StopSteps {
    /** A signal has been sent. */
    void signalled(int number);

    /** The first signal is there: processes that stand still must go on now to hear it. */
    void thaw();

    /** From now on it must come to an end. */
    void hurry();
  }

  /**
   * Ends the main process: a signal, after {@code grace} SIGKILL; and if even that has no effect,
   * because the guest is stuck, the machine is turned off.
   *
   * @param signal the stop signal, or SIGKILL
   */
  void stop(int signal, Duration grace, StopSteps steps) throws InterruptedException {
    signalQuietly(signal);
    steps.signalled(signal);
    steps.thaw();
    if (signal != LinuxSignal.KILL) {
      if (endedWithin(grace.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : grace)) {
        steps.hurry();
        return;
      }
      signalQuietly(LinuxSignal.KILL);
      steps.signalled(LinuxSignal.KILL);
    }
    steps.hurry();
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
    return panic.map(line -> " (guest: " + ForeignText.clean(line.strip()) + ")").orElse("");
  }
}
