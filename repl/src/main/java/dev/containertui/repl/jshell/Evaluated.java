package dev.containertui.repl.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** Says in {@link Outcome}s what JShell says of a source that it has evaluated. */
final class Evaluated {
  private static final int MOST_CAUSES = 16;

  private final JShell jshell;
  private final String source;
  private final List<SnippetEvent> events;

  /**
   * @param source what was evaluated
   * @param events what JShell answered; those of snippets that only followed another are left out
   */
  Evaluated(JShell jshell, String source, List<SnippetEvent> events) {
    this.jshell = jshell;
    this.source = source;
    this.events = events.stream().filter(e -> e.causeSnippet() == null).toList();
  }

  /**
   * @param live the exception that left it; null if there was none
   * @param value its value
   */
  Outcome outcome(Throwable live, Object value) {
    for (SnippetEvent event : events) {
      if (event.status() == Status.REJECTED) {
        return new Outcome.Rejected(problems(event.snippet()));
      }
    }
    for (SnippetEvent event : events) {
      if (event.exception() != null) {
        return thrown(live != null ? live : event.exception(), event.exception(), 0);
      }
    }
    if (events.isEmpty()) {
      return new Outcome.Done(Optional.empty(), false, false, null);
    }
    SnippetEvent last = events.getLast();
    if (isUnresolved(last.status()) && last.snippet() instanceof DeclarationSnippet declaration) {
      return unresolved(jshell, declaration);
    }
    return done(last.snippet(), value);
  }

  private static Outcome done(Snippet snippet, Object value) {
    Optional<String> variable =
        switch (snippet) {
          case VarSnippet v -> Optional.of(v.name());
          case ExpressionSnippet e -> Optional.of(e.name());
          default -> Optional.empty();
        };
    boolean temporary = isTemporary(snippet);
    boolean declaration =
        snippet instanceof VarSnippet && !temporary
            || snippet.subKind() == Snippet.SubKind.ASSIGNMENT_SUBKIND;
    return new Outcome.Done(variable, temporary, declaration, value);
  }

  private static boolean isTemporary(Snippet snippet) {
    return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  /**
   * Of a source that failed, the variables that have got no value, or one that nobody was told.
   *
   * @param ended of its snippets that were begun, in their order, which came to an end
   */
  List<VarSnippet> valueless(List<Boolean> ended) {
    List<VarSnippet> variables =
        events.stream()
            .filter(event -> event.status() == Status.VALID)
            .map(SnippetEvent::snippet)
            .filter(VarSnippet.class::isInstance)
            .map(VarSnippet.class::cast)
            .filter(variable -> variable.subKind() != Snippet.SubKind.VAR_DECLARATION_SUBKIND)
            .toList();
    return IntStream.range(0, variables.size())
        .filter(i -> i >= ended.size() || !ended.get(i) || isTemporary(variables.get(i)))
        .mapToObj(variables::get)
        .toList();
  }

  /**
   * JShell's copy of an exception knows the places in snippets, the live one everything else: both
   * are followed from cause to cause.
   */
  private static Outcome.Thrown thrown(Throwable live, Throwable copy, int depth) {
    Optional<Outcome.Thrown> cause =
        live.getCause() == null || copy.getCause() == null || depth == MOST_CAUSES
            ? Optional.empty()
            : Optional.of(thrown(live.getCause(), copy.getCause(), depth + 1));
    return new Outcome.Thrown(live, frames(copy), cause);
  }

  private static List<Outcome.Frame> frames(Throwable exception) {
    List<Outcome.Frame> frames = new ArrayList<>();
    for (StackTraceElement element : exception.getStackTrace()) {
      String file = element.getFileName();
      if (file != null && file.startsWith("#") && element.getLineNumber() > 0) {
        frames.add(new Outcome.Frame(label(file.substring(1)), element.getLineNumber()));
      }
    }
    return frames;
  }

  static boolean isUnresolved(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  static Outcome.Unresolved unresolved(JShell jshell, DeclarationSnippet declaration) {
    return new Outcome.Unresolved(
        label(declaration.id()),
        declaration.name(),
        jshell.unresolvedDependencies(declaration).toList());
  }

  private static String label(String id) {
    return id.contains(".") ? id.substring(0, id.lastIndexOf('.')) : id;
  }

  private List<Outcome.Problem> problems(Snippet snippet) {
    List<Outcome.Problem> problems = new ArrayList<>();
    for (Diag diag : jshell.diagnostics(snippet).filter(Diag::isError).toList()) {
      problems.add(
          new Outcome.Problem(
              clamp(diag.getStartPosition()),
              clamp(diag.getPosition()),
              clamp(diag.getEndPosition()),
              message(diag)));
    }
    if (problems.isEmpty()) {
      problems.add(new Outcome.Problem(0, 0, source.length(), "not understood"));
    }
    return problems;
  }

  private int clamp(long position) {
    return Math.clamp(position, 0, source.length());
  }

  /** The compiler's message without the line that names the class around the snippet. */
  private static String message(Diag diag) {
    return String.join(
        "\n",
        diag.getMessage(Locale.getDefault())
            .lines()
            .filter(line -> !line.strip().startsWith("location:"))
            .toList());
  }
}
