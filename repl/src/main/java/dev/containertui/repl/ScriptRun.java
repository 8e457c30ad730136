package dev.containertui.repl;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.commands.ExitRequest;
import dev.containertui.repl.failure.Failure;
import dev.containertui.repl.failure.Failure.Reason;
import dev.containertui.repl.failure.Failures;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.Place;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.jshell.SnippetSplitter;
import dev.containertui.repl.jshell.Sources;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Evaluates the snippets of scripts in order, and decides after each whether the next one runs. */
final class ScriptRun {
  /** Scripts that load each other in a circle end here. */
  private static final int MOST_LOADED = 16;

  private final SnippetRunner runner;
  private final boolean keepGoing;
  private final Consumer<Failure> onFailure;
  private final Consumer<Outcome.Done> onDone;
  private final Sources sources = new Sources();
  private final Failures failures = new Failures(sources);
  private Optional<Place> place = Optional.empty();
  private OptionalInt firstFailure = OptionalInt.empty();
  private boolean stopped;

  ScriptRun(
      SnippetRunner runner,
      boolean keepGoing,
      Consumer<Failure> onFailure,
      Consumer<Outcome.Done> onDone) {
    this.runner = runner;
    this.keepGoing = keepGoing;
    this.onFailure = onFailure;
    this.onDone = onDone;
  }

  /** The snippet that runs, or ran last. */
  Optional<Place> place() {
    return place;
  }

  /** Returns the exit code; empty if it was stopped. */
  OptionalInt all(List<ReplScript.Source> scripts) {
    try {
      for (ReplScript.Source script : scripts) {
        OptionalInt code = one(script, 0);
        if (stopped || code.isPresent()) {
          return stopped ? OptionalInt.empty() : code;
        }
      }
      for (Outcome.Unresolved declaration : runner.unresolved()) {
        failed(failures.unresolved(declaration));
      }
      return OptionalInt.of(firstFailure.orElse(0));
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED || Thread.currentThread().isInterrupted()) {
        return OptionalInt.empty();
      }
      failed(Failures.of(e)); // the evaluator itself is at its end
      return firstFailure;
    }
  }

  /** Returns the exit code if all is to end here. */
  private OptionalInt one(ReplScript.Source script, int depth) {
    int number = sources.add(script.text());
    SnippetSplitter splitter = new SnippetSplitter(runner, script.text().text());
    while (true) {
      Optional<SnippetSplitter.Piece> next = splitter.next();
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      SnippetSplitter.Piece piece = next.get();
      Place snippet = Place.at(script.text(), piece.offset());
      place = Optional.of(snippet);
      OptionalInt code =
          piece.source().startsWith("/")
              ? command(script, snippet, piece.source(), depth)
              : ended(
                  snippet, runner.evaluate(piece.source(), Sources.label(number, piece.offset())));
      if (stopped || code.isPresent()) {
        return code;
      }
    }
  }

  private OptionalInt command(ReplScript.Source script, Place snippet, String line, int depth) {
    String[] words = line.split("\\s+", 2);
    String argument = words.length == 2 ? words[1] : "";
    Place whole = new Place(snippet.source(), snippet.start(), snippet.start() + line.length());
    return switch (words[0]) {
      case "/exit" -> leave(whole, argument);
      case "/load" -> load(script, whole, argument, depth);
      default ->
          refused(
              whole,
              "scripts know no command " + words[0],
              "they know /exit [code] and /load FILE");
    };
  }

  private OptionalInt leave(Place line, String code) {
    try {
      return exit(code.isEmpty() ? 0 : Integer.parseInt(code));
    } catch (NumberFormatException e) {
      return refused(line, "not an exit code: " + code, "a number from 0 to 255 is");
    }
  }

  private OptionalInt load(ReplScript.Source script, Place line, String file, int depth) {
    if (file.isEmpty()) {
      return refused(line, "/load needs the name of a file", "");
    }
    if (depth == MOST_LOADED) {
      return refused(line, "scripts load each other too deeply", "do they so in a circle?");
    }
    ReplScript.Source loaded;
    try {
      loaded = ReplScript.Source.of(script.directory().resolve(file));
    } catch (InvalidPathException e) {
      return refused(line, "not a name of a file: " + file, "");
    } catch (EngineException e) {
      return refused(line, e.getMessage(), e.hint());
    }
    return one(loaded, depth + 1);
  }

  private OptionalInt refused(Place line, String message, String hint) {
    return failed(Failure.of(Reason.COMPILATION, Optional.of(line), message, hint));
  }

  /** What a snippet's end means for the script: an exit code, or nothing and it goes on. */
  private OptionalInt ended(Place snippet, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> onDone.accept(done);
      case Outcome.Unresolved _ -> {
        return OptionalInt.empty(); // what it lacks may yet come
      }
      case Outcome.Rejected rejected -> {
        OptionalInt code = OptionalInt.empty();
        for (Failure failure :
            failures.rejected(snippet.source(), snippet.start(), rejected.problems())) {
          code = failed(failure);
        }
        return code;
      }
      case Outcome.Thrown thrown when thrown.thrown() instanceof ExitRequest exit -> {
        return exit(exit.code());
      }
      case Outcome.Thrown thrown -> {
        return failed(failures.thrown(snippet, thrown));
      }
      case Outcome.Stopped _ -> stopped = true;
    }
    return OptionalInt.empty();
  }

  /** What failed before the script chose its exit code outweighs the choice. */
  private OptionalInt exit(int code) {
    return OptionalInt.of(firstFailure.orElse(code & 0xff));
  }

  private OptionalInt failed(Failure failure) {
    onFailure.accept(failure);
    if (firstFailure.isEmpty()) {
      firstFailure = OptionalInt.of(failure.reason().exitCode());
    }
    return keepGoing ? OptionalInt.empty() : firstFailure;
  }
}
