package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The program's entry point. */
public final class Main {
  /** Commands that use virtual threads, and wait for the engine more than they work. */
  private static final Set<String> ATTACHING = Set.of("run", "exec", "start", "attach", "logs");

  /** By then the machine boots. */
  private static final Duration EMBEDDED_HEAD_START = Duration.ofMillis(700);

  private Main() {}

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    String command = words.isEmpty() ? "" : words.getFirst();
    if (!ChosenEngine.isEmbedded(System.getenv()) && !words.contains(RootCommand.EMBEDDED)) {
      if (ATTACHING.contains(command)) {
        ProcessExit.prepare(Duration.ZERO);
      }
    } else if (command.equals("run")) {
      Thread.ofPlatform().daemon().name("prepare-start").start(Main::prepareStart);
      ProcessExit.prepare(EMBEDDED_HEAD_START);
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
