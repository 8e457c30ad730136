package dev.containertui.vm.qemu;

import dev.containertui.host.HostCommand;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The process of a machine: a child of this one, or one that another process started. */
interface MachineProcess {
  long pid();

  boolean isAlive();

  /** Waits for its end; whether it has ended within {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException;

  /** How it ended; empty if only its parent could know. Only after its end. */
  OptionalInt exitStatus();

  /** Sends SIGKILL and does not wait. */
  void killAtOnce();

  /** Kills it and waits until it is gone, at most 10 s, whatever interrupts. */
  void kill();

  /** A child of this process. */
  record Child(Process process) implements MachineProcess {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public OptionalInt exitStatus() {
      return OptionalInt.of(process.exitValue());
    }

    @Override
    public void killAtOnce() {
      process.destroyForcibly();
    }

    @Override
    public void kill() {
      HostCommand.destroy(process);
    }
  }
}
