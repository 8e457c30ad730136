package dev.containertui.repl.failure;

import dev.containertui.repl.jshell.Place;
import java.util.List;
import java.util.Optional;

/**
 * Why a source did not go on.
 *
 * @param place empty if it lies outside every source
 * @param message what failed, and on what; a compiler's can have several lines
 * @param hint what to do about it, one line; empty if there is nothing to say
 * @param callers the calls within the sources that led to the place, innermost first
 * @param thrown the exception as it left the snippet; empty if there was none
 */
public record Failure(
    Reason reason,
    Optional<Place> place,
    String message,
    String hint,
    List<Place> callers,
    Optional<Throwable> thrown) {

  /** What kind of thing failed, and the exit code of a script that ends by it. */
  public enum Reason {
    /** A snippet threw. */
    EXCEPTION(1),
    /** The engine, or a command in a container, refused or failed. */
    ENGINE(1),
    /** The compiler refused a snippet, or a source cannot be read. */
    COMPILATION(2),
    /** The time is up; as timeout(1) has it. */
    TIMEOUT(124),
    /** Ctrl-C or an interrupt: 128 + SIGINT. */
    INTERRUPTED(130),
    /** Nobody reads the output any more: 128 + SIGPIPE. */
    BROKEN_PIPE(141),
    /** 128 + SIGTERM. */
    TERMINATED(143);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  public Failure {
    callers = List.copyOf(callers);
  }

  /** A failure without an exception. */
  public static Failure of(Reason reason, Optional<Place> place, String message, String hint) {
    return new Failure(reason, place, message, hint, List.of(), Optional.empty());
  }

  /** The same with another reason. */
  public Failure because(Reason other) {
    return new Failure(other, place, message, hint, callers, thrown);
  }
}
