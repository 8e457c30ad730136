package dev.containertui.engine;

import java.time.Instant;
import java.util.Map;

/** Something that happened. */
public sealed interface EngineEvent {
  Instant at();

  /**
   * An image was pulled, tagged or removed; {@code action} is one of {@code pull push tag untag
   * delete load import save prune}.
   */
  record ImageChanged(Instant at, String action, String reference) implements EngineEvent {}

  /**
   * A container changed.
   *
   * @param action one of {@code create start restart kill die oom stop pause unpause rename update
   *     exec_create exec_start exec_die attach detach health_status resize commit copy export
   *     destroy prune}
   * @param attributes more about it: {@code image}, {@code exitCode}, {@code signal}, {@code
   *     execID}, {@code health}, {@code oldName}, and the container's labels
   */
  record ContainerChanged(
      Instant at, String action, String containerId, String name, Map<String, String> attributes)
      implements EngineEvent {
    public ContainerChanged {
      attributes = Map.copyOf(attributes);
    }

    public ContainerChanged(Instant at, String action, String containerId, String name) {
      this(at, action, containerId, name, Map.of());
    }
  }
}
