package dev.containertui.repl.slash;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.terminal.DetachKeys;
import dev.containertui.repl.terminal.RawSession;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The commands that give the terminal to something else. */
final class ContainerCommands {
  private static final List<String> SHELL =
      List.of(
          "/bin/sh",
          "-c",
          "if command -v bash >/dev/null 2>&1; then exec bash -i; else exec sh -i; fi");

  private final Desk desk;

  ContainerCommands(Desk desk) {
    this.desk = desk;
  }

  OptionalInt workbench(String nothing) {
    desk.workbench()
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.UNAVAILABLE,
                    "there is no workbench to go to",
                    "in the workbench you are already; elsewhere start container-tui"))
        .run();
    return OptionalInt.empty();
  }

  private Container container(String name, String command) {
    if (name.isEmpty()) {
      throw new EngineException(
          Kind.INVALID, command + " needs the name of a container", "containers() lists them");
    }
    Container container =
        desk.engine()
            .containers()
            .find(name)
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.NOT_FOUND, "container not found: " + name, "containers() lists them"));
    if (!(container.state() instanceof ContainerState.Running)) {
      throw new EngineException(
          Kind.CONFLICT, container.name() + " does not run", "start it first");
    }
    return container;
  }

  private RawSession session() {
    return new RawSession(
        desk.terminal(), DetachKeys.parse(desk.settings().get(Setting.DETACH_KEYS)));
  }

  OptionalInt shell(String argument) {
    String[] words = argument.split("\\s+");
    Container container = container(words[0], "/sh");
    List<String> command = words.length == 1 ? SHELL : List.of(words).subList(1, words.length);
    ContainerProcess process =
        container.exec(
            new ProcessSpec(
                command,
                Map.of("TERM", desk.terminal().getType()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(RawSession.size(desk.terminal())),
                true));
    try {
      if (session().run(new ProcessPeer(process), true)) {
        int code = process.waitFor();
        if (code != 0) {
          desk.output().println("exit code " + code);
        }
      } else {
        desk.output().println(""); // the cursor is where the shell left it
      }
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } finally {
      process.destroyForcibly();
    }
    return OptionalInt.empty();
  }

  OptionalInt attach(String name) {
    Container container = container(name, "/attach");
    desk.output().println(desk.settings().get(Setting.DETACH_KEYS) + " comes back");
    try (Attachment attachment = container.attach(true)) {
      if (!session().run(new AttachmentPeer(attachment), container.spec().terminal().isPresent())) {
        desk.output().println("\n" + container.name() + " runs on");
      }
    }
    return OptionalInt.empty();
  }

  private record ProcessPeer(ContainerProcess process) implements RawSession.Peer {
    @Override
    public void copyOutput(OutputStream to) throws IOException {
      byte[] chunk = new byte[32 * 1024];
      for (int n = process.getInputStream().read(chunk);
          n >= 0;
          n = process.getInputStream().read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    }

    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public void resize(TerminalSize size) {
      process.resize(size);
    }
  }

  private record AttachmentPeer(Attachment attachment) implements RawSession.Peer {
    @Override
    public void copyOutput(OutputStream to) throws IOException {
      try {
        LogStream output = attachment.output();
        for (Optional<LogRecord> next = output.next(); next.isPresent(); next = output.next()) {
          to.write(next.get().bytes());
          to.flush();
        }
      } catch (EngineException e) {
        throw new IOException(e); // the machine is gone, or the session is over
      }
    }

    @Override
    public OutputStream input() {
      return attachment.input();
    }

    @Override
    public void resize(TerminalSize size) {
      attachment.resize(size);
    }
  }
}
