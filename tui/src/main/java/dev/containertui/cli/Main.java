package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import java.time.Clock;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Thread.ofPlatform().daemon().name("prepare-start").start(Main::prepareStart);
      ProcessExit.prepare();
    }
    CliContext context =
        new CliContext(
            Stdio.ofProcess(),
            System.getenv(),
            Main::openEngine,
            HostSignals.ofProcess(),
            Clock.systemDefaultZone());
    int exitCode = new Cli(context).run(arguments);
    ProcessExit.now(exitCode);
  }

  /** An engine that is also closed, containers and all, if a signal ends this process. */
  private static Engine openEngine() {
    Engine engine = LocalEngine.open(EngineConfig.fromEnvironment());
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "engine-close"));
    return engine;
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
