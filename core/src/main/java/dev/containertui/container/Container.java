package dev.containertui.container;

import dev.containertui.agent.GuestProcess;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A handle on one container. Methods block; interrupting the thread cancels them with an {@link
 * dev.containertui.error.EngineException} of kind CANCELLED.
 */
public interface Container {
  /** 64 lower-case hexadecimal digits. */
  String id();

  /** The first 12 digits of {@link #id()}. */
  default String shortId() {
    return id().substring(0, 12);
  }

  String name();

  ContainerSpec spec();

  Instant createdAt();

  /** Digest of the image's manifest, {@code sha256:…}. */
  String imageDigest();

  /**
   * What the main process executes, program first: the user's entrypoint and arguments over the
   * image's.
   */
  List<String> command();

  ContainerState state();

  /** The container's address, if its network is up. */
  Optional<String> address();

  /**
   * Boots the machine and starts the main process.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it has been started before;
   *     NOT_EXECUTABLE or COMMAND_NOT_FOUND if the main process cannot be executed; UNAVAILABLE or
   *     TIMEOUT if the machine does not come up
   */
  ContainerProcess start();

  /** The main process, once started. */
  Optional<ContainerProcess> process();

  /**
   * Starts a further process beside the main one.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if the container does not run in this
   *     engine; NOT_EXECUTABLE or COMMAND_NOT_FOUND if the process cannot be executed
   */
  ContainerProcess exec(ProcessSpec spec);

  /**
   * A sample of the running container.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it does not run in this engine
   */
  ContainerStats stats();

  /**
   * The processes of the running container.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it does not run in this engine
   */
  List<GuestProcess> processes();

  /** How the machine came up; without marks before the start. */
  BootTimeline bootTimeline();

  /**
   * Sends a signal to the main process.
   *
   * @param signalNumber of Linux, 1–64
   * @throws dev.containertui.error.EngineException CONFLICT if the container does not run in this
   *     engine
   */
  void kill(int signalNumber);

  /**
   * Ends the container: SIGTERM (or the image's stop signal), after {@code grace} SIGKILL, then
   * power off. Always ends. Does nothing if it has ended or was never started.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it runs in another engine
   */
  void stop(Duration grace);

  /** Waits until the container has ended, its disks synced and its machine gone. */
  ContainerState awaitEnd() throws InterruptedException;

  /**
   * Removes record and disk; {@code force} stops it first.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it runs and {@code force} is not
   *     given; NOT_FOUND if it has been removed
   */
  void remove(boolean force);
}
