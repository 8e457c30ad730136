package dev.containertui.repl.console;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.CallSite;
import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.ResultNames;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * Completes Java, command lines, and names within strings. Gives up quietly when an answer takes
 * too long.
 */
public final class Completer {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** So long all signatures of a list may take. */
  private static final Duration DETAILS_LIMIT = Duration.ofSeconds(5);

  /** Longer lists are shown without signatures. */
  private static final int MOST_DETAILED = 16;

  /** What every object has and hardly anybody wants. */
  private static final Set<String> UNIVERSAL =
      Set.of("equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "wait(");

  /** Completes the lines that are not Java. */
  public interface CommandLines {
    /** Whether a line is one of them. */
    boolean isCommand(String line);

    /** What the end of such a line can become. */
    Completion.Candidates complete(String before, Completer words);
  }

  private final SnippetRunner runner;
  private final LastValue lastValue;
  private final Documentation documentation;
  private final CommandLines commands;
  private final NameCompletions names;

  public Completer(
      SnippetRunner runner,
      Engine engine,
      LastValue lastValue,
      Documentation documentation,
      CommandLines commands) {
    this.runner = runner;
    this.lastValue = lastValue;
    this.documentation = documentation;
    this.commands = commands;
    this.names =
        new NameCompletions(
            engine, documentation, lastValue, new ContainerLookup(runner, engine, lastValue));
  }

  /** What the word at the end of this text can become, each once, in order. */
  public Completion.Candidates completions(String before) {
    if (commands.isCommand(before) || before.equals("/")) {
      return commands.complete(before, this);
    }
    return java(before);
  }

  /** The same for Java only. */
  public Completion.Candidates java(String before) {
    List<JavaText.Token> tokens = JavaText.tokens(before);
    if (!tokens.isEmpty()) {
      JavaText.Token last = tokens.getLast();
      if (last.kind() == JavaText.Kind.STRING && !last.closed()) {
        int start = last.start() + 1;
        return names.inString(before.substring(0, last.start()), start, before.substring(start));
      }
    }
    if (before.isBlank()) {
      return new Completion.Candidates(before.length(), Vocabulary.starts());
    }
    return inJava(before);
  }

  /** Names of containers. */
  public List<Completion> containerNames() {
    return names.containerNames();
  }

  private Completion.Candidates inJava(String before) {
    LastValue.Resolved resolved = lastValue.resolved(before);
    String source = resolved.text();
    int[] anchor = {source.length()};
    List<Suggestion> suggestions;
    try {
      suggestions =
          runner
              .analyse(
                  LIMIT,
                  analysis -> analysis.completionSuggestions(source, source.length(), anchor))
              .orElse(List.of());
    } catch (EngineException e) {
      return Completion.Candidates.NONE; // what the analysis cannot digest has no completions
    }
    Set<String> fitting = new LinkedHashSet<>();
    Set<String> others = new TreeSet<>();
    for (Suggestion suggestion : suggestions) {
      if (ResultNames.isDetour(suggestion.continuation())) {
        continue;
      }
      (suggestion.matchesType() ? fitting : others).add(suggestion.continuation());
    }
    // In an empty argument every name there is could stand: what has the wanted type is enough.
    if (CallSite.atEndOf(before).filter(CallSite::blank).isEmpty()) {
      fitting.addAll(others);
    }
    if (source.length() == anchor[0] && fitting.size() > UNIVERSAL.size()) {
      fitting.removeAll(UNIVERSAL); // until somebody begins to type one of them
    }
    List<Completion> completions = detailed(source.substring(0, anchor[0]), List.copyOf(fitting));
    return new Completion.Candidates(resolved.typed(anchor[0]), completions);
  }

  /** A short list gets signatures and first sentences, as far as they come in time. */
  private List<Completion> detailed(String source, List<String> texts) {
    List<Completion> completions = new ArrayList<>();
    long deadline = System.nanoTime() + DETAILS_LIMIT.toNanos();
    for (String text : texts) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Optional<Documentation.Entry> entry = Optional.empty();
      boolean more = false;
      if (texts.size() > 1 && texts.size() <= MOST_DETAILED && left.isPositive()) {
        List<Documentation.Entry> entries =
            documentation.entries(source + text.replaceFirst("\\(.*", "("), left, true);
        entry = entries.stream().findFirst();
        more = entries.size() > 1;
      }
      completions.add(
          new Completion(
              text, text, entry.map(Completer::detail).orElse("") + (more ? " …" : ""), false));
    }
    return completions;
  }

  private static String detail(Documentation.Entry entry) {
    return entry.signature() + (entry.summary().isEmpty() ? "" : "  " + entry.summary());
  }
}
