package dev.containertui.repl.console;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes Java, command lines, and names of images and containers within strings. Gives up
 * quietly when an answer takes too long.
 */
public final class JavaCompleter implements Completer {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final SnippetRunner runner;
  private final Engine engine;
  private final LastValue lastValue;

  public JavaCompleter(SnippetRunner runner, Engine engine, LastValue lastValue) {
    this.runner = runner;
    this.engine = engine;
    this.lastValue = lastValue;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    for (String completion : completions(before)) {
      candidates.add(
          new Candidate(completion, completion, null, null, null, null, endsWord(completion)));
    }
  }

  /** A space is welcome after a command, not after a name, a dot or a bracket. */
  private static boolean endsWord(String completion) {
    return completion.startsWith("/");
  }

  /** What the word at the end of this text can become, each once, in order. */
  public Collection<String> completions(String before) {
    if (before.startsWith("/")) {
      return SlashCommands.names();
    }
    List<JavaText.Token> tokens = JavaText.tokens(before);
    if (!tokens.isEmpty()) {
      JavaText.Token last = tokens.getLast();
      if (last.kind() == JavaText.Kind.STRING && !last.closed()) {
        return inString(before, tokens);
      }
    }
    if (before.isBlank()) {
      return Vocabulary.starts();
    }
    return inJava(before);
  }

  private Set<String> inJava(String before) {
    String source = lastValue.resolve(before);
    int wordStart =
        source.length() - (before.length() - JavaParser.wordStart(before, before.length()));
    int[] anchor = {source.length()};
    Optional<List<Suggestion>> suggestions;
    try {
      suggestions =
          runner.analyse(
              LIMIT, analysis -> analysis.completionSuggestions(source, source.length(), anchor));
    } catch (EngineException e) {
      return Set.of(); // a source that the analysis cannot digest has no completions
    }
    Set<String> fitting = new LinkedHashSet<>();
    Set<String> others = new TreeSet<>();
    for (Suggestion suggestion : suggestions.orElse(List.of())) {
      String text = suggestion.continuation();
      if (anchor[0] > wordStart) {
        text = source.substring(wordStart, anchor[0]) + text;
      } else if (anchor[0] < wordStart) {
        String typed = source.substring(anchor[0], wordStart);
        if (!text.startsWith(typed)) {
          continue;
        }
        text = text.substring(typed.length());
      }
      if (suggestion.matchesType()) {
        fitting.add(text);
      } else {
        others.add(text);
      }
    }
    fitting.addAll(others);
    return fitting;
  }

  /** Names of images or containers, by the method whose first argument the string is. */
  private Set<String> inString(String before, List<JavaText.Token> tokens) {
    List<String> code =
        tokens.stream()
            .filter(t -> t.kind() != JavaText.Kind.SPACE && t.kind() != JavaText.Kind.COMMENT)
            .map(t -> t.text(before))
            .toList();
    if (code.size() < 3 || !code.get(code.size() - 2).equals("(")) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    try {
      switch (code.get(code.size() - 3)) {
        case "run", "pull", "image" -> addImages(names);
        case "c" -> addContainers(names);
        case "inspect" -> {
          addImages(names);
          addContainers(names);
        }
        default -> {
          return Set.of();
        }
      }
    } catch (EngineException e) {
      return Set.of(); // the command itself will say what is wrong
    }
    return names;
  }

  private void addImages(Set<String> names) {
    for (ImageSummary image : engine.images().list()) {
      for (String reference : image.references()) {
        names.add(reference + "\"");
        names.add(familiar(reference) + "\"");
      }
    }
  }

  /** As people write it: without the default registry and tag. */
  private static String familiar(String reference) {
    return reference.replaceFirst("^docker\\.io/(library/)?", "").replaceFirst(":latest$", "");
  }

  private void addContainers(Set<String> names) {
    for (Container container : engine.containers().list(true)) {
      names.add(container.name() + "\"");
    }
  }
}
