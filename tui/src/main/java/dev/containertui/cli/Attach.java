package dev.containertui.cli;

import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A foreground run of a container's main process, for {@code run}, {@code start -a} and {@code
 * attach}: streams, signals, and the exit code.
 */
final class Attach {
  private final CliContext context;
  private final Container container;
  private final boolean outlives;
  private final int failure;

  /**
   * @param failure the exit code if not the process but its machine ends
   */
  Attach(CliContext context, Engine engine, Container container, int failure) {
    this.context = context;
    this.container = container;
    this.outlives = !engine.endsWithCaller();
    this.failure = failure;
  }

  /** Waits for the process; its exit code. */
  interface Exit {
    int await() throws InterruptedException;
  }

  /**
   * Holds on to the process until it ends or is let go of.
   *
   * @param start starts it, if it does not run, when its streams are joined
   * @return the exit code for this program
   */
  int run(Session.Streams wanted, boolean signalProxy, Supplier<Exit> start) {
    // In an engine that ends with this program, there is nothing to leave behind.
    Session.Streams streams =
        outlives
            ? wanted
            : new Session.Streams(
                wanted.in(), wanted.out(), wanted.err(), wanted.terminal(), Optional.empty());
    try (Attachment attachment = container.attach(false);
        Session session =
            new Session(
                context,
                Peer.of(attachment),
                streams,
                outlives ? attachment::close : () -> stop(Duration.ZERO))) {
      Exit exit;
      Session.End end;
      // Before the start, which cancels itself while it goes on: a signal in between would be lost.
      try (var _ = signals(session, signalProxy, streams.terminal())) {
        exit = start.get();
        end = session.run();
      }
      return switch (end) {
        case DETACHED -> ExitCodes.OK;
        case LEFT -> ExitCodes.FAILURE;
        case UNREAD -> {
          if (!outlives) {
            requireEnded();
          }
          yield ExitCodes.BROKEN_PIPE;
        }
        case ENDED -> {
          int code = exit.await();
          requireEnded();
          yield code;
        }
      };
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }

  private SignalProxy signals(Session session, boolean wanted, boolean terminal) {
    if (!outlives) {
      return SignalProxy.stopping(context, this::signal, this::stop);
    }
    // On a terminal its keys are what signals are elsewhere.
    return wanted && !terminal
        ? SignalProxy.leaving(context, this::signal, () -> session.leave(Session.End.LEFT))
        : null;
  }

  /** On the signal's own thread, so that signals arrive in their order. */
  private void signal(int number) {
    quietly(() -> container.kill(number));
  }

  private void stop(Duration grace) {
    Thread.ofVirtual().name("stop").start(() -> quietly(() -> container.stop(grace)));
  }

  private static void quietly(Runnable action) {
    try {
      action.run();
    } catch (EngineException e) {
      // it ended in the meantime, or the waiting thread reports the same failure
    }
  }

  /** Waits until disks are synced and the machine is gone. */
  private void requireEnded() throws InterruptedException {
    try {
      if (!(container.spec().restartPolicy() instanceof RestartPolicy.No)) {
        return; // it may run again already
      }
      if (container.awaitEnd() instanceof ContainerState.Failed failed) {
        throw new CommandFailure(
            failure, "container " + container.name() + " failed: " + failed.reason(), "");
      }
    } catch (EngineException e) {
      if (e.kind() != EngineException.Kind.NOT_FOUND) {
        throw e;
      }
      // --rm: it has ended, and its engine has removed it
    }
  }
}
