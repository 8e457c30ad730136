package dev.containertui.repl.failure;

import dev.containertui.error.EngineException;
import dev.containertui.repl.failure.Failure.Reason;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.Place;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.Sources;
import dev.containertui.view.SafeText;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Makes {@link Failure}s of what the evaluator says. */
public final class Failures {
  private static final int MOST_CALLERS = 5;

  /** Some compilers' messages are unhelpful by the hundred once the first is out. */
  private static final int MOST_PROBLEMS = 20;

  private final Sources sources;

  public Failures(Sources sources) {
    this.sources = sources;
  }

  /**
   * One for each problem.
   *
   * @param offset of the snippet in the source
   */
  public List<Failure> rejected(ScriptText source, int offset, List<Outcome.Problem> problems) {
    return problems.stream()
        .limit(MOST_PROBLEMS)
        .map(
            problem -> {
              int start = offset + problem.position();
              int end = problem.end() > problem.position() ? offset + problem.end() : start + 1;
              return Failure.of(
                  Reason.COMPILATION,
                  Optional.of(new Place(source, start, end)),
                  problem.message(),
                  "");
            })
        .toList();
  }

  /** A declaration whose words never came. */
  public Failure unresolved(Outcome.Unresolved declaration) {
    return Failure.of(
        Reason.COMPILATION,
        sources.place(declaration.label()),
        declaration.declaration()
            + " refers to what does not exist: "
            + String.join(", ", declaration.unresolved()),
        "");
  }

  /**
   * @param snippet what threw
   */
  public Failure thrown(Place snippet, Outcome.Thrown outcome) {
    Outcome.Thrown told = outcome;
    // What is around another thread's exception says nothing that it does not say itself.
    while (isWrapper(told.thrown()) && told.cause().isPresent()) {
      told = told.cause().get();
    }
    List<Place> places = new ArrayList<>();
    addPlaces(told, places);
    if (told != outcome) {
      addPlaces(outcome, places);
    }
    boolean ours = told.thrown() instanceof EngineException;
    return new Failure(
        ours ? Reason.ENGINE : Reason.EXCEPTION,
        Optional.of(places.isEmpty() ? snippet : places.getFirst()),
        message(told.thrown()),
        hint(told.thrown()),
        places.stream().skip(1).limit(MOST_CALLERS).toList(),
        Optional.of(outcome.thrown()));
  }

  private void addPlaces(Outcome.Thrown outcome, List<Place> places) {
    for (Outcome.Frame frame : outcome.frames()) {
      Optional<Place> place = sources.place(frame);
      // JShell wraps one statement in several methods: one line, not three callers.
      if (place.isPresent() && !places.contains(place.get())) {
        places.add(place.get());
      }
    }
  }

  private static boolean isWrapper(Throwable thrown) {
    return switch (thrown) {
      case ExecutionException _, CompletionException _, InvocationTargetException _ -> true;
      case UncheckedIOException e -> e.getMessage().equals(String.valueOf(e.getCause()));
      default -> false;
    };
  }

  /** An engine's message as it is, of others the type too. */
  public static String message(Throwable thrown) {
    if (thrown instanceof EngineException known) {
      return known.getMessage();
    }
    String text = thrown.getMessage();
    String type = thrown.getClass().getName().replaceAll("^REPL\\.\\$JShell\\$\\w+\\$", "");
    return text == null || text.isBlank() ? type : type + ": " + text;
  }

  private static String hint(Throwable thrown) {
    if (thrown instanceof EngineException known && !known.hint().isEmpty()) {
      return SafeText.line(known.hint());
    }
    return thrown.getCause() == null ? "" : "--debug shows what caused it";
  }

  /** A failure of the engine outside every snippet. */
  public static Failure of(EngineException e) {
    return new Failure(
        Reason.ENGINE, Optional.empty(), message(e), hint(e), List.of(), Optional.of(e));
  }
}
