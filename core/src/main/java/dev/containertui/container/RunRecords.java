package dev.containertui.container;

import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.vm.BootTimeline;
import java.time.Instant;

/** What a container's record becomes when something has happened to its run. */
final class RunRecords {
  private RunRecords() {}

  /** Its main process was started. */
  static ContainerRecord begun(
      ContainerRecord current, RunningMachine machine, BootTimeline timeline, Instant now) {
    return current
        .with(machine.description(), timeline)
        .entering(new Running(now, machine.vm().pid()))
        .with(current.facts().started(now));
  }

  /** It was taken up; perhaps the engine before had not written yet how it was. */
  static ContainerRecord found(ContainerRecord current, RunningMachine machine) {
    ContainerRecord with = current.with(machine.description(), current.bootTimeline());
    long pid = machine.vm().pid();
    Instant at = current.state().at();
    return switch (current.state()) {
      case Starting _ -> {
        Instant started = machine.vm().startedAt();
        yield with.entering(new Running(started, pid)).with(current.facts().started(started));
      }
      case Paused _ -> machine.frozen() ? with : with.entering(new Running(at, pid));
      default -> with;
    };
  }

  /** It is over. */
  static ContainerRecord ended(
      ContainerRecord current, BootTimeline timeline, RunOutcome.Run ended, RunOutcome outcome) {
    RunFacts facts = current.facts();
    return current
        .machine()
        .map(known -> current.with(known, timeline))
        .orElse(current)
        .entering(outcome.state())
        .with(ended.begun() ? facts.finished(outcome.state().at()) : facts.neverBegun());
  }
}
