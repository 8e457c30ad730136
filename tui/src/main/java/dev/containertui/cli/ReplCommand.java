package dev.containertui.cli;

import dev.containertui.Progress;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.StateDirectories;
import dev.containertui.error.EngineException;
import dev.containertui.repl.ConsoleSetup;
import dev.containertui.repl.DeferredEngine;
import dev.containertui.repl.ReplConsole;
import dev.containertui.repl.ReplScript;
import dev.containertui.repl.failure.Failure.Reason;
import dev.containertui.repl.jshell.ScriptFile;
import dev.containertui.tui.Workbench;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "repl",
    description = "Java snippets over images and containers: a console, or a script.",
    footer = {
      "",
      "Without FILE and -e it is a console on a terminal, and else a script on standard input.",
      "A script ends at the first snippet that fails: FILE:LINE:COLUMN, the line, a hint.",
      "What follows FILE, or the expressions, is the script's: arguments().",
      "",
      "exit codes:",
      "  0    the end of the script             n    exit(n)",
      "  1    a snippet, a command or the engine failed",
      "  2    a snippet does not compile, a script cannot be read, a wrong option",
      "  124  the time of --timeout was up      130  Ctrl-C (143: SIGTERM)",
      "  141  nobody reads the output",
      "",
      "examples:",
      "  container-tui repl",
      "  container-tui repl script.jsh one two",
      "  container-tui repl -e 'images()' -e 'containers()'",
      "  container-tui repl --json -e 'images()' | jq '.[].references'",
      "  echo 'print(images())' | container-tui repl --timeout 1m",
      "  #!/usr/bin/env -S container-tui repl    as the first line makes FILE a command"
    })
final class ReplCommand implements Callable<Integer> {
  private final CliContext context;
  @Spec private CommandSpec spec;
  @Mixin private HelpOption help;

  @Option(
      names = "-e",
      paramLabel = "EXPRESSION",
      description = "evaluates this and prints its value; can be given again")
  private List<String> expressions = List.of();

  @Option(names = "--echo", description = "prints the value of every snippet of a script")
  private boolean echo;

  @Option(
      names = "--json",
      description = "prints values, a line of JSON each, and failures likewise on standard error")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints no values and no progress: only what the script prints, and failures")
  private boolean quiet;

  @Option(
      names = "--keep-going",
      description = "runs what follows a failure too; ends with the code of the first")
  private boolean keepGoing;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "stops the script after so long, as in 90s or 1m30s")
  private Duration timeout;

  @Parameters(
      paramLabel = "FILE|-",
      arity = "0..*",
      description = "a script and its arguments; - is standard input")
  private List<String> words = List.of();

  ReplCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (timeout != null && timeout.toMillis() < 1) {
      throw new ParameterException(spec.commandLine(), "--timeout is shorter than 1 ms");
    }
    boolean console = expressions.isEmpty() && words.isEmpty();
    if (console && context.io().inIsTerminal() && context.io().outIsTerminal()) {
      return runConsole();
    }
    return runScript();
  }

  private boolean debug() {
    return spec.root().userObject() instanceof RootCommand root && root.debug();
  }

  private int runConsole() {
    StateDirectories directories = EngineConfig.fromEnvironment().directories();
    // The prompt is there before the engine is.
    try (Engine engine = new DeferredEngine(context.engines()::open)) {
      ConsoleSetup setup =
          ConsoleSetup.plain()
              .withHistory(directories.data().resolve("repl-history"))
              .withStartup(directories.config().resolve("startup.jsh"))
              .withDebug(debug())
              .withWorkbench(
                  () ->
                      Workbench.of(
                              () -> StayingEngine.of(engine),
                              new WorkbenchCommands(context),
                              directories)
                          .run());
      return ReplConsole.runOnSystemTerminal(engine, setup);
    }
  }

  private int runScript() {
    boolean named = expressions.isEmpty() && !words.isEmpty();
    ReplScript.Options options = options(named ? words.subList(1, words.size()) : words);
    List<ReplScript.Source> sources;
    try {
      sources = named ? List.of(script(words.getFirst())) : expressionsOrInput();
    } catch (EngineException e) {
      return ReplScript.complain(e, Reason.COMPILATION, options, context.io().err());
    }
    try (Engine engine = context.engines().open()) {
      return ReplScript.run(engine, sources, options, context.io().out(), context.io().err());
    } catch (EngineException e) {
      return ReplScript.complain(e, Reason.ENGINE, options, context.io().err());
    }
  }

  private ReplScript.Options options(List<String> arguments) {
    Progress progress =
        context.fancyErr() && !quiet && !json
            ? new StatusLine(context.io().err(), LocalTerminal.columns(context))
            : Progress.NONE;
    return new ReplScript.Options(
        !quiet && (echo || json || !expressions.isEmpty()),
        json,
        keepGoing,
        debug(),
        Optional.ofNullable(timeout),
        arguments,
        progress);
  }

  private ReplScript.Source script(String name) {
    if (name.equals("-")) {
      return input();
    }
    try {
      return ReplScript.Source.of(Path.of(name));
    } catch (InvalidPathException e) {
      throw new EngineException(EngineException.Kind.INVALID, "not a name of a file: " + name);
    }
  }

  private List<ReplScript.Source> expressionsOrInput() {
    if (expressions.isEmpty()) {
      return List.of(input());
    }
    List<ReplScript.Source> sources = new ArrayList<>();
    for (String expression : expressions) {
      String name = expressions.size() == 1 ? "-e" : "-e " + (sources.size() + 1);
      sources.add(ReplScript.Source.of(ScriptFile.text(name, expression)));
    }
    return sources;
  }

  private ReplScript.Source input() {
    return ReplScript.Source.of(ScriptFile.read(context.io().in(), "<stdin>"));
  }
}
