package dev.containertui.container;

import dev.containertui.agent.GuestProcess;
import dev.containertui.network.PublishedPort;
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

  /** When its main process was last started, if it was. */
  default Optional<Instant> startedAt() {
    return Optional.empty();
  }

  /** When it last ended, if it did. */
  default Optional<Instant> finishedAt() {
    return Optional.empty();
  }

  /**
   * The machine that it runs in or, if it does not run, last ran in; empty if that is not known or
   * there was none.
   */
  default Optional<MachineFacts> machine() {
    return Optional.empty();
  }

  /**
   * Whether it has been removed. What is told of it then, its name and its state among them, is the
   * last that was known.
   */
  default boolean isRemoved() {
    return false;
  }

  /** Its ports that the host listens for now; none if it does not run. */
  default List<PublishedPort> ports() {
    return state().isUp() ? machine().map(MachineFacts::ports).orElse(List.of()) : List.of();
  }

  /** How often its restart policy has started it again, since somebody last did. */
  default int restartCount() {
    return 0;
  }

  /** What the checks of its health have found; empty if there are none. */
  default Optional<Health> health() {
    return Optional.empty();
  }

  /**
   * Starts the main process in a machine of its own; again, with the same disk, if it has ended.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it runs; NOT_EXECUTABLE or
   *     COMMAND_NOT_FOUND if the main process cannot be executed; UNAVAILABLE or TIMEOUT if the
   *     machine does not come up
   */
  ContainerProcess start();

  /**
   * The main process of the last start: its output from its start on, as far as the log still has
   * it, which every call tells anew.
   */
  Optional<ContainerProcess> process();

  /**
   * Attaches a client to the main process. May be done before the start: then from there on,
   * without a gap.
   *
   * @param replay whether to begin with what the running process has written until now, as far as
   *     the log still has it; else with what comes from now on
   */
  default Attachment attach(boolean replay) {
    throw Unsupported.of("attaching to a container");
  }

  /** Its output, of all its runs, as far as it is kept. */
  default LogStream logs(LogQuery query) {
    throw Unsupported.of("reading a container's log");
  }

  /** Its files. */
  default ContainerFiles files() {
    throw Unsupported.of("reading a container's files");
  }

  /**
   * Stops it as {@link #stop} does, if it runs, and starts it.
   *
   * @param grace empty: what its specification says
   */
  default void restart(Optional<Duration> grace) {
    throw Unsupported.of("restarting a container");
  }

  /**
   * Lets its processes stand still.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it does not run, or is paused
   */
  default void pause() {
    throw Unsupported.of("pausing a container");
  }

  /**
   * Lets them go on.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it is not paused
   */
  default void unpause() {
    throw Unsupported.of("pausing a container");
  }

  /**
   * Gives it another name.
   *
   * @throws dev.containertui.error.EngineException INVALID; CONFLICT if the name is taken
   */
  default void rename(String newName) {
    throw Unsupported.of("renaming a container");
  }

  /**
   * Changes limits and policy, at once if it runs.
   *
   * @throws dev.containertui.error.EngineException INVALID if the machine cannot have that
   */
  default void update(ResourceUpdate update) {
    throw Unsupported.of("changing a container's limits");
  }

  /**
   * Makes an image of its files.
   *
   * @return digest of the new image's manifest
   */
  default String commit(CommitSpec spec) {
    throw Unsupported.of("making an image of a container");
  }

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
   * Begins to wait for something else about it: what happens after this call has returned is not
   * missed, so that a client can be told that it may start the container now.
   */
  default Waiting watch(WaitCondition condition) {
    throw Unsupported.of("waiting for a container");
  }

  /**
   * Waits for something else about it.
   *
   * @return its exit code; -1 if it never ran or its machine failed
   */
  default int await(WaitCondition condition) throws InterruptedException {
    return watch(condition).await();
  }

  /**
   * Removes record and disk; {@code force} stops it first.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if it runs and {@code force} is not
   *     given; NOT_FOUND if it has been removed
   */
  void remove(boolean force);

  /**
   * The same, and with {@code volumes} the volumes that were made for it without a name.
   *
   * @throws dev.containertui.error.EngineException as {@link #remove(boolean)}
   */
  default void remove(boolean force, boolean volumes) {
    if (volumes) {
      throw Unsupported.of("removing volumes with their container");
    }
    remove(force);
  }
}
