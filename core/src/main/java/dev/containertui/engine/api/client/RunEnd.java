package dev.containertui.engine.api.client;

import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Waits for the end of one run of a container; with the next engine, if this one goes away. */
final class RunEnd {
  private final ApiClient api;
  private final RemoteContainer container;
  private final CompletableFuture<Instant> began;

  /**
   * @param began when the run began, as soon as that is known
   */
  RunEnd(ApiClient api, RemoteContainer container, CompletableFuture<Instant> began) {
    this.api = api;
    this.container = container;
    this.began = began;
  }

  /** Waits on a thread of its own; the future ends with the exit code or an EngineException. */
  CompletableFuture<Integer> inBackground(Waiting first) {
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("wait-" + container.shortId())
        .start(
            () -> {
              try {
                // Who only has started it does not start an engine for it.
                exit.complete(exitCode(first, () -> exit.getNumberOfDependents() > 0));
              } catch (RuntimeException e) {
                exit.completeExceptionally(e);
              }
            });
    return exit;
  }

  private boolean isThisRun(ContainerFacts facts) {
    return !began.isCompletedExceptionally() && facts.startedAt().equals(Optional.of(began.join()));
  }

  private int exitCode(Waiting first, BooleanSupplier wanted) {
    Waiting waiting = first;
    while (true) {
      try {
        return waiting.exitCode();
      } catch (EngineException e) {
        Optional<ContainerFacts> next =
            e.kind() == Kind.UNAVAILABLE
                ? new NextEngine(api, container).after(waiting.engine(), wanted)
                : Optional.empty();
        ContainerFacts facts = next.filter(this::isThisRun).orElseThrow(() -> e);
        switch (facts.state()) {
          case Exited(Instant _, int code) -> {
            return code;
          }
          case Restarting(Instant _, int code) -> {
            return code;
          }
          case Failed(Instant _, String reason) ->
              throw new EngineException(Kind.UNAVAILABLE, reason, e);
          default -> waiting = Waiting.on(api, container, WaitCondition.NOT_RUNNING);
        }
      }
    }
  }
}
