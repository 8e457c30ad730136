package dev.containertui.engine;

import dev.containertui.container.Unsupported;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one interface that every front end uses: images, containers, kernels and what happens to
 * them.
 *
 * <p>Methods block; they are meant for virtual threads. Interrupting a thread cancels what it waits
 * for: the method throws an {@link dev.containertui.error.EngineException} of kind CANCELLED and
 * leaves nothing half-done behind.
 */
public interface Engine extends AutoCloseable {
  Images images();

  Containers containers();

  Kernels kernels();

  Templates templates();

  /** Its volumes. */
  default Volumes volumes() {
    throw Unsupported.of("keeping volumes");
  }

  /**
   * Calls {@code listener} for every event from now on, one at a time, until the subscription is
   * closed.
   */
  Subscription onEvent(Consumer<EngineEvent> listener);

  /**
   * The same, beginning with the events since a time, as far as they are still known; none is
   * missing or double in between.
   */
  default Subscription onEvent(Instant since, Consumer<EngineEvent> listener) {
    throw Unsupported.of("telling of past events");
  }

  /** What this engine is, and how much it has to do. */
  default EngineInfo info() {
    throw Unsupported.of("telling about itself");
  }

  /** Whether containers end with the calling process, because the engine is a part of it. */
  default boolean endsWithCaller() {
    return info().pid() == ProcessHandle.current().pid();
  }

  /** What takes how much of the disk. */
  default DiskUsage diskUsage() {
    throw Unsupported.of("counting what is on the disk");
  }

  /**
   * Does something that only looks, as what looks again and again by itself does: an engine that
   * has gone away is not started for it.
   *
   * @throws dev.containertui.error.EngineException UNAVAILABLE if it has gone away; what {@code
   *     look} throws
   */
  default <T> T watch(Supplier<T> look) {
    return look.get();
  }

  /** Examines this host: what is there, what is missing, and why things are as they are. */
  List<Finding> diagnose();

  /**
   * Ends every container of this engine (SIGTERM, SIGKILL, power off, kill) and releases
   * everything.
   */
  @Override
  void close();

  /** A registered listener. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * One line of a diagnosis.
   *
   * @param subject what was examined, for example {@code QEMU}
   * @param detail what was found and why it matters
   * @param hint what to do; empty if nothing
   */
  record Finding(Level level, String subject, String detail, String hint) {
    public enum Level {
      OK,
      NOTE,
      PROBLEM
    }
  }
}
