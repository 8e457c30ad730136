package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.StateDirectories;
import dev.containertui.repl.ConsoleSetup;
import dev.containertui.repl.DeferredEngine;
import dev.containertui.repl.ReplConsole;
import dev.containertui.repl.ReplScript;
import dev.containertui.repl.commands.Progress;
import dev.containertui.tui.Workbench;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "repl",
    description = "Java snippets over images and containers: a console, or a script.",
    footer = {
      "",
      "A script ends at the first snippet that fails, with exit code 1 and the line;",
      "exit(n) ends it with n.",
      "",
      "examples:",
      "  container-tui repl",
      "  container-tui repl script.jsh one two",
      "  echo 'System.out.println(images())' | container-tui repl -"
    })
final class ReplCommand implements Callable<Integer> {
  private static final int MAX_SCRIPT_BYTES = 16 << 20;

  private final CliContext context;
  @Spec private CommandSpec spec;
  @Mixin private HelpOption help;

  @Option(names = "--echo", description = "a script prints the value of every snippet")
  private boolean echo;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "a script; - is standard input; without it, a console on a terminal")
  private String script;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "the script's args")
  private List<String> arguments = List.of();

  ReplCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean debug = spec.root().userObject() instanceof RootCommand root && root.debug();
    if (script == null && context.io().inIsTerminal() && context.io().outIsTerminal()) {
      return runConsole(debug);
    }
    return runScript(debug);
  }

  private int runConsole(boolean debug) {
    StateDirectories directories = EngineConfig.fromEnvironment().directories();
    // The prompt is there before the engine is.
    try (Engine engine = new DeferredEngine(context.engines()::open)) {
      ConsoleSetup setup =
          ConsoleSetup.plain()
              .withHistory(directories.data().resolve("repl-history"))
              .withStartup(directories.config().resolve("startup.jsh"))
              .withDebug(debug)
              .withWorkbench(() -> new Workbench(StayingEngine.of(engine)).run());
      return ReplConsole.runOnSystemTerminal(engine, setup);
    }
  }

  private int runScript(boolean debug) {
    boolean fromStdin = script == null || script.equals("-");
    String source = fromStdin ? read(context.io().in()) : read(Path.of(script));
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Progress progress =
          context.fancyErr()
              ? new StatusLine(context.io().err(), LocalTerminal.columns(context))
              : Progress.NONE;
      return ReplScript.run(
          engine,
          source,
          fromStdin ? "<stdin>" : script,
          out,
          context.io().err(),
          new ReplScript.Options(echo, debug, arguments, progress));
    }
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.FAILURE,
          "cannot read the script " + file,
          "does it exist, and may you read it?");
    }
  }

  private static String read(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MAX_SCRIPT_BYTES + 1);
      if (bytes.length > MAX_SCRIPT_BYTES) {
        throw new CommandFailure(ExitCodes.FAILURE, "the script is larger than 16 MiB", "");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCodes.FAILURE, "the script is not UTF-8", "");
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.FAILURE, "cannot read the script: " + e.getMessage(), "");
    }
  }
}
