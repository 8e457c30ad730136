package dev.containertui.repl;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.commands.ExitRequest;
import dev.containertui.repl.console.ConsoleOutput;
import dev.containertui.repl.console.LastValue;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.jshell.SnippetSplitter;
import dev.containertui.repl.jshell.Sources;
import dev.containertui.repl.slash.Evaluation;
import dev.containertui.repl.slash.Setting;
import dev.containertui.repl.slash.Settings;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** Evaluates for the console: piece by piece up to the first that fails, and shows each value. */
final class Evaluator implements Evaluation {
  private static final int MOST_ACCEPTED = 100_000;

  private final SnippetRunner runner;
  private final ConsoleOutput output;
  private final Settings settings;
  private final Supplier<Style> style;
  private final LastValue lastValue;
  private final Supplier<String> rendered;
  private final Function<String, OptionalInt> commands;
  private final List<String> accepted = new ArrayList<>();
  private int inputs;
  private Optional<Took> took = Optional.empty();
  private Optional<String> cutShort = Optional.empty();
  private Optional<Throwable> lastFailure = Optional.empty();

  /**
   * @param rendered the value of the last snippet as text
   * @param commands runs the lines of files that are commands
   */
  Evaluator(
      SnippetRunner runner,
      ConsoleOutput output,
      Settings settings,
      Supplier<Style> style,
      LastValue lastValue,
      Supplier<String> rendered,
      Function<String, OptionalInt> commands) {
    this.runner = runner;
    this.output = output;
    this.settings = settings;
    this.style = style;
    this.lastValue = lastValue;
    this.rendered = rendered;
    this.commands = commands;
  }

  @Override
  public OptionalInt typed(String source) {
    return evaluate(new ScriptText("", source), lastValue.resolved(source), true);
  }

  @Override
  public OptionalInt measured(String source, int times) {
    took = Optional.empty();
    int number = ++inputs;
    var script = new ScriptText("", source);
    var resolved = lastValue.resolved(source);
    var splitter = new SnippetSplitter(runner, resolved.text());
    Optional<SnippetSplitter.Piece> only = splitter.next();
    if (only.isEmpty() || only.get().source().startsWith("/") || splitter.next().isPresent()) {
      throw new EngineException(
          Kind.INVALID,
          "/time takes one expression or statement",
          "several go in braces: /time 10 { …; … }");
    }
    SnippetSplitter.Piece piece = only.get();
    long began = System.nanoTime();
    Outcome outcome =
        runner.measure(
            piece.source(), Sources.label(number, resolved.typed(piece.offset())), times);
    Duration whole = Duration.ofNanos(System.nanoTime() - began);
    output.freshLine();
    List<Duration> runs = runner.runs();
    if (outcome instanceof Outcome.Done done && !runs.isEmpty()) {
      if (done.declaration()) {
        accept(piece.source());
      }
      Duration ran = runs.stream().reduce(Duration.ZERO, Duration::plus);
      took = Optional.of(new Took(runs, whole.minus(ran)));
      return OptionalInt.empty();
    }
    return succeeded(piece, outcome, false) // a declaration, of which nothing runs
        ? OptionalInt.empty()
        : failed(report(script, number), resolved, piece, outcome);
  }

  @Override
  public OptionalInt file(ScriptText file) {
    return evaluate(file, new LastValue.Resolved(file.text(), List.of(), 0), false);
  }

  @Override
  public Optional<Took> took() {
    return took;
  }

  @Override
  public List<String> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public Optional<String> cutShort() {
    return cutShort;
  }

  @Override
  public Optional<Throwable> lastFailure() {
    return lastFailure;
  }

  private OptionalInt evaluate(ScriptText script, LastValue.Resolved resolved, boolean echo) {
    int number = ++inputs;
    var report = report(script, number);
    var splitter = new SnippetSplitter(runner, resolved.text());
    while (true) {
      Optional<SnippetSplitter.Piece> next = splitter.next();
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      SnippetSplitter.Piece piece = next.get();
      int at = resolved.typed(piece.offset());
      if (piece.source().startsWith("/")) {
        OptionalInt exit = command(script, at, piece.source());
        if (exit.isPresent()) {
          return exit;
        }
        continue;
      }
      Outcome outcome = runner.evaluate(piece.source(), Sources.label(number, at));
      output.freshLine();
      if (!succeeded(piece, outcome, echo)) {
        return failed(report, resolved, piece, outcome);
      }
    }
  }

