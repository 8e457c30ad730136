package dev.containertui.engine;

import java.time.Instant;

/** Something that happened. */
public sealed interface EngineEvent {
  Instant at();

  /** An image was pulled, tagged or removed; {@code action} is one of {@code pull untag delete}. */
  record ImageChanged(Instant at, String action, String reference) implements EngineEvent {}

  /** A container changed; {@code action} is one of {@code create start exec die stop destroy}. */
  record ContainerChanged(Instant at, String action, String containerId, String name)
      implements EngineEvent {}
}
