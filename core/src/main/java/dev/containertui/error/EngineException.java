package dev.containertui.error;

/**
 * The one exception of the core: something that was asked for cannot be done.
 *
 * <p>The message is one line for a person: what failed, and on what. {@link #hint()}, if not empty,
 * is a second line that says what to do about it. Front ends print the message, never the stack
 * trace.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure this is; front ends choose exit codes and colours by it. */
  public enum Kind {
    /** The request itself is malformed or out of range. */
    INVALID,
    /** A named image, container, kernel, file or registry repository does not exist. */
    NOT_FOUND,
    /** The request contradicts the present state, for example a name that is taken. */
    CONFLICT,
    /** Credentials are missing or were refused. */
    UNAUTHORIZED,
    /** Something outside is not there or does not answer: registry, QEMU, kernel, disk. */
    UNAVAILABLE,
    /** Bytes are not what their digest, size or format says. */
    CORRUPT,
    /** No space is left on a disk, or not enough memory for the request. */
    EXHAUSTED,
    /** A deadline passed. */
    TIMEOUT,
    /** The caller's thread was interrupted. */
    CANCELLED,
    /** The command exists in the container but cannot be executed (exit code 126). */
    NOT_EXECUTABLE,
    /** The command does not exist in the container (exit code 127). */
    COMMAND_NOT_FOUND,
    /** A bug of ours, or a guest that broke the protocol. */
    INTERNAL
  }

  private final Kind kind;
  private final String hint;

  public EngineException(Kind kind, String message) {
    this(kind, message, "", null);
  }

  public EngineException(Kind kind, String message, Throwable cause) {
    this(kind, message, "", cause);
  }

  public EngineException(Kind kind, String message, String hint) {
    this(kind, message, hint, null);
  }

  public EngineException(Kind kind, String message, String hint, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  public Kind kind() {
    return kind;
  }

  /** What the user can do about it, one line; empty if there is nothing to say. */
  public String hint() {
    return hint;
  }
}
