package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens and closes consoles, which may take as long as the engine takes. */
final class ConsoleOpener {
  /** What our emulator is; the user's own terminal may have fewer colours, they are converted. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor");

  /** The best shell that an image has. */
  private static final List<String> SHELL =
      List.of(
          "/bin/sh",
          "-c",
          "if command -v bash >/dev/null 2>&1; then exec bash; else exec /bin/sh; fi");

  /** How long the end of the workbench waits for guests to be let go of. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private ConsoleOpener() {}

  static Effect open(long paneId, ConsoleRequest request, TerminalSize size) {
    return new Effect(
        "open console",
        host -> {
          try {
            Container container = container(host, request);
            Console console =
                new Console(process(container, request, size), size, listener(host, paneId));
            console.start();
            host.post("console opened", s -> Consoles.opened(s, paneId, container.name(), console));
          } catch (EngineException e) {
            List<String> reason = new ArrayList<>();
            reason.add(e.getMessage());
            reason.add(e.hint().isEmpty() ? "r tries again, x closes." : e.hint());
            host.post("console failed", s -> Consoles.failed(s, paneId, reason));
          }
        });
  }

  private static Container container(Host host, ConsoleRequest request) {
    return host.engine()
        .containers()
        .find(request.containerId())
        .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "The container is gone."));
  }

  private static ConsoleProcess process(
      Container container, ConsoleRequest request, TerminalSize size) {
    return switch (request.kind()) {
      case ATTACH -> attach(container);
      case RUN -> run(container);
      case SHELL -> exec(container, SHELL, size);
      case EXEC -> exec(container, request.words(), size);
    };
  }

  private static ConsoleProcess attach(Container container) {
    switch (container.state()) {
      case ContainerState.Exited _, ContainerState.Failed _ ->
          throw new EngineException(
              Kind.CONFLICT,
              container.name() + " does not run.",
              "Start it, or look at its logs on the screen of containers.");
      default -> {
        return new AttachedMain(container);
      }
    }
  }

  /** Joined first, so that nothing that it writes, and not its end, is missed. */
  private static ConsoleProcess run(Container container) {
    AttachedMain main = new AttachedMain(container);
    try {
      container.start();
      return main;
    } catch (EngineException e) {
      main.close();
      throw e;
    }
  }

  private static ConsoleProcess exec(Container container, List<String> words, TerminalSize size) {
    return new ExecutedCommand(
        container.exec(
            new ProcessSpec(
                words, ENVIRONMENT, Optional.empty(), Optional.empty(), Optional.of(size), true)));
  }

  private static Console.Listener listener(Host host, long paneId) {
    return new Console.Listener() {
      @Override
      public void changed() {
        host.touch();
      }

      @Override
      public void clipboard(String text) {
        host.post("clipboard", s -> GuestClipboard.wanted(s, ConsolesPlace.of(paneId), text));
      }

      @Override
      public void ended() {
        host.touch();
      }
    };
  }

  static Effect close(List<Console> consoles) {
    return new Effect("close console", _ -> consoles.forEach(Console::close));
  }

  /** Closes all at once, and waits for it, but not for ever. */
  static void closeAll(List<Console> consoles) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Thread> closing = consoles.stream().map(c -> Thread.startVirtualThread(c::close)).toList();
    try {
      for (Thread thread : closing) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || !thread.join(Duration.ofNanos(left))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
