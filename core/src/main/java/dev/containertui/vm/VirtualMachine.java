package dev.containertui.vm;

import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /**
   * Has the host listen, and what arrives there go to the guest, as long as the machine lives.
   *
   * @param address of the host, IPv4; {@code 0.0.0.0}: all that it has
   * @param hostPort 1–65535; 0: any that is free
   * @throws dev.containertui.error.EngineException CONFLICT if the port is taken; INVALID if the
   *     address is none of this host's; UNAVAILABLE if this user may not listen there, or for
   *     another reason
   */
  PublishedPort publish(String address, int hostPort, ContainerPort to);

  /** All that {@link #publish} has done, whoever did it. */
  List<PublishedPort> published();

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
