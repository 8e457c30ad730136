package dev.containertui.vm;

import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A running machine. {@link #close()} kills it if it still runs, and removes its sockets. */
public interface VirtualMachine extends AutoCloseable {
  /** Process id of the machine on the host. */
  long pid();

  /** When the machine's process was started. */
  Instant startedAt();

  /**
   * The byte stream to the guest's agent, open for one client at a time. The guest may not listen
   * yet; bytes wait. Reads and writes block and can be interrupted.
   */
  ByteChannel openAgentChannel();

  boolean alive();

  /** Waits for the end of the machine's process; how it ended, if it did within {@code limit}. */
  Optional<End> awaitEnd(Duration limit) throws InterruptedException;

  /** Kills the machine at once, like pulling the plug. Returns when its process is gone. */
  void kill();

  /** What the machine's process uses on the host. */
  Usage usage();

  /**
   * The last lines of the guest's console (kernel messages), for error reports; at most {@code
   * maxBytes}.
   */
  String consoleTail(int maxBytes);

  /** Lets go of the machine, which runs on: {@link Hypervisor#adopt} takes it up again. */
  void detach();

  @Override
  void close();

  /**
   * How a machine ended.
   *
   * @param clean the guest's init asked for it, after syncing its disks
   * @param detail one line for a person
   */
  record End(boolean clean, String detail) {}

  /**
   * What the machine's host process uses.
   *
   * @param cpuMicros CPU time, microseconds
   * @param residentBytes resident memory
   * @param sharedBytes how much of that is mapped from files
   */
  record Usage(long cpuMicros, long residentBytes, long sharedBytes) {}
}
