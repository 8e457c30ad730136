package dev.containertui.repl;

import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Says why a snippet failed and where: {@code script.jsh:7:3: …}, the line, and a mark under the
 * place.
 */
final class FailureReport {
  private static final int MOST_CAUSES = 5;
  private static final int MOST_CALLERS = 5;

  private final ScriptText script;
  private final String labelPrefix;
  private final Style style;
  private final boolean debug;

  /**
   * @param labelPrefix stands before the offset in the labels of this source's snippets
   */
  FailureReport(ScriptText script, String labelPrefix, Style style, boolean debug) {
    this.script = script;
    this.labelPrefix = labelPrefix;
    this.style = style;
    this.debug = debug;
  }

  /**
   * @param offset of the snippet in the script
   */
  String rejected(int offset, List<Outcome.Problem> problems) {
    List<String> lines = new ArrayList<>();
    for (Outcome.Problem problem : problems) {
      int at = clamp(offset + problem.position());
      int end = problem.end() > problem.position() ? offset + problem.end() : at + 1;
      lines.add(heading(at, problem.message()));
      lines.add(script.pointAt(at, clamp(end)));
    }
    return String.join("\n", lines);
  }

  String unresolved(Outcome.Unresolved declaration) {
    int offset = clamp(Integer.parseInt(declaration.label()));
    return heading(
            offset,
            declaration.declaration()
                + " refers to what does not exist: "
                + String.join(", ", declaration.unresolved()))
        + "\n"
        + script.pointAt(offset, offset + 1);
  }

  /**
   * @param offset of the snippet in the script
   */
  String thrown(int offset, Outcome.Thrown outcome) {
    List<Integer> places = new ArrayList<>();
    for (Outcome.Frame frame : outcome.frames()) {
      OptionalInt place = frameOffset(frame);
      // JShell wraps one statement in several methods: one line, not three callers.
      if (place.isPresent() && !places.contains(place.getAsInt())) {
        places.add(place.getAsInt());
      }
    }
    int at = places.isEmpty() ? offset : places.getFirst();
    List<String> lines = new ArrayList<>();
    lines.add(heading(at, message(outcome.thrown())));
    lines.add(script.pointAt(at, at + 1));
    places.stream()
        .skip(1)
        .limit(MOST_CALLERS)
        .forEach(caller -> lines.add("  called at " + place(caller)));
    if (outcome.thrown() instanceof EngineException known) {
      if (!known.hint().isEmpty()) {
        lines.add("hint: " + SafeText.line(known.hint()));
      }
    } else {
      causes(outcome.thrown(), lines);
    }
    if (debug) {
      lines.add(trace(outcome.thrown()));
    }
    return String.join("\n", lines);
  }

  private OptionalInt frameOffset(Outcome.Frame frame) {
    if (!frame.label().startsWith(labelPrefix)) {
      return OptionalInt.empty(); // typed earlier
    }
    try {
      int offset = Integer.parseInt(frame.label().substring(labelPrefix.length()));
      // Code that starts within the line, not its indentation, is what is meant.
      int start = Math.max(script.lineBelow(offset, frame.line() - 1), offset);
      while (start < script.text().length() && " \t".indexOf(script.text().charAt(start)) >= 0) {
        start++;
      }
      return OptionalInt.of(clamp(start));
    } catch (NumberFormatException e) {
      return OptionalInt.empty(); // one of the startup snippets
    }
  }

  private String place(int offset) {
    return script.name().isEmpty() ? "line " + script.line(offset) : script.place(offset);
  }

  private int clamp(int offset) {
    return Math.clamp(offset, 0, script.text().length());
  }

  private String heading(int offset, String message) {
    String[] lines = SafeText.block(message).split("\n");
    StringBuilder heading =
        new StringBuilder(
            style.paint(Tone.TITLE, script.name().isEmpty() ? "" : script.place(offset) + ": ")
                + style.paint(Tone.BAD, lines[0]));
    for (int i = 1; i < lines.length; i++) {
      heading.append("\n  ").append(lines[i].strip());
    }
    return heading.toString();
  }

  private static String message(Throwable thrown) {
    if (thrown instanceof EngineException known) {
      return known.getMessage();
    }
    String text = thrown.getMessage();
    String type = thrown.getClass().getName().replaceAll("^REPL\\.\\$JShell\\$\\w+\\$", "");
    return text == null || text.isBlank() ? type : type + ": " + text;
  }

  private static void causes(Throwable thrown, List<String> lines) {
    Throwable cause = thrown.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      lines.add("  caused by " + SafeText.line(message(cause)));
      cause = cause.getCause();
    }
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return SafeText.block(trace.toString().stripTrailing());
  }
}
