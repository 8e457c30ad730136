package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
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

  /**
   * Runs one snippet several times, for {@link #took}; its value is neither shown nor kept.
   *
   * @return the exit code if it asked to leave
   * @throws EngineException INVALID if there are several snippets
   */
  OptionalInt measured(String source, int times);

  /**
   * Evaluates a file up to the first failure; lines in it that begin with a slash are commands.
   *
   * @return the exit code if it asked to leave
   */
  OptionalInt file(ScriptText file);

  /** How long what was measured took; empty if it failed. */
  Optional<Took> took();

  /** The pieces that were evaluated without a failure, oldest first. */
  List<String> accepted();

  /** The last value that was too long to be shown; empty if there was none. */
  Optional<String> cutShort();

  /** What was thrown last. */
  Optional<Throwable> lastFailure();

  /**
   * Times of one snippet.
   *
   * @param runs of the code alone, in their order; at least one
   * @param compilation what else it took to get there
   */
  record Took(List<Duration> runs, Duration compilation) {}
}
