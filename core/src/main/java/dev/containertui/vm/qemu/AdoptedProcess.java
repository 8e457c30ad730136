package dev.containertui.vm.qemu;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The process of a machine that another process started, which is gone. It is no child, so the
 * system tells neither when it ends nor how: its control socket does, whose end comes with its own;
 * then it is looked for, every few milliseconds. Somebody else's zombie counts as ended.
 */
final class AdoptedProcess implements MachineProcess {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private final long pid;
  private final long startTicks;
  private volatile SocketEnd socketEnd = limit -> true;

  /** Waits for the end of a connection to the process; whether it came within {@code limit}. */
  interface SocketEnd {
    boolean await(Duration limit) throws InterruptedException;
  }

  /**
   * @throws EngineException NOT_FOUND if there is no such process
   */
  AdoptedProcess(long pid) {
    this.pid = pid;
    this.startTicks =
        ProcessStat.of(pid)
            .filter(stat -> !stat.ended())
            .map(ProcessStat::startTicks)
            .orElseThrow(
                () -> new EngineException(Kind.NOT_FOUND, "the machine's process is gone: " + pid));
  }

  /** As long as this connection lives, so does the process; it need not be looked for. */
  void livesWith(SocketEnd connection) {
    socketEnd = connection;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean isAlive() {
    return ProcessStat.of(pid)
        .filter(stat -> stat.startTicks() == startTicks && !stat.ended())
        .isPresent();
  }

  @Override
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    if (!socketEnd.await(limit)) {
      return false;
    }
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_INTERVAL);
    }
    return true;
  }

  @Override
  public OptionalInt exitStatus() {
    return OptionalInt.empty();
  }

  @Override
  public void killAtOnce() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void kill() {
    killAtOnce();
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + KILL_LIMIT.toNanos();
    while (isAlive() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
