package dev.containertui.repl.commands;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container as a snippet holds it: {@code var c = run("debian"); c.exec("uname", "-a")}. */
public final class ContainerHandle {
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration STREAM_END = Duration.ofSeconds(10);
  private static final int SIGKILL = 9;

  /** Most bytes of one command's output that are kept. */
  private static final int RESULT_BYTES = 16 << 20;

  private final Container container;
  private final Workspace workspace;

  ContainerHandle(Container container, Workspace workspace) {
    this.container = container;
    this.workspace = workspace;
  }

  public String name() {
    return container.name();
  }

  /** The short id, 12 digits. */
  public String id() {
    return container.shortId();
  }

  public ContainerState state() {
    return container.state();
  }

  public boolean isRunning() {
    return state() instanceof ContainerState.Running;
  }

  public ContainerSpec spec() {
    return container.spec();
  }

  public Optional<String> address() {
    return container.address();
  }

  /** The engine's own object, for everything that this class leaves out. */
  public Container container() {
    return container;
  }

  /** Runs a command beside the main process and waits for its end. */
  public CommandResult exec(String... command) {
    return exec("", List.of(command));
  }

  /** Runs a command with {@code input} as its standard input and waits for its end. */
  public CommandResult execWithInput(String input, String... command) {
    return exec(input, List.of(command));
  }

  private CommandResult exec(String input, List<String> command) {
    ContainerProcess process =
        container.exec(
            new ProcessSpec(
                command,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                !input.isEmpty()));
    OutputLog log = new OutputLog(process, RESULT_BYTES);
    if (!input.isEmpty()) {
      Thread.startVirtualThread(() -> feed(process, input));
    }
    try {
      int exitCode = process.waitFor();
      log.awaitEnd(STREAM_END);
      return new CommandResult(String.join(" ", command), exitCode, log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw cancelled(String.join(" ", command) + " in " + name());
    }
  }

  private static void feed(ContainerProcess process, String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading everything, which is its right.
      return;
    }
  }

  /** Starts a command beside the main process and does not wait: the streams are the caller's. */
  public ContainerProcess start(String... command) {
    return container.exec(ProcessSpec.of(command));
  }

  /** A shell in the container on this terminal, until it ends or Ctrl-] is typed. */
  public void shell() {
    shell(
        "/bin/sh",
        "-c",
        "if command -v bash >/dev/null 2>&1; then exec bash -i; else exec sh -i; fi");
  }

  /** An interactive command in the container on this terminal, until it ends. */
  public void shell(String... command) {
    workspace.handOver(
        size ->
            container.exec(
                new ProcessSpec(
                    List.of(command),
                    Map.of("TERM", System.getenv().getOrDefault("TERM", "xterm")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(size),
                    true)));
  }

  public ContainerStats stats() {
    return container.stats();
  }

  public List<GuestProcess> processes() {
    return container.processes();
  }

  /** How the machine came up, step by step. */
  public BootTimeline timeline() {
    return container.bootTimeline();
  }

  /** What the main process has written so far, the last mebibyte of it. */
  public String logs() {
    return log().text();
  }

  private OutputLog log() {
    return workspace
        .log(container.id())
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.INVALID,
                    "the output of " + name() + " is read elsewhere",
                    "logs() and result() know the containers that run(...) started here"));
  }

  /** Writes to the main process's standard input, if it was started with an open one. */
  public void input(String text) {
    ContainerProcess process =
        container
            .process()
            .orElseThrow(
                () -> new EngineException(Kind.CONFLICT, name() + " has not been started"));
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write(text.getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      throw new EngineException(
          Kind.CONFLICT, "the main process of " + name() + " does not read its input", e);
    }
  }

  /** Waits until the container has ended and gives its output and exit code. */
  public CommandResult result() {
    OutputLog log = log();
    int exitCode = waitFor();
    try {
      log.awaitEnd(STREAM_END);
      return new CommandResult(name(), exitCode, log);
    } catch (InterruptedException e) {
      throw cancelled("the wait for " + name());
    }
  }

  /**
   * Waits until the container has ended.
   *
   * @return its exit code: 0–255; 128 + n after signal n
   */
  public int waitFor() {
    try {
      return switch (container.awaitEnd()) {
        case ContainerState.Exited exited -> exited.exitCode();
        case ContainerState.Failed failed ->
            throw new EngineException(Kind.UNAVAILABLE, name() + " failed: " + failed.reason());
        default -> throw new EngineException(Kind.INTERNAL, name() + " has not ended");
      };
    } catch (InterruptedException e) {
      throw cancelled("the wait for " + name());
    }
  }

  /** SIGTERM, ten seconds later SIGKILL, then the machine is switched off. */
  public ContainerHandle stop() {
    return stop(STOP_GRACE);
  }

  public ContainerHandle stop(Duration grace) {
    container.stop(grace);
    return this;
  }

  /** SIGKILL to the main process. */
  public ContainerHandle kill() {
    return kill(SIGKILL);
  }

  /** Sends a signal, by its Linux number, to the main process. */
  public ContainerHandle kill(int signal) {
    container.kill(signal);
    return this;
  }

  /** Stops it, and removes its record and disk. */
  public void remove() {
    container.remove(true);
    workspace.forget(container.id());
  }

  private static EngineException cancelled(String what) {
    return new EngineException(Kind.CANCELLED, what + " was cancelled");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContainerHandle handle && handle.container.id().equals(container.id());
  }

  @Override
  public int hashCode() {
    return container.id().hashCode();
  }

  /** Name, short id and state. */
  @Override
  public String toString() {
    return name() + " (" + id() + ", " + state().word() + ")";
  }
}
