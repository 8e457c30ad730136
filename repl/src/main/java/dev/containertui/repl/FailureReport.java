package dev.containertui.repl;

import dev.containertui.error.EngineException;
import dev.containertui.repl.failure.Failure;
import dev.containertui.repl.failure.FailureText;
import dev.containertui.repl.failure.Failures;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.Place;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.Sources;
import dev.containertui.view.Style;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a typed snippet failed and where: the message, the line, a mark under the place. */
final class FailureReport {
  private final ScriptText script;
  private final Failures failures;
  private final Style style;
  private final boolean debug;

  /**
   * @param script the line or lines as typed
   * @param number stands before the offset in the labels of their snippets
   */
  FailureReport(ScriptText script, int number, Style style, boolean debug) {
    this.script = script;
    this.style = style;
    this.debug = debug;
    Sources sources = new Sources();
    sources.put(number, script);
    this.failures = new Failures(sources);
  }

  /**
   * @param offset of the snippet in the script
   */
  String rejected(int offset, List<Outcome.Problem> problems) {
    return failures.rejected(script, offset, problems).stream()
        .map(this::text)
        .collect(Collectors.joining("\n"));
  }

  /**
   * @param offset of the snippet in the script
   */
  String thrown(int offset, Outcome.Thrown outcome) {
    Failure failure = failures.thrown(Place.at(script, offset), outcome);
    return text(
        outcome.thrown() instanceof EngineException
            ? failure
            : new Failure(
                failure.reason(),
                failure.place(),
                failure.message(),
                outcome.cause().isEmpty() ? "" : "/error shows what caused it",
                failure.callers(),
                failure.thrown()));
  }

  private String text(Failure failure) {
    return FailureText.of(failure, style, debug);
  }
}
