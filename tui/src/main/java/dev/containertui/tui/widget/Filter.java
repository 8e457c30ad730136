package dev.containertui.tui.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which rows or lines to show. Words must all occur, in any order and case; {@code !word} must not;
 * {@code ~expression} is a regular expression for all that follows it.
 *
 * @param problem what is wrong with the expression; empty if nothing is
 */
public record Filter(String text, Optional<String> problem, Predicate<String> matches) {
  public static final Filter NONE = of("");

  public static Filter of(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("~")) {
      return expression(text, stripped.substring(1));
    }
    List<Predicate<String>> all = new ArrayList<>();
    for (String word : stripped.toLowerCase(Locale.ROOT).split(" +")) {
      if (word.startsWith("!") && word.length() > 1) {
        String unwanted = word.substring(1);
        all.add(t -> !t.contains(unwanted));
      } else if (!word.isEmpty() && !word.equals("!")) {
        all.add(t -> t.contains(word));
      }
    }
    return new Filter(
        text,
        Optional.empty(),
        searched -> {
          String lower = searched.toLowerCase(Locale.ROOT);
          return all.stream().allMatch(p -> p.test(lower));
        });
  }

  private static Filter expression(String text, String expression) {
    try {
      Pattern pattern =
          Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
      return new Filter(
          text, Optional.empty(), t -> BoundedInput.match(pattern, t, Matcher::find, false));
    } catch (PatternSyntaxException e) {
      return new Filter(text, Optional.of(e.getDescription()), _ -> true);
    }
  }

  public boolean isEmpty() {
    return text.isBlank();
  }
}
