package dev.containertui.container;

import java.time.Instant;

/**
 * Where a container is in its life. Transitions go down this list only; a removed container has no
 * state.
 */
public sealed interface ContainerState {
  /** Its record and disk exist; nothing runs. */
  record Created(Instant at) implements ContainerState {}

  /** Its machine boots. */
  record Starting(Instant at) implements ContainerState {}

  /**
   * Its main process runs.
   *
   * @param machinePid process id of the virtual machine on the host
   */
  record Running(Instant at, long machinePid) implements ContainerState {}

  /** It is being stopped. */
  record Stopping(Instant at) implements ContainerState {}

  /**
   * Its main process ended and its machine is off.
   *
   * @param exitCode 0–255; 128 + n after signal n
   */
  record Exited(Instant at, int exitCode) implements ContainerState {}

  /** It could not be started, or its machine died. */
  record Failed(Instant at, String reason) implements ContainerState {}

  /** When this state was entered. */
  Instant at();

  /** One lower-case word: created, starting, running, stopping, exited, failed. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
