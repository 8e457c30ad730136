package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import dev.containertui.vm.VirtualMachine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A QEMU process that runs one guest. */
final class QemuMachine implements VirtualMachine {
  /** It says when it goes on; only its death has to be looked for. */
  private static final Duration LOOK_FOR_DEATH = Duration.ofMillis(20);

  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(20);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
  private static final int KILLED_EXIT_CODE = 128 + 9;
  private static final int CONSOLE_TAIL_BYTES = 16 << 10;

  private final MachineProcess process;
  private final MachineFiles files;
  private final Instant startedAt;
  private final long startTicks;
  private final QmpClient qmp;
  private final ConsoleLog console;
  private volatile String shutdownReason = "";
  private volatile boolean stopped;
  private volatile boolean keeping;
  private final CountDownLatch running = new CountDownLatch(1);
  private volatile Usage lastUsage = new Usage(0, 0, 0);
  private SocketChannel agent;
  private Optional<End> end = Optional.empty();

  /**
   * Takes over a QEMU process that was just started; waits until it is ready to be talked to.
   *
   * @throws IOException if its sockets do not listen yet
   */
  QemuMachine(Process process, MachineFiles files, Duration limit) throws IOException {
    this(new MachineProcess.Child(process), files, Instant.now(), limit);
  }

  /**
   * Takes over a machine that another process started, and which is gone.
   *
   * @throws IOException if its sockets do not listen
   * @throws EngineException UNAVAILABLE if it stands still, because its accelerator gave up
   */
  static QemuMachine adopt(AdoptedProcess process, MachineFiles files, Duration limit)
      throws IOException {
    Instant startedAt =
        ProcessHandle.of(process.pid())
            .flatMap(handle -> handle.info().startInstant())
            .orElseGet(Instant::now);
    QemuMachine machine = new QemuMachine(process, files, startedAt, limit);
    process.livesWith(machine.qmp::awaitEnd);
    try {
      String status = machine.qmp.execute("query-status", Map.of(), limit).path("status").asText();
      if (!status.equals("running")) {
        throw new EngineException(Kind.UNAVAILABLE, "the machine stands still: " + status);
      }
      return machine;
    } catch (EngineException e) {
      machine.detach();
      throw e;
    }
  }

  private QemuMachine(MachineProcess process, MachineFiles files, Instant startedAt, Duration limit)
      throws IOException {
    this.process = process;
    this.files = files;
    this.startedAt = startedAt;
    this.startTicks = ProcessStat.of(process.pid()).map(ProcessStat::startTicks).orElse(0L);
    this.qmp = QmpClient.connect(files.qmp(), limit, this::onEvent);
    try {
      this.console = new ConsoleLog(files.console());
    } catch (IOException e) {
      qmp.close();
      throw e;
    }
  }

  private void onEvent(QmpClient.QmpEvent event) {
    switch (event.name()) {
      case "SHUTDOWN" -> shutdownReason = event.data().path("reason").asText();
      case "RESUME" -> running.countDown();
      // Nobody else pauses machines, so the accelerator gave up: KVM's "internal error". Such a
      // guest would stand still for ever.
      case "STOP" -> {
        if (!keeping) {
          stopped = true;
          process.killAtOnce();
        }
      }
      default -> {}
    }
  }

  /** Writes the state of its devices to a file; the machine stands still from then on. */
  void keep(Path state) {
    keeping = true;
    new QemuMigration(qmp).save(files.keep(), state);
  }

