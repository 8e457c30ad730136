package dev.containertui.repl.console;

import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.view.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Signatures and the first words of the documentation of what stands at the end of a source. */
public final class Documentation {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_SIGNATURES = 12;
  private static final int MOST_WORDS = 300;

  private Documentation() {}

  /**
   * @param source Java up to the place in question: {@code c.exec}, {@code List.of(}
   */
  public static String of(SnippetRunner runner, String source) {
    // A name alone is looked up as a type or variable; a method answers to its bracket.
    for (String asked : List.of(source, source + "(")) {
      List<String> found = lookUp(runner, asked);
      if (!found.isEmpty()) {
        return String.join("\n", found);
      }
    }
    return "no documentation for " + SafeText.line(source.strip());
  }

  private static List<String> lookUp(SnippetRunner runner, String source) {
    Set<String> entries = new LinkedHashSet<>();
    try {
      runner
          .analyse(LIMIT, analysis -> analysis.documentation(source, source.length(), true))
          .orElse(List.of())
          .forEach(
              documentation ->
                  entries.add(documentation.signature() + words(documentation.javadoc())));
    } catch (EngineException e) {
      return List.of(); // the analysis could not digest the source: it documents nothing
    }
    List<String> found = new ArrayList<>(entries.stream().limit(MOST_SIGNATURES).toList());
    if (entries.size() > MOST_SIGNATURES) {
      found.add("and " + (entries.size() - MOST_SIGNATURES) + " more");
    }
    return found;
  }

  /** The first sentence or so of a documentation comment, without its markup. */
  private static String words(String javadoc) {
    if (javadoc == null || javadoc.isBlank()) {
      return "";
    }
    String text =
        javadoc
            .replaceAll("(?s)\n\\s*@.*", "")
            .replaceAll("<[^>]*>", "")
            .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
            .replaceAll("\\s+", " ")
            .strip();
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end + 1);
    return "\n    " + SafeText.clip(SafeText.line(first), MOST_WORDS, "…");
  }
}
