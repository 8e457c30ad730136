package dev.containertui.tui.text;

import dev.containertui.tui.widget.BoundedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is looked for in a text: words as they are, capitals counting only if there is one among
 * them; {@code ~expression} is a regular expression.
 *
 * @param negated whether lines without a match are wanted
 * @param problem what is wrong with the expression; empty if nothing is
 */
public record Search(
    String text, boolean negated, Optional<Pattern> pattern, Optional<String> problem) {
  public static final Search NONE = new Search("", false, Optional.empty(), Optional.empty());

  private static final int MAX_RANGES = 1000;

  /** Where a match lies: from {@code start} to before {@code end}. */
  public record Range(int start, int end) {}

  public static Search of(String text) {
    return of(text, text, false);
  }

  /** What lines are chosen by: after a {@code !}, as in less, those that do not match. */
  public static Search choosing(String text) {
    return text.startsWith("!") ? of(text, text.substring(1), true) : of(text);
  }

  private static Search of(String text, String pattern, boolean negated) {
    if (pattern.isEmpty() || pattern.equals("~")) {
      return negated ? new Search(text, true, Optional.empty(), Optional.empty()) : NONE;
    }
    boolean expression = pattern.startsWith("~");
    String wanted = expression ? pattern.substring(1) : pattern;
    int flags = wanted.equals(wanted.toLowerCase(Locale.ROOT)) ? Pattern.CASE_INSENSITIVE : 0;
    try {
      return new Search(
          text,
          negated,
          Optional.of(Pattern.compile(wanted, flags | (expression ? 0 : Pattern.LITERAL))),
          Optional.empty());
    } catch (PatternSyntaxException e) {
      return new Search(text, negated, Optional.empty(), Optional.of(e.getDescription()));
    }
  }

  public boolean isEmpty() {
    return pattern.isEmpty();
  }

  public boolean matches(String line) {
    return pattern.isPresent()
        && negated != BoundedInput.match(pattern.get(), line, Matcher::find, false);
  }

  /** All matches of a line that are not empty. */
  public List<Range> ranges(String line) {
    if (pattern.isEmpty()) {
      return List.of();
    }
    return BoundedInput.match(pattern.get(), line, Search::ranges, List.of());
  }

  private static List<Range> ranges(Matcher matcher) {
    List<Range> ranges = new ArrayList<>();
    while (matcher.find() && ranges.size() < MAX_RANGES) {
      if (matcher.end() > matcher.start()) {
        ranges.add(new Range(matcher.start(), matcher.end()));
      }
    }
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Search search && search.text.equals(text) && search.negated == negated;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
