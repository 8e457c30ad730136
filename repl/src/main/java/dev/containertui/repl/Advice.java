package dev.containertui.repl;

import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.slash.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses what somebody meant who wrote a name that does not exist. */
final class Advice {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(\\w+) ([\\w$]+)");

  private final SnippetRunner runner;

  Advice(SnippetRunner runner) {
    this.runner = runner;
  }

  /**
   * The name that was meant, if one is near.
   *
   * @param source of the snippet that was refused
   */
  Optional<String> about(String source, Outcome.Problem problem) {
    Matcher symbol = SYMBOL.matcher(problem.message());
    if (!symbol.find()) {
      return Optional.empty();
    }
    boolean method = symbol.group(1).equals("method");
    String name = symbol.group(2);
    int at = source.indexOf(name, Math.clamp(problem.position(), 0, source.length()));
    if (at < 0) {
      return Optional.empty();
    }
    String before = source.substring(0, at);
    try {
      List<String> names =
          runner
              .analyse(
                  LIMIT,
                  analysis ->
                      analysis.completionSuggestions(before, before.length(), new int[1]).stream()
                          .map(s -> s.continuation())
                          .filter(text -> text.contains("(") == method)
                          .map(text -> text.replaceFirst("\\(.*", ""))
                          .toList())
              .orElse(List.of());
      return Nearest.to(name, names);
    } catch (EngineException e) {
      return Optional.empty();
    }
  }
}
