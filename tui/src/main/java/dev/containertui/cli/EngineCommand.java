package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.api.process.EngineConnector;
import dev.containertui.engine.api.process.EngineControl;
import dev.containertui.engine.api.process.EngineMain;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "engine",
    description = "Be the engine that supervises containers, until a signal; or manage it.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "An engine is started when a command needs it, and goes away when it has had nothing to do for a",
      "minute (engineIdleSeconds in config.json). Containers run on without it; the next one takes them",
      "over. If standard input is a listening socket, as of a service manager, it serves that one.",
      "",
      "examples:",
      "  container-tui engine                      in the foreground, for a service manager",
      "  container-tui engine status",
      "  container-tui engine stop --containers    everything",
      "  container-tui engine logs -f"
    })
final class EngineCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = "--idle",
      description = "end when there has been nothing to do for engineIdleSeconds")
  private boolean idle;

  EngineCommand(CliContext context) {
    this.context = context;
  }

  private static EngineConfig config() {
    return EngineConfig.fromEnvironment();
  }

  @Override
  public Integer call() {
    EngineConfig config = config();
    return EngineMain.run(
        config, inherited(), idle ? Optional.of(config.engineIdle()) : Optional.empty());
  }

  /** Standard input, if it is a socket that listens. */
  private static Optional<ServerSocketChannel> inherited() {
    try {
      Channel channel = System.inheritedChannel();
      return channel instanceof ServerSocketChannel listener
          ? Optional.of(listener)
          : Optional.empty();
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "standard input cannot be used: " + e.getMessage(), e);
    }
  }

  @Command(name = "start", description = "Start the engine, if it does not run.")
  int start(@Mixin HelpOption startHelp) {
    return start(config());
  }

  private int start(EngineConfig config) {
    boolean started = Cancellable.call(context, () -> connector(config).ensureRunning());
    String process =
        new EngineControl(config).process().map(p -> ", process " + p.pid()).orElse("");
    context.io().err().println((started ? "started" : "it runs already") + process);
    return ExitCodes.OK;
  }

  private EngineConnector connector(EngineConfig config) {
    return new EngineConnector(config, notice -> Messages.print(context.io().err(), notice, ""));
  }

  @Command(
      name = "status",
      description = "Say whether the engine runs, and what it has to do.",
      footer = {"", "The exit code is 1 if it does not run; this does not start it."})
  int status(@Mixin HelpOption statusHelp, @Mixin OutputFormat format) {
    EngineConfig config = config();
    EngineControl control = new EngineControl(config);
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean listens = control.listens();
    facts.put("State", listens ? "running" : control.process().isPresent() ? "hung" : "stopped");
    control.process().ifPresent(process -> facts.put("Pid", process.pid()));
    facts.put("Socket", control.files().socket().toString());
    facts.put("Log", control.files().log().toString());
    if (listens) {
      try (Engine engine = connector(config).connect()) {
        add(facts, engine.info());
      } catch (EngineException e) {
        facts.put("State", "not answering: " + e.getMessage());
      }
    }
    try (PrintStream out = context.io().data()) {
      if (format.json()) {
        out.println(Json.write(facts));
      } else {
        facts.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
      }
    }
    return listens ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private static void add(Map<String, Object> facts, EngineInfo info) {
    facts.put("Version", info.version());
    facts.put("Since", info.startedAt().toString());
    facts.put("Containers", info.containers());
    facts.put("Running", info.running());
    facts.put("Paused", info.paused());
    facts.put("Images", info.images());
  }

  @Command(
      name = "stop",
      description = "End the engine. Containers run on, unless told otherwise.",
      footer = {
        "",
        "The next command that needs an engine starts one, which takes the containers over."
      })
  int stop(
      @Mixin HelpOption stopHelp,
      @Option(names = "--containers", description = "stop all containers before")
          boolean containers) {
    EngineConfig config = config();
    if (containers) {
      Cancellable.call(context, () -> stopContainers(config));
    }
    return stop(config);
  }

  private int stop(EngineConfig config) {
    Optional<ProcessHandle> ended =
        Cancellable.call(context, () -> new EngineControl(config).stop());
    context
        .io()
        .err()
        .println(ended.map(process -> "ended process " + process.pid()).orElse("it does not run"));
    return ExitCodes.OK;
  }

  /** All at once; an engine is started for it if need be, because containers run without one. */
  private int stopContainers(EngineConfig config) {
    try (Engine engine = connector(config).connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Container> running =
          engine.containers().list(true).stream().filter(c -> c.state().isActive()).toList();
      List<Future<?>> stops = new java.util.ArrayList<>();
      for (Container container : running) {
        Duration grace = container.spec().stopTimeout();
        stops.add(threads.submit(() -> container.stop(grace)));
      }
      try {
        for (Future<?> stop : stops) {
          stop.get();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof EngineException failure
            ? failure
            : new EngineException(Kind.INTERNAL, "a container cannot be stopped", e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw new EngineException(Kind.CANCELLED, "cancelled", e);
      }
      return running.size();
    }
  }

  @Command(
      name = "restart",
      description = "End the engine and start it again, of this build of the program.",
      footer = {"", "Containers run on meanwhile."})
  int restart(@Mixin HelpOption restartHelp) {
    EngineConfig config = config();
    stop(config);
    return start(config);
  }

  @Command(
      name = "logs",
      description = "Print what the engine has written.",
      footer = {"", "example: container-tui engine logs -f"})
  int logs(
      @Mixin HelpOption logsHelp,
      @Option(
              names = {"-f", "--follow"},
              description = "go on with what it writes, until Ctrl-C")
          boolean follow) {
    return Cancellable.call(
        context,
        () ->
            EngineLog.print(new EngineControl(config()).files().log(), context.io().out(), follow));
  }
}