  private FailureReport report(ScriptText script, int number) {
    return new FailureReport(script, number, style.get(), settings.isOn(Setting.DEBUG));
  }

  private OptionalInt command(ScriptText script, int at, String line) {
    if (script.name().isEmpty()) {
      throw new EngineException(
          Kind.INVALID, "a command stands alone on its line: " + SafeText.line(line));
    }
    try {
      return commands.apply(besideIt(script, line));
    } catch (EngineException e) {
      throw new EngineException(e.kind(), script.place(at) + ": " + e.getMessage(), e.hint(), e);
    }
  }

  /** What a script loads is looked for beside it, wherever the console was started. */
  private static String besideIt(ScriptText script, String line) {
    String[] words = line.split("\\s+", 2);
    if (words.length < 2 || !words[0].equals("/load") || words[1].startsWith("~")) {
      return line;
    }
    try {
      return "/load " + Path.of(script.name()).resolveSibling(words[1]);
    } catch (InvalidPathException e) {
      return line; // it is refused there
    }
  }

  private boolean succeeded(SnippetSplitter.Piece piece, Outcome outcome, boolean echo) {
    switch (outcome) {
      case Outcome.Done done -> {
        accept(piece.source());
        done.variable().ifPresent(lastValue::isIn);
        if (echo && done.variable().isPresent()) {
          show(done.variable().get(), rendered.get());
        }
        return true;
      }
      case Outcome.Unresolved declaration -> {
        accept(piece.source());
        output.println(
            declaration.declaration()
                + " can be used once this exists: "
                + String.join(", ", declaration.unresolved()));
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void accept(String source) {
    if (accepted.size() < MOST_ACCEPTED) {
      accepted.add(source.stripTrailing());
    }
  }

  /** A value behind its name, as much of it as the user wants to see. */
  private void show(String variable, String text) {
    Style now = style.get();
    String name = now.paint(Tone.DIM, variable + " =");
    if (text.isBlank()) {
      output.println(name + now.paint(Tone.DIM, " (nothing)"));
      return;
    }
    List<String> lines = text.lines().toList();
    int most = settings.number(Setting.LINES);
    boolean tooMany = most > 0 && lines.size() > most;
    cutShort = tooMany ? Optional.of(text) : cutShort;
    String shown = tooMany ? String.join("\n", lines.subList(0, most)) : text;
    output.println(name + (lines.size() == 1 ? " " : "\n") + shown);
    if (tooMany) {
      int more = lines.size() - most;
      output.println(
          now.paint(
              Tone.DIM, "… " + more + (more == 1 ? " more line: /more" : " more lines: /more")));
    }
  }

  private OptionalInt failed(
      FailureReport report,
      LastValue.Resolved resolved,
      SnippetSplitter.Piece piece,
      Outcome outcome) {
    int at = resolved.typed(piece.offset());
    switch (outcome) {
      case Outcome.Rejected rejected -> {
        List<Outcome.Problem> problems =
            rejected.problems().stream().map(p -> typed(p, resolved, piece.offset(), at)).toList();
        String advice =
            new Advice(runner)
                .about(piece.source(), rejected.problems().getFirst())
                .map(name -> "\nhint: did you mean " + name + "?")
                .orElse("");
        output.println(report.rejected(at, problems) + advice);
      }
      case Outcome.Thrown thrown when thrown.thrown() instanceof ExitRequest exit -> {
        return OptionalInt.of(exit.code() & 0xff);
      }
      case Outcome.Thrown thrown -> {
        lastFailure = Optional.of(thrown.thrown());
        runner.assign("_error", thrown.thrown());
        output.println(report.thrown(at, thrown));
      }
      default -> output.println(style.get().paint(Tone.WARN, "stopped"));
    }
    return OptionalInt.empty();
  }

  private static Outcome.Problem typed(
      Outcome.Problem problem, LastValue.Resolved resolved, int offset, int at) {
    return new Outcome.Problem(
        resolved.typed(offset + problem.start()) - at,
        resolved.typed(offset + problem.position()) - at,
        resolved.typed(offset + problem.end()) - at,
        problem.message());
  }
}
