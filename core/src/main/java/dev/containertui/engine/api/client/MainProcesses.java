package dev.containertui.engine.api.client;

import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The main processes of a container: the one that is started here, and the one that runs. */
final class MainProcesses {
  private final ApiClient api;
  private final RemoteContainer container;

  /** How the process that was started here has ended. */
  private volatile CompletableFuture<Integer> exit;

  MainProcesses(ApiClient api, RemoteContainer container) {
    this.api = api;
    this.container = container;
  }

  /**
   * Starts it. That its end is waited for begins before, because a short process may be over, and
   * its container removed, before another request gets there; for the same reason the output of a
   * container that removes itself is attached to before.
   */
  ContainerProcess start() {
    Waiting waiting = Waiting.on(api, container, WaitCondition.NEXT_EXIT);
    boolean early = container.spec().removeOnExit();
    Hijacked out = null;
    Hijacked err = null;
    boolean started = false;
    try {
      if (early) {
        out = container.hijackOutput(true, false, false);
        err = container.isFramed() ? container.hijackOutput(false, true, false) : null;
      }
      if (!api.postChanges(container.url("start"))) {
        throw new EngineException(
            Kind.CONFLICT, "container " + container.shortId() + " is running already");
      }
      started = true;
    } finally {
      if (!started) {
        waiting.close();
        close(out);
        close(err);
      }
    }
    CompletableFuture<Instant> began = new CompletableFuture<>();
    exit = new RunEnd(api, container, began).inBackground(waiting);
    Instant startedAt = told(began);
    return new RemoteMainProcess(
        container,
        startedAt,
        () -> exit,
        early ? attached(out) : () -> output(Stream.OUT, startedAt),
        early ? attached(err) : () -> output(Stream.ERR, startedAt));
  }

  private Instant told(CompletableFuture<Instant> began) {
    try {
      began.complete(startedAt(container.refreshed()));
      return began.join();
    } finally {
      began.cancel(false);
    }
  }

  private static void close(Hijacked connection) {
    if (connection != null) {
      connection.close();
    }
  }

  private static Instant startedAt(ContainerFacts facts) {
    return facts.startedAt().orElseGet(() -> facts.state().at());
  }

  private Supplier<LogStream> attached(Hijacked connection) {
    return connection == null
        ? MainProcesses::nothing
        : () -> new RecordStream(connection.input(), container.isFramed(), connection::close);
  }

  private static LogStream nothing() {
    PieceQueue empty = new PieceQueue(Stream.ERR);
    empty.end(null);
    return empty;
  }

  Optional<ContainerProcess> current() {
    ContainerFacts facts = container.refreshed();
    boolean never = facts.state() instanceof ContainerState.Created;
    if (never || facts.startedAt().isEmpty() && !facts.state().isActive()) {
      return Optional.empty();
    }
    Instant startedAt = startedAt(facts);
    return Optional.of(
        new RemoteMainProcess(
            container,
            startedAt,
            () -> exit(facts.state(), startedAt),
            () -> output(Stream.OUT, startedAt),
            () -> output(Stream.ERR, startedAt)));
  }

  private CompletableFuture<Integer> exit(ContainerState state, Instant startedAt) {
    return switch (state) {
      case Exited(Instant _, int code) -> CompletableFuture.completedFuture(code);
      case ContainerState.Restarting(Instant _, int code) ->
          CompletableFuture.completedFuture(code);
      case Failed(Instant _, String reason) ->
          CompletableFuture.failedFuture(new EngineException(Kind.UNAVAILABLE, reason));
      default ->
          new RunEnd(api, container, CompletableFuture.completedFuture(startedAt))
              .inBackground(Waiting.on(api, container, WaitCondition.NOT_RUNNING));
    };
  }

  /**
   * One stream of a run, from its beginning. If that run is over once we are attached, then what we
   * are attached to is not it, and the log has what it wrote.
   */
  private LogStream output(Stream stream, Instant startedAt) {
    if (stream == Stream.ERR && !container.isFramed()) {
      return nothing();
    }
    boolean out = stream == Stream.OUT;
    Hijacked connection = container.hijackOutput(out, !out, true);
    boolean kept = false;
    try {
      ContainerFacts now = container.refreshed();
      kept =
          startedAt(now).equals(startedAt)
              && switch (now.state()) {
                case ContainerState.Starting _,
                    ContainerState.Running _,
                    ContainerState.Paused _,
                    ContainerState.Stopping _ ->
                    true;
                default -> false;
              };
      if (kept) {
        return new RecordStream(connection.input(), container.isFramed(), connection::close);
      }
      Optional<Instant> next = now.startedAt().filter(later -> later.isAfter(startedAt));
      return container.logs(
          new LogQuery(out, !out, false, Optional.of(startedAt), next, OptionalLong.empty()));
    } finally {
      if (!kept) {
        connection.close();
      }
    }
  }

  /** Waits for the end of what runs; of a container that is gone, tells how it ended. */
  ContainerState awaitEnd() throws InterruptedException {
    try {
      Waiting waiting = Waiting.on(api, container, WaitCondition.NOT_RUNNING);
      try {
        waiting.await();
      } catch (EngineException e) {
        ContainerState now = after(waiting, e);
        return now.isActive() ? awaitEnd() : now;
      }
    } catch (EngineException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw RemoteContainer.uninterrupted(e);
      }
    }
    return container.refreshed().state();
  }

  /** The state with the next engine, if waiting with this one failed because it went away. */
  private ContainerState after(Waiting failed, EngineException e) {
    return Optional.of(e)
        .filter(reason -> reason.kind() == Kind.UNAVAILABLE)
        .flatMap(_ -> new NextEngine(api, container).after(failed.engine(), () -> true))
        .orElseThrow(() -> e)
        .state();
  }

  /** The facts of a removed container: the last ones, and how it ended if that is known here. */
  ContainerFacts lastKnown(ContainerFacts last) {
    CompletableFuture<Integer> ended = exit;
    boolean known = ended != null && ended.isDone() && !ended.isCompletedExceptionally();
    if (!known || !last.state().isActive()) {
      return last;
    }
    return last.with(new Exited(Instant.now(), ended.join()));
  }
}
