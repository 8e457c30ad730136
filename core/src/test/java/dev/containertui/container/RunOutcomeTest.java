package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerRun.End;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static ContainerRecord record(ContainerSpec.Builder spec, ContainerState before) {
    return new ContainerRecord(
            "a".repeat(64),
            "name",
            spec.build(),
            "i",
            "sha256:" + "0".repeat(64),
            List.of("c"),
            NOW,
            before,
            Optional.empty(),
            BootTimeline.empty(),
            RunFacts.none(true))
        .entering(new Starting(NOW))
        .with(RunFacts.none(true).starting(true, false, before));
  }

  private static ContainerSpec.Builder spec(RestartPolicy policy) {
    return ContainerSpec.of("i").restartPolicy(policy);
  }

  private static RunOutcome of(
      End end, ContainerSpec.Builder spec, StopIntent intent, boolean ran, boolean byPolicy) {
    ContainerRecord record = record(spec, new Created(NOW));
    ContainerRecord running =
        ran
            ? record.entering(new Running(NOW, 1)).with(record.facts().started(NOW.minusSeconds(1)))
            : record;
    return RunOutcome.of(
        new RunOutcome.Run(end, intent, ran, byPolicy), running, new RestartSchedule(), NOW);
  }

  private static End failed(Kind kind) {
    return new End.Failed(new EngineException(kind, "why"));
  }

  @Test
  void anEndIsTheLastStateWithoutAPolicy() {
    RunOutcome outcome =
        of(new End.Exited(3), spec(new RestartPolicy.No()), StopIntent.NONE, true, false);
    assertEquals(new Exited(NOW, 3), outcome.state());
    assertEquals(Optional.empty(), outcome.restartAfter());
    assertFalse(outcome.removed());
    assertEquals(3, outcome.reportedCode());
  }

  @Test
  void thePolicyCountsUnlessSomebodyStoppedIt() {
    ContainerSpec.Builder always = spec(new RestartPolicy.Always());
    RunOutcome outcome = of(new End.Exited(3), always, StopIntent.NONE, true, false);
    assertEquals(new Restarting(NOW, 3), outcome.state());
    assertEquals(Optional.of(Duration.ofMillis(100)), outcome.restartAfter());
    for (StopIntent intent : List.of(StopIntent.STOP, StopIntent.RESTART, StopIntent.REMOVE)) {
      assertEquals(new Exited(NOW, 3), of(new End.Exited(3), always, intent, true, false).state());
    }
  }

  @Test
  void aMachineThatFailsIsReplacedIfThePolicyWantsThat() {
    ContainerSpec.Builder onFailure = spec(new RestartPolicy.OnFailure(0));
    RunOutcome outcome = of(failed(Kind.UNAVAILABLE), onFailure, StopIntent.NONE, true, false);
    assertEquals(new Restarting(NOW, -1), outcome.state());
    assertEquals(137, outcome.reportedCode());
  }

  @Test
  void aStartThatFailsIsTriedAgainOnlyByThePolicyItselfAndIfThereIsHope() {
    ContainerSpec.Builder always = spec(new RestartPolicy.Always());
    assertInstanceOf(
        Failed.class, of(failed(Kind.EXHAUSTED), always, StopIntent.NONE, false, false).state());
    assertInstanceOf(
        Restarting.class, of(failed(Kind.EXHAUSTED), always, StopIntent.NONE, false, true).state());
    RunOutcome hopeless = of(failed(Kind.COMMAND_NOT_FOUND), always, StopIntent.NONE, false, true);
    assertInstanceOf(Failed.class, hopeless.state());
    assertEquals(127, hopeless.reportedCode());
    assertInstanceOf(
        Failed.class, of(new End.Cancelled(), always, StopIntent.NONE, false, false).state());
  }

  @Test
  void whatIsThrownAwayIsRemovedUnlessItIsRestarted() {
    ContainerSpec.Builder thrown = spec(new RestartPolicy.Always()).removeOnExit(true);
    RunOutcome outcome = of(new End.Exited(0), thrown, StopIntent.NONE, true, false);
    assertTrue(outcome.removed());
    assertEquals(new Exited(NOW, 0), outcome.state());
    assertFalse(of(new End.Exited(0), thrown, StopIntent.RESTART, true, false).removed());
  }

  @Test
  void aStartThatNeverBeganLeavesEverythingAsItWas() {
    for (ContainerState before :
        List.of(new Created(NOW), new Exited(NOW, 4), new Restarting(NOW, 5))) {
      ContainerRecord record = record(spec(new RestartPolicy.Always()).removeOnExit(true), before);
      RunOutcome outcome =
          RunOutcome.of(
              new RunOutcome.Run(new End.NeverBegun(), StopIntent.NONE, false, true),
              record,
              new RestartSchedule(),
              NOW);
      assertEquals(before, outcome.state());
      assertEquals(before instanceof Restarting, outcome.restartAfter().isPresent());
      assertFalse(outcome.removed());
    }
  }
}
