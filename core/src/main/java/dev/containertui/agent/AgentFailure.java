package dev.containertui.agent;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** Makes the errors of this package. */
final class AgentFailure {
  private AgentFailure() {}

  /** One failure reaches many threads; each throws its own exception, with its own stack. */
  static EngineException again(Throwable failure) {
    return failure instanceof EngineException known
        ? new EngineException(known.kind(), known.getMessage(), known.hint(), known)
        : new EngineException(Kind.INTERNAL, "the guest's agent: " + failure, failure);
  }

  static EngineException brokeProtocol(ProtocolViolation violation) {
    return new EngineException(
        Kind.INTERNAL,
        "the guest broke its protocol: it sent " + violation.getMessage(),
        violation);
  }

  static EngineException lost(Exception cause) {
    return new EngineException(
        Kind.UNAVAILABLE, "the connection to the guest was lost: " + cause.getMessage(), cause);
  }

  static EngineException closed() {
    return new EngineException(Kind.UNAVAILABLE, "the connection to the guest is closed");
  }

  static EngineException cancelled(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, what + " was cancelled", cause);
  }

  /** The guest's refusal to start a process: errno as PROTOCOL.md section 7 says. */
  static EngineException notStarted(Answer.Refused refused) {
    Kind kind =
        switch (refused.errno()) {
          case Errno.ENOENT -> Kind.COMMAND_NOT_FOUND;
          case Errno.EACCES, Errno.ENOEXEC -> Kind.NOT_EXECUTABLE;
          case Errno.EINVAL -> Kind.INVALID;
          case Errno.EBUSY -> Kind.CONFLICT;
          case Errno.EAGAIN, Errno.ENOMEM, Errno.ENOSPC -> Kind.EXHAUSTED;
          default -> Kind.INTERNAL;
        };
    return new EngineException(kind, refused.text());
  }

  /** The guest's refusal to unpack: errno of entering the destination. */
  static EngineException notUnpacked(Answer.Refused refused) {
    Kind kind =
        switch (refused.errno()) {
          case Errno.ENOENT -> Kind.NOT_FOUND;
          case Errno.ENOTDIR, Errno.EINVAL, Errno.ELOOP, Errno.ENAMETOOLONG -> Kind.INVALID;
          case Errno.EAGAIN, Errno.ENOMEM -> Kind.EXHAUSTED;
          default -> Kind.INTERNAL;
        };
    return new EngineException(kind, refused.text());
  }

  /** The guest's refusal to go on with a process: errno as PROTOCOL.md sections 3 and 5 say. */
  static EngineException notAttached(String what, Answer.Refused refused) {
    Kind kind =
        switch (refused.errno()) {
          case Errno.ESRCH -> Kind.NOT_FOUND;
          case Errno.EINVAL -> Kind.INVALID;
          default -> Kind.INTERNAL;
        };
    return new EngineException(kind, what + ": " + refused.text());
  }

  static EngineException refused(String what, Answer.Refused refused) {
    return refused(refused.errno() == Errno.ENOSPC ? Kind.EXHAUSTED : Kind.INTERNAL, what, refused);
  }

  /** The guest's refusal of what PROTOCOL.md section 9 has. */
  static EngineException notChanged(String what, Answer.Refused refused) {
    Kind kind =
        switch (refused.errno()) {
          case Errno.EBUSY, Errno.EALREADY, Errno.EINVAL -> Kind.CONFLICT;
          case Errno.ENODEV -> Kind.INVALID;
          case Errno.ETIMEDOUT -> Kind.TIMEOUT;
          default -> Kind.INTERNAL;
        };
    return refused(kind, what, refused);
  }

  private static EngineException refused(Kind kind, String what, Answer.Refused refused) {
    return new EngineException(kind, "the guest could not do " + what + ": " + refused.text());
  }
}
