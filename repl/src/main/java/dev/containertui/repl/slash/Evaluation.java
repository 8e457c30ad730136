package dev.containertui.repl.slash;

import dev.containertui.repl.jshell.ScriptText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Evaluates Java for the user, shows what came of it, and remembers it. */
public interface Evaluation {
  /**
   * Evaluates what was typed.
   *
   * @return the exit code if it asked to leave
   */
  OptionalInt typed(String source);

  /** The same, without showing values. */
  OptionalInt quietly(String source);

  /**
   * Evaluates a file up to the first failure; lines in it that begin with a slash are commands.
   *
   * @return the exit code if it asked to leave
   */
  OptionalInt file(ScriptText file);

  /** How long the last piece took to run, and to be compiled and run; empty if it failed. */
  Optional<Took> took();

  /** The pieces that were evaluated without a failure, oldest first. */
  List<String> accepted();

  /** The last value that was too long to be shown; empty if there was none. */
  Optional<String> cutShort();

  /** What was thrown last. */
  Optional<Throwable> lastFailure();

  /**
   * Times of one evaluation.
   *
   * @param run of the code alone
   * @param whole with its compilation
   */
  record Took(Duration run, Duration whole) {}
}
