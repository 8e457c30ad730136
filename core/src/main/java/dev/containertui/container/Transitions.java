package dev.containertui.container;

import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;

/**
 * Which state may follow which: the one place that says so.
 *
 * <pre>
 *   Created, Exited, Failed, Restarting ──▶ Starting ──▶ Running ◀──▶ Paused
 *   from Starting: also back to where it came from, if that start was given up
 *   from Running, Paused: Stopping; and the end
 *   from Stopping: the end; Running, if the stop was given up
 *   the end: Exited, Failed, or Restarting if its policy wants that
 *   from Restarting: Exited or Failed, if it was stopped while it waited
 * </pre>
 */
final class Transitions {
  private Transitions() {}

  static boolean allowed(ContainerState from, ContainerState to) {
    return switch (from) {
      case Created _, Exited _, Failed _ -> to instanceof Starting;
      case Starting _ -> to instanceof Running || to instanceof Created || isEnd(to);
      case Running _ -> to instanceof Paused || to instanceof Stopping || isEnd(to);
      case Paused _ -> to instanceof Running || to instanceof Stopping || isEnd(to);
      case Stopping _ -> to instanceof Running || isEnd(to);
      case Restarting _ -> to instanceof Starting || to instanceof Exited || to instanceof Failed;
    };
  }

  private static boolean isEnd(ContainerState state) {
    return state instanceof Exited || state instanceof Failed || state instanceof Restarting;
  }

  /**
   * @throws IllegalStateException if the one may not follow the other
   */
  static void require(ContainerState from, ContainerState to) {
    if (!allowed(from, to)) {
      throw new IllegalStateException("from " + from.word() + " to " + to.word());
    }
  }
}
