package dev.containertui.cli;

import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;

/** A further process of a container in the foreground. */
final class ExecSession {
  private ExecSession() {}

  /** Joins it to this process's streams until it ends; returns the exit code for this program. */
  static int run(CliContext context, ContainerProcess process, Session.Streams streams) {
    try (Peer peer = Peer.of(process)) {
      Session session = new Session(context, peer, streams);
      Session.End end;
      // On a terminal its keys are what signals are elsewhere.
      try (var _ =
          streams.terminal()
              ? null
              : SignalProxy.leaving(
                  context, process::signal, () -> session.leave(Session.End.LEFT))) {
        end = session.run();
      }
      return switch (end) {
        case DETACHED -> ExitCodes.OK;
        case LEFT -> ExitCodes.FAILURE;
        case UNREAD -> ExitCodes.BROKEN_PIPE;
        case ENDED -> process.waitFor();
      };
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }
}
