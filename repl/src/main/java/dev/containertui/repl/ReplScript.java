package dev.containertui.repl;

import dev.containertui.Progress;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.commands.ExitRequest;
import dev.containertui.repl.commands.Workspace;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.jshell.SnippetSplitter;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;

/**
 * Runs a file of snippets to its end or to the first one that fails.
 *
 * <p>Exit codes: 0 at the end; what {@code exit(n)} or a line {@code /exit n} says; 1 if a snippet
 * fails; 130 if the run is cancelled by SIGINT or an interrupt of the calling thread.
 *
 * <p>While a script runs, {@code System.out} and {@code System.err} of the process are the script's
 * streams.
 */
public final class ReplScript {
  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;

  /**
   * How to run a script.
   *
   * @param echo print the value of every snippet that has one
   * @param debug print stack traces
   * @param arguments the script's {@code args}
   * @param progress where pulls say how far they are
   */
  public record Options(boolean echo, boolean debug, List<String> arguments, Progress progress) {
    public static final Options DEFAULT = new Options(false, false, List.of(), Progress.NONE);

    public Options {
      arguments = List.copyOf(arguments);
    }
  }

  private final ScriptText script;
  private final PrintStream out;
  private final PrintStream err;
  private final Options options;
  private final ValueRenderer renderer = new ValueRenderer(Style.PLAIN);
  private final AtomicReference<String> rendered = new AtomicReference<>("null");
  private final FailureReport report;

  private ReplScript(ScriptText script, PrintStream out, PrintStream err, Options options) {
    this.script = script;
    // Whoever reads the output sees a line when it is printed, however the caller buffers.
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
    this.options = options;
    this.report = new FailureReport(script, "", Style.PLAIN, options.debug());
  }

  /** Runs with {@link Options#DEFAULT}. */
  public static int run(
      Engine engine, String source, String name, PrintStream out, PrintStream err) {
    return run(engine, source, name, out, err, Options.DEFAULT);
  }

  /**
   * Runs a script and returns its exit code.
   *
   * @param engine stays open; its containers run on
   * @param name of the source in messages: a path, or {@code <stdin>}
   */
  public static int run(
      Engine engine,
      String source,
      String name,
      PrintStream out,
      PrintStream err,
      Options options) {
    ScriptText script = new ScriptText(name, source.replace("\r\n", "\n")).withoutShebang();
    return new ReplScript(script, out, err, options).run(engine);
  }

  private int run(Engine engine) {
    Thread caller = Thread.currentThread();
    Object handlerBefore = Signals.register("INT", caller::interrupt);
    List<String> startup = new ArrayList<>(Startup.IMPORTS);
    startup.add("String[] args = arguments();");
    try (var _ = new StandardStreams(out, err);
        var _ =
            new Workspace(
                engine,
                out,
                renderer::render,
                options.progress(),
                Optional.empty(),
                options.arguments());
        var runner =
            new SnippetRunner(
                startup, value -> rendered.set(options.echo() ? renderer.render(value) : ""))) {
      return evaluateAll(runner);
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        return INTERRUPTED;
      }
      complain(script.name() + ": " + e.getMessage());
      if (!e.hint().isEmpty()) {
        complain("hint: " + e.hint());
      }
      return FAILED;
    } finally {
      Signals.unregister("INT", handlerBefore);
    }
  }

  private int evaluateAll(SnippetRunner runner) {
    SnippetSplitter splitter = new SnippetSplitter(runner, script.text());
    while (true) {
      Optional<SnippetSplitter.Piece> next = splitter.next();
      if (next.isEmpty()) {
        return end(runner);
      }
      SnippetSplitter.Piece piece = next.get();
      OptionalInt exitCode =
          piece.source().startsWith("/")
              ? command(piece)
              : ended(piece, runner.evaluate(piece.source(), Integer.toString(piece.offset())));
      if (exitCode.isPresent()) {
        return exitCode.getAsInt();
      }
    }
  }

  private OptionalInt command(SnippetSplitter.Piece piece) {
    String[] words = piece.source().split("\\s+");
    if (words[0].equals("/exit") && words.length <= 2) {
      try {
        return OptionalInt.of(words.length == 1 ? 0 : Integer.parseInt(words[1]) & 0xff);
      } catch (NumberFormatException e) {
        return failed(piece, "not an exit code: " + words[1]);
      }
    }
    return failed(piece, "scripts know one command line, /exit [code]; not " + words[0]);
  }

  private OptionalInt failed(SnippetSplitter.Piece piece, String message) {
    var problem = new Outcome.Problem(0, 0, piece.source().length(), message);
    complain(report.rejected(piece.offset(), List.of(problem)));
    return OptionalInt.of(FAILED);
  }

  /** What a snippet's end means for the script: an exit code, or nothing and it goes on. */
  private OptionalInt ended(SnippetSplitter.Piece piece, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> {
        if (options.echo() && done.variable().isPresent()) {
          out.println(Echo.text(done, rendered.get()));
        }
        return OptionalInt.empty();
      }
      case Outcome.Unresolved _ -> {
        return OptionalInt.empty(); // what it lacks may yet come
      }
      case Outcome.Rejected rejected ->
          complain(report.rejected(piece.offset(), rejected.problems()));
      case Outcome.Thrown thrown when thrown.thrown() instanceof ExitRequest exit -> {
        return OptionalInt.of(exit.code() & 0xff);
      }
      case Outcome.Thrown thrown -> complain(report.thrown(piece.offset(), thrown));
      case Outcome.Stopped _ -> {
        return OptionalInt.of(INTERRUPTED);
      }
    }
    return OptionalInt.of(FAILED);
  }

  private void complain(String message) {
    out.flush(); // what the script said comes first
    err.println(message);
  }

  private int end(SnippetRunner runner) {
    List<Outcome.Unresolved> unresolved = runner.unresolved();
    for (Outcome.Unresolved declaration : unresolved) {
      complain(report.unresolved(declaration));
    }
    return unresolved.isEmpty() ? 0 : FAILED;
  }
}
