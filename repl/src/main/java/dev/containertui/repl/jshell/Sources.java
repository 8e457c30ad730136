package dev.containertui.repl.jshell;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sources that a session has read so far, so that a failure can be shown where it is, whichever
 * of them that is: a script's own, or one that it loaded.
 *
 * <p>Snippets carry labels {@code <number of the source>+<offset in it>}.
 */
public final class Sources {
  private static final Pattern LABEL = Pattern.compile("([0-9]{1,9})\\+([0-9]{1,9})");

  private final Map<Integer, ScriptText> sources = new HashMap<>();

  /** Adds a source and returns its number. */
  public synchronized int add(ScriptText source) {
    int number = sources.size();
    put(number, source);
    return number;
  }

  /** Adds a source whose number is known. */
  public synchronized void put(int number, ScriptText source) {
    sources.put(number, source);
  }

  /** The label for the snippet at an offset of a source. */
  public static String label(int number, int offset) {
    return number + "+" + offset;
  }

  /** Where a snippet begins; empty if its label is none of these. */
  public synchronized Optional<Place> place(String label) {
    Matcher parts = LABEL.matcher(label);
    if (!parts.matches()) {
      return Optional.empty(); // one of the startup snippets
    }
    return Optional.ofNullable(sources.get(Integer.parseInt(parts.group(1))))
        .map(source -> Place.at(source, Integer.parseInt(parts.group(2))));
  }

  /** Where a frame of a stack trace is: the first character of its line that is no space. */
  public Optional<Place> place(Outcome.Frame frame) {
    return place(frame.label()).map(snippet -> lineOf(snippet, frame.line()));
  }

  private static Place lineOf(Place snippet, int line) {
    ScriptText source = snippet.source();
    int start = Math.max(source.lineBelow(snippet.start(), line - 1), snippet.start());
    while (start < source.text().length() && " \t".indexOf(source.text().charAt(start)) >= 0) {
      start++;
    }
    return Place.at(source, start);
  }
}
