package dev.containertui.repl;

import dev.containertui.Progress;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.repl.commands.Workspace;
import dev.containertui.repl.failure.Failure;
import dev.containertui.repl.failure.Failure.Reason;
import dev.containertui.repl.failure.FailureJson;
import dev.containertui.repl.failure.FailureText;
import dev.containertui.repl.failure.Failures;
import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.Place;
import dev.containertui.repl.jshell.ScriptFile;
import dev.containertui.repl.jshell.ScriptText;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.repl.values.JsonValues;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Runs scripts of snippets to their end or to the first snippet that fails.
 *
 * <p>Exit codes: 0 at the end; n after {@code exit(n)} or a line {@code /exit n}; else what {@link
 * Reason#exitCode} says of the failure that ended it.
 *
 * <p>While a script runs, {@code System.out} and {@code System.err} of the process are the script's
 * streams, and SIGINT and SIGTERM of the process stop it: what it has in {@code finally} is done
 * still, for at most 15 s.
 */
public final class ReplScript {
  /**
   * A script.
   *
   * @param directory that {@code /load} starts from
   */
  public record Source(ScriptText text, Path directory) {
    /** A file, seen from the current directory. */
    public static Source of(Path file) {
      Path folder = file.toAbsolutePath().getParent();
      return new Source(ScriptFile.read(file), folder);
    }

    /** A source without a file. */
    public static Source of(ScriptText text) {
      return new Source(text, Path.of("").toAbsolutePath());
    }
  }

  /**
   * How to run scripts.
   *
   * @param values whether the value of every snippet that has one is printed
   * @param json whether values, also those of {@code print(…)}, and failures are printed as JSON, a
   *     line each; what the script writes to {@code System.out} then goes to standard error
   * @param keepGoing whether snippets behind one that failed are run too
   * @param debug whether failures come with stack traces
   * @param limit for all of it, without the start of the engine; empty: none
   * @param arguments the script's {@code arguments()}
   * @param progress where pulls say how far they are
   */
  public record Options(
      boolean values,
      boolean json,
      boolean keepGoing,
      boolean debug,
      Optional<Duration> limit,
      List<String> arguments,
      Progress progress) {
    public static final Options DEFAULT =
        new Options(false, false, false, false, Optional.empty(), List.of(), Progress.NONE);

    public Options {
      arguments = List.copyOf(arguments);
    }
  }

  private final Options options;
  private final OutputStream rawOut;
  private final PrintStream err;
  private final AtomicReference<String> rendered = new AtomicReference<>("null");

  private ReplScript(Options options, OutputStream out, PrintStream err) {
    this.options = options;
    this.rawOut = out;
    this.err = err;
  }

  /**
   * Runs scripts one after the other in one session and returns the exit code.
   *
   * @param engine stays open; its containers run on
   * @param out every line is there when it has been printed
   */
  public static int run(
      Engine engine, List<Source> sources, Options options, OutputStream out, PrintStream err) {
    return new ReplScript(options, out, err).run(engine, sources);
  }

  /** Reports what kept a script from its start in the way the options ask for. */
  public static int complain(EngineException e, Reason reason, Options options, PrintStream err) {
    new ReplScript(options, OutputStream.nullOutputStream(), err)
        .complain(Failures.of(e).because(reason));
    return reason.exitCode();
  }

  private int run(Engine engine, List<Source> sources) {
    Function<Object, String> renderer =
        options.json() ? JsonValues::line : new ValueRenderer(Style.PLAIN)::render;
    List<String> startup = new ArrayList<>(Startup.IMPORTS);
    startup.add("String[] args = arguments();");
    try (var stop = new ScriptStop(options.limit());
        var data = data(stop);
        var _ = new StandardStreams(options.json() ? err : data, err);
        var _ =
            new Workspace(
                engine,
                data,
                renderer,
                options.json() ? JsonValues::line : CharSequence::toString,
                options.progress(),
                Optional.empty(),
                options.arguments());
        var runner =
            new SnippetRunner(
                startup, value -> rendered.set(options.values() ? renderer.apply(value) : ""))) {
      ScriptRun run =
          new ScriptRun(runner, options.keepGoing(), this::complain, done -> show(done, data));
      OptionalInt code = run.all(sources);
      return code.isPresent() ? code.getAsInt() : stopped(stop, run.place());
    }
  }

  private PrintStream data(ScriptStop stop) {
    var watched =
        new ScriptOutput(rawOut, () -> stop.stop(new ScriptStop.Cause(Reason.BROKEN_PIPE, "")));
    // Whoever reads the output sees what was printed when it was printed, line or not.
    return new PrintStream(watched, true, StandardCharsets.UTF_8);
  }

  private void show(Outcome.Done done, PrintStream data) {
    if (!options.values()) {
      return;
    }
    if (!options.json() && done.variable().isPresent()) {
      data.println(Echo.text(done, rendered.get()));
    } else if (options.json() && done.isExpression()) {
      data.println(rendered.get());
    }
  }

  private int stopped(ScriptStop stop, Optional<Place> place) {
    ScriptStop.Cause cause =
        stop.cause().orElse(new ScriptStop.Cause(Reason.INTERRUPTED, "interrupted"));
    if (!cause.words().isEmpty()) {
      complain(Failure.of(cause.reason(), place, cause.words(), ""));
    }
    return cause.reason().exitCode();
  }

  private void complain(Failure failure) {
    options.progress().done();
    err.println(
        options.json()
            ? FailureJson.of(failure, options.debug())
            : FailureText.of(failure, Style.PLAIN, options.debug()));
    err.flush();
  }
}