  /**
   * Has it go on from a state of {@link #keep}, which is its descriptor 0.
   *
   * @throws EngineException UNAVAILABLE with what QEMU said, if it cannot
   */
  void restore() {
    try {
      new QemuMigration(qmp).load();
      long deadline = System.nanoTime() + RESTORE_LIMIT.toNanos();
      while (!running.await(LOOK_FOR_DEATH.toNanos(), TimeUnit.NANOSECONDS)) {
        if (!process.isAlive()) {
          throw new EngineException(Kind.UNAVAILABLE, "QEMU: " + files.errorLine());
        } else if (System.nanoTime() > deadline) {
          throw new EngineException(
              Kind.TIMEOUT,
              "QEMU did not take the machine's state within " + RESTORE_LIMIT.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "starting the machine was cancelled", e);
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public synchronized ByteChannel openAgentChannel() {
    if (agent != null && agent.isOpen()) {
      throw new EngineException(Kind.CONFLICT, "the machine's agent channel is open already");
    }
    try {
      var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(files.agent()));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      agent = channel;
      return channel;
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the machine's agent channel cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public Optional<End> awaitEnd(Duration limit) throws InterruptedException {
    return process.awaitEnd(limit) ? Optional.of(end()) : Optional.empty();
  }

  private synchronized End end() throws InterruptedException {
    if (end.isEmpty()) {
      // Its last words may still be on their way from the sockets.
      qmp.awaitEnd(DRAIN_LIMIT);
      console.awaitEnd(DRAIN_LIMIT);
      end = Optional.of(describeEnd(process.exitStatus()));
    }
    return end.get();
  }

  private End describeEnd(OptionalInt status) {
    if (status.isEmpty()) {
      return switch (shutdownReason) {
        case "guest-shutdown" -> new End(true, "powered off");
        case "guest-reset" -> describeReset(consoleTail(CONSOLE_TAIL_BYTES));
        default -> new End(false, "it was killed or powered off");
      };
    }
    int exitCode = status.getAsInt();
    if (exitCode == QemuCommand.CLEAN_EXIT_CODE) {
      return new End(true, "powered off");
    } else if (stopped) {
      return new End(false, "the accelerator failed: KVM stopped the guest with an internal error");
    } else if (exitCode == KILLED_EXIT_CODE) {
      return new End(false, "killed");
    } else if (exitCode != 0) {
      return new End(false, "QEMU failed with status " + exitCode + ": " + files.errorText());
    }
    return switch (shutdownReason) {
      case "guest-shutdown" -> new End(true, "powered off");
      case "guest-reset" -> describeReset(consoleTail(CONSOLE_TAIL_BYTES));
      default -> new End(false, "QEMU was told to quit");
    };
  }

  /** A guest that wants to restart is what a panic looks like too; the console tells them apart. */
  private static End describeReset(String console) {
    String panic =
        console.lines().filter(line -> line.contains("Kernel panic")).findFirst().orElse("");
    if (!panic.isEmpty()) {
      return new End(false, panic.substring(panic.indexOf("Kernel panic")).strip());
    } else if (console.contains("reboot: Restarting system")) {
      return new End(true, "powered off");
    }
    return new End(false, "the guest crashed");
  }

  @Override
  public void kill() {
    process.kill();
    if (process.isAlive()) {
      throw new EngineException(
          Kind.TIMEOUT, "the machine's process " + pid() + " does not go away after a kill");
    }
  }

  @Override
  public Usage usage() {
    ProcessStat.of(pid())
        .filter(stat -> process.isAlive() && stat.startTicks() == startTicks)
        .ifPresentOrElse(
            stat -> lastUsage = stat.usage(),
            () -> lastUsage = new Usage(lastUsage.cpuMicros(), 0, 0));
    return lastUsage;
  }

  @Override
  public String consoleTail(int maxBytes) {
    return console.tail(maxBytes);
  }

  @Override
  public PublishedPort publish(String address, int hostPort, ContainerPort to) {
    return new HostForwards(qmp, pid()).add(address, hostPort, to);
  }

  @Override
  public List<PublishedPort> published() {
    return new HostForwards(qmp, pid()).list();
  }

  @Override
  public void close() {
    try {
      kill();
    } finally {
      detach();
      files.delete();
    }
  }

  @Override
  public void detach() {
    qmp.close();
    console.close();
    closeAgent();
  }

  private synchronized void closeAgent() {
    try {
      if (agent != null) {
        agent.close();
      }
    } catch (IOException e) {
      // The machine is gone anyway.
    }
  }
}
