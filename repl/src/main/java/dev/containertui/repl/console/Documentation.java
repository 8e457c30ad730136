package dev.containertui.repl.console;

import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signatures and documentation of what stands at the end of a source. */
public final class Documentation {
  private static final int MOST_SIGNATURES = 24;

  private final SnippetRunner runner;
  private final SourceDocs sources;

  /**
   * @param imports of the session: in their packages the documentation of our own types is looked
   *     for
   */
  public Documentation(SnippetRunner runner, List<String> imports) {
    this.runner = runner;
    List<String> packages = new ArrayList<>();
    for (String line : imports) {
      String name = line.replaceFirst("^import\\s+(static\\s+)?", "").replaceFirst("\\s*;$", "");
      String folder = name.replaceFirst("\\.(\\*|[^.]+)$", "");
      packages.add(folder.replaceFirst("\\.[A-Z]\\w*$", ""));
    }
    this.sources = new SourceDocs(packages.stream().distinct().toList());
  }

  /** One method, type or variable; the comment is empty if there is none. */
  public record Entry(String signature, String comment) {
    /** The first sentence of its documentation. */
    public String summary() {
      return JavadocText.summary(comment);
    }
  }

  /**
   * What is known of the end of a source, each once; empty also if there is no answer in time.
   *
   * @param source Java up to the place in question: {@code c.exec}, {@code List.of(}
   * @param comments whether documentation is looked up too, which takes longer
   */
  public List<Entry> entries(String source, Duration limit, boolean comments) {
    // A name alone is looked up as a type or variable; a method answers to its bracket.
    for (String asked : source.endsWith("(") ? List.of(source) : List.of(source, source + "(")) {
      Map<String, Entry> found = new LinkedHashMap<>();
      try {
        runner
            .analyse(limit, analysis -> analysis.documentation(asked, asked.length(), comments))
            .orElse(List.of())
            .forEach(
                documentation ->
                    found.putIfAbsent(
                        documentation.signature(),
                        new Entry(
                            SafeText.line(CallSignature.shortened(documentation.signature())),
                            comment(
                                documentation.signature(), documentation.javadoc(), comments))));
      } catch (EngineException e) {
        return List.of(); // the analysis could not digest the source: it documents nothing
      }
      if (!found.isEmpty()) {
        return found.values().stream().limit(MOST_SIGNATURES).toList();
      }
    }
    return List.of();
  }

  private String comment(String signature, String javadoc, boolean wanted) {
    if (!wanted) {
      return "";
    }
    return Optional.ofNullable(javadoc).or(() -> sources.comment(signature)).orElse("");
  }

  /** The entries as lines for a terminal: the signatures, each with its documentation. */
  public static List<String> lines(List<Entry> entries, Style style, boolean whole) {
    int width = Math.min(style.width(), 100);
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      JavadocText.wrap(entry.signature(), "", width)
          .forEach(line -> lines.add(style.paint(Tone.NAME, line)));
      if (whole) {
        lines.addAll(DocPage.lines(entry.comment(), width, style));
      } else if (!entry.summary().isEmpty()) {
        lines.addAll(JavadocText.wrap(entry.summary(), "    ", width));
      }
    }
    return lines;
  }
}
