package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import java.time.Clock;
import java.util.List;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0
        && arguments[0].equals("run")
        && (ChosenEngine.isEmbedded(System.getenv())
            || List.of(arguments).contains(RootCommand.EMBEDDED))) {
      Thread.ofPlatform().daemon().name("prepare-start").start(Main::prepareStart);
      ProcessExit.prepare();
    }
    Stdio io = Stdio.ofProcess();
    CliContext context =
        new CliContext(
            io,
            System.getenv(),
            new ChosenEngine(System.getenv(), notice -> Messages.print(io.err(), notice, "")),
            HostSignals.ofProcess(),
            Clock.systemDefaultZone());
    int exitCode = new Cli(context).run(arguments);
    ProcessExit.now(exitCode);
  }

  /** Loads what the start of a machine needs while the other CPU reads the command line. */
  private static void prepareStart() {
    try {
      LocalEngine.open(EngineConfig.fromEnvironment()).prepareStart();
    } catch (RuntimeException e) {
      // The command itself meets it again, and says so.
    }
  }
}
