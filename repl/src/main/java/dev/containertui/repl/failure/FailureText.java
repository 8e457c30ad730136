package dev.containertui.repl.failure;

import dev.containertui.repl.jshell.Place;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure for a person: {@code script.jsh:7:3: …}, the line, a mark under the place, the callers,
 * a hint.
 */
public final class FailureText {
  private FailureText() {}

  /**
   * @param debug whether the stack trace with its causes belongs to it
   */
  public static String of(Failure failure, Style style, boolean debug) {
    List<String> lines = new ArrayList<>();
    lines.add(heading(failure, style));
    failure.place().ifPresent(place -> lines.add(SafeText.block(place.marked())));
    failure.callers().forEach(caller -> lines.add("  called at " + caller));
    if (!failure.hint().isEmpty()) {
      lines.add("hint: " + failure.hint());
    }
    if (debug) {
      failure.thrown().ifPresent(thrown -> lines.add(trace(thrown)));
    }
    return String.join("\n", lines);
  }

  private static String heading(Failure failure, Style style) {
    String[] message = SafeText.block(failure.message()).split("\n");
    String place = failure.place().map(FailureText::before).orElse("");
    StringBuilder heading =
        new StringBuilder(
            style.paint(Tone.TITLE, SafeText.line(place)) + style.paint(Tone.BAD, message[0]));
    for (int i = 1; i < message.length; i++) {
      heading.append("\n  ").append(message[i].strip());
    }
    return heading.toString();
  }

  /** Of what was typed in one line, the mark below it says enough. */
  private static String before(Place place) {
    if (!place.source().name().isEmpty()) {
      return place + ": ";
    }
    boolean oneLine = place.source().text().strip().indexOf('\n') < 0;
    return oneLine ? "" : "line " + place.line() + ", column " + place.column() + ": ";
  }

  static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return SafeText.block(trace.toString().stripTrailing());
  }

  /** A place with its line, for a program. */
  static String line(Place place) {
    return place.marked().lines().findFirst().orElse("").substring(2);
  }
}
