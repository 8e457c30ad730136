package dev.containertui.container;

import java.time.Instant;

/**
 * Where a container is in its life; a removed container has no state.
 *
 * <pre>
 *   Created ──▶ Starting ──▶ Running ◀──▶ Paused
 *                  ▲  │         │            │
 *                  │  │         ▼            │
 *                  │  │     Stopping ◀───────┘
 *                  │  ▼         ▼
 *                  ├── Exited, Failed
 *                  │      ▼
 *                  └── Restarting
 * </pre>
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

  /**
   * Its processes stand still.
   *
   * @param machinePid process id of the virtual machine on the host
   */
  record Paused(Instant at, long machinePid) implements ContainerState {}

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

  /**
   * It has ended, and will be started again when its restart policy has waited long enough.
   *
   * @param exitCode of the run that ended; -1 if its machine failed
   */
  record Restarting(Instant at, int exitCode) implements ContainerState {}

  /** Whether its main process has started, and its machine is not yet off. */
  default boolean isUp() {
    return this instanceof Running || this instanceof Paused || this instanceof Stopping;
  }

  /** When this state was entered. */
  Instant at();

  /** Whether it has a machine, or is about to have one. */
  default boolean isActive() {
    return switch (this) {
      case Starting _, Running _, Paused _, Stopping _, Restarting _ -> true;
      case Created _, Exited _, Failed _ -> false;
    };
  }

  /** One lower-case word, the name of this type. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
