package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.view.Dialog;
import dev.containertui.tui.view.Pane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the engine is asked to do. Every method returns at once; the work runs on a thread of its
 * own and reports to the event loop.
 */
final class Actions {
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final int SIGKILL = 9;
  private static final Map<String, String> TERMINAL_ENVIRONMENT = Map.of("TERM", "xterm-256color");

  private final EventLoop loop;
  private final Workspace workspace;
  private final Engine engine;
  private final Supplier<TerminalSize> consoleSize;
  private final Runnable containersChanged;
  private final Runnable imagesChanged;

  Actions(
      EventLoop loop,
      Workspace workspace,
      Engine engine,
      Supplier<TerminalSize> consoleSize,
      Runnable containersChanged,
      Runnable imagesChanged) {
    this.loop = loop;
    this.workspace = workspace;
    this.engine = engine;
    this.consoleSize = consoleSize;
    this.containersChanged = containersChanged;
    this.imagesChanged = imagesChanged;
  }

  /** Runs {@code work} beside the loop; what it throws is shown. */
  private Thread inBackground(Runnable work) {
    return Thread.startVirtualThread(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            loop.post(() -> report(e));
          } finally {
            containersChanged.run();
          }
        });
  }

  private void report(RuntimeException e) {
    if (e instanceof EngineException known && known.kind() == Kind.CANCELLED) {
      workspace.notice("cancelled", "");
    } else {
      workspace.error(e);
    }
  }

  private void say(String text, String hint) {
    loop.post(() -> workspace.notice(text, hint));
  }

  // --- images

  void pull(String reference) {
    inBackground(
        () -> {
          ImageSummary image = pullNow(reference);
          say("pulled " + reference, Units.bytes(image.sizeBytes()) + ", " + image.platform());
        });
  }

  private ImageSummary pullNow(String reference) {
    PullJob job = new PullJob(reference);
    job.runsOn(Thread.currentThread());
    loop.post(() -> workspace.pulls.add(job));
    try {
      return engine
          .images()
          .pull(
              reference,
              Optional.empty(),
              event -> {
                job.on(event);
                loop.touch();
              });
    } finally {
      loop.post(() -> workspace.pulls.remove(job));
      imagesChanged.run();
    }
  }

  void removeImage(String reference) {
    inBackground(
        () -> {
          List<String> done = engine.images().remove(reference, false);
          imagesChanged.run();
          say(done.isEmpty() ? "removed " + reference : done.getFirst(), "");
        });
  }

  void inspectImage(String reference) {
    inBackground(() -> page(reference, engine.images().inspectJson(reference)));
  }

  // --- containers

  void run(Command.Run command) {
    TerminalSize size = consoleSize.get();
    workspace.notice("starting " + command.image() + " …", "");
    inBackground(
        () -> {
          if (engine.images().find(command.image()).isEmpty()) {
            pullNow(command.image());
          }
          ContainerSpec.Builder spec = command.spec();
          if (command.terminal()) {
            spec.terminal(size).environment(TERMINAL_ENVIRONMENT);
          }
          Container container = engine.containers().create(spec.build());
          loop.post(() -> workspace.notice("booting " + container.name() + " …", ""));
          containersChanged.run();
          ContainerProcess process = container.start();
          loop.post(() -> started(container, process, command.terminal()));
        });
  }

  private void started(Container container, ContainerProcess process, boolean terminal) {
    Console console = mainConsole(container, process, terminal);
    workspace.containers.select(container.id());
    if (terminal) {
      workspace.clearNotice();
      workspace.enter(console);
    } else {
      workspace.notice(container.name() + " runs", "a shows its output");
    }
  }

  private Console mainConsole(Container container, ContainerProcess process, boolean terminal) {
    Console console =
        new Console(
            container.id(),
            Console.Kind.MAIN,
            "main process of " + container.name(),
            process,
            terminal,
            consoleSize.get(),
            loop::touch);
    workspace.consoles.track(console);
    console.start(
        code ->
            loop.post(
                () -> {
                  workspace.notice(container.name() + " exited " + code, "");
                  leaveIfCurrent(console);
                  containersChanged.run();
                }));
    return console;
  }

  /** Shows the main process's console. */
  void attach(ContainerFacts facts) {
    Optional<Console> known = workspace.consoles.main(facts.id());
    if (known.isPresent()) {
      workspace.enter(known.get());
      return;
    }
    Container container = facts.handle();
    inBackground(
        () -> {
          ContainerProcess process =
              container
                  .process()
                  .orElseThrow(
                      () ->
                          new EngineException(
                              Kind.CONFLICT, facts.name() + " has no main process to attach to"));
          boolean terminal = container.spec().terminal().isPresent();
          loop.post(() -> workspace.enter(mainConsole(container, process, terminal)));
        });
  }

  /** Opens a shell, or goes back to the one that is open. */
  void shell(ContainerFacts facts) {
    Optional<Console> open = workspace.consoles.shell(facts.id());
    if (open.isPresent()) {
      workspace.enter(open.get());
    } else {
      exec(facts, Console.Kind.SHELL, List.of("/bin/sh"));
    }
  }

  void exec(ContainerFacts facts, Console.Kind kind, List<String> words) {
    TerminalSize size = consoleSize.get();
    ProcessSpec spec =
        new ProcessSpec(
            words,
            TERMINAL_ENVIRONMENT,
            Optional.empty(),
            Optional.empty(),
            Optional.of(size),
            true);
    String command = String.join(" ", words);
    workspace.notice("starting " + command + " in " + facts.name() + " …", "");
    inBackground(
        () -> {
          ContainerProcess process = facts.handle().exec(spec);
          loop.post(() -> opened(facts, kind, command, process));
        });
  }

  private void opened(
      ContainerFacts facts, Console.Kind kind, String command, ContainerProcess process) {
    Console console =
        new Console(
            facts.id(),
            kind,
            command + " in " + facts.name(),
            process,
            true,
            consoleSize.get(),
            loop::touch);
    console.start(
        code ->
            loop.post(
                () -> {
                  workspace.notice(command + " in " + facts.name() + " exited " + code, "");
                  leaveIfCurrent(console);
                  if (kind == Console.Kind.SHELL) {
                    workspace.consoles.close(console);
                  }
                }));
    workspace.clearNotice();
    workspace.enter(console);
  }

  /** A shell that ends hands the keyboard back; other output stays to be read. */
  private void leaveIfCurrent(Console console) {
    boolean current = workspace.consoles.current().filter(c -> c == console).isPresent();
    if (current && workspace.pane() == Pane.CONSOLE && console.kind() == Console.Kind.SHELL) {
      workspace.goTo(Pane.CONTAINERS);
    }
  }

  void stop(ContainerFacts facts) {
    workspace.notice("stopping " + facts.name() + " …", "");
    inBackground(
        () -> {
          facts.handle().stop(STOP_GRACE);
          say("stopped " + facts.name(), "");
        });
  }

  void kill(ContainerFacts facts) {
    inBackground(
        () -> {
          facts.handle().kill(SIGKILL);
          say("killed " + facts.name(), "");
        });
  }

  void remove(ContainerFacts facts) {
    inBackground(
        () -> {
          facts.handle().remove(facts.isAlive());
          say("removed " + facts.name(), "");
        });
  }

  void inspect(ContainerFacts facts) {
    inBackground(() -> page(facts.name(), engine.containers().inspectJson(facts.id())));
  }

  private void page(String title, String text) {
    List<String> lines = text.lines().toList();
    loop.post(() -> workspace.open(new Dialog.TextPage(title, lines, 0)));
  }
}
