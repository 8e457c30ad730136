package dev.containertui.repl.failure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.Place;
import dev.containertui.repl.values.JsonValues;
import java.util.Locale;

/**
 * A failure for a program, as one line of JSON:
 *
 * <pre>{@code
 * {"error":{"reason":"exception","exitCode":1,"message":"…","hint":"…",
 *   "file":"s.jsh","line":3,"column":5,"source":"  throw …",
 *   "exception":"java.lang.IllegalStateException","kind":"NOT_FOUND",
 *   "callers":[{"file":"s.jsh","line":8,"column":1}],"trace":"…"}}
 * }</pre>
 *
 * <p>What is not known is left out; {@code kind} is that of an {@link EngineException}, {@code
 * trace} comes with debug only.
 */
public final class FailureJson {
  private FailureJson() {}

  /**
   * @param debug whether the stack trace with its causes belongs to it
   */
  public static String of(Failure failure, boolean debug) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error");
    error.put("reason", failure.reason().name().toLowerCase(Locale.ROOT));
    error.put("exitCode", failure.reason().exitCode());
    error.put("message", failure.message());
    if (!failure.hint().isEmpty()) {
      error.put("hint", failure.hint());
    }
    failure
        .place()
        .ifPresent(
            place -> {
              put(error, place);
              error.put("source", FailureText.line(place));
            });
    failure.thrown().ifPresent(thrown -> put(error, thrown, debug));
    if (!failure.callers().isEmpty()) {
      var callers = error.putArray("callers");
      failure.callers().forEach(caller -> put(callers.addObject(), caller));
    }
    return JsonValues.oneLine(root);
  }

  private static void put(ObjectNode to, Place place) {
    to.put("file", place.source().name());
    to.put("line", place.line());
    to.put("column", place.column());
  }

  private static void put(ObjectNode to, Throwable thrown, boolean debug) {
    to.put("exception", thrown.getClass().getName());
    if (thrown instanceof EngineException known) {
      to.put("kind", known.kind().name());
    }
    if (debug) {
      to.put("trace", FailureText.trace(thrown));
    }
  }
}
