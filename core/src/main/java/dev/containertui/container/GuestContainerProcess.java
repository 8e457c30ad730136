package dev.containertui.container;

import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.agent.GuestProcessHandle.Exit;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A process of a container, through its machine's agent. */
class GuestContainerProcess extends ContainerProcess {
  private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);

  private final String containerId;
  private final GuestProcessHandle handle;
  private final UnaryOperator<EngineException> explain;
  private final Instant startedAt;

  /**
   * @param explain given the loss of the connection, finds out what became of the container; may
   *     take some seconds
   */
  GuestContainerProcess(
      String containerId,
      GuestProcessHandle handle,
      Instant startedAt,
      UnaryOperator<EngineException> explain) {
    this.containerId = containerId;
    this.handle = handle;
    this.startedAt = startedAt;
    this.explain = explain;
  }

  @Override
  public String containerId() {
    return containerId;
  }

  @Override
  public long pid() {
    return handle.pid();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public OutputStream getOutputStream() {
    return handle.stdin();
  }

  @Override
  public InputStream getInputStream() {
    return handle.stdout();
  }

  @Override
  public InputStream getErrorStream() {
    return handle.stderr();
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return handle.awaitExit().code();
    } catch (EngineException e) {
      throw explain.apply(e);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      return handle.awaitExit(Duration.of(timeout, unit.toChronoUnit())).isPresent();
    } catch (EngineException e) {
      throw explain.apply(e);
    }
  }

  @Override
  public int exitValue() {
    try {
      return handle
          .exit()
          .map(Exit::code)
          .orElseThrow(() -> new IllegalThreadStateException("the process has not ended"));
    } catch (EngineException e) {
      throw explain.apply(e);
    }
  }

  @Override
  public boolean isAlive() {
    return !handle.isOver();
  }

  /** Completes exceptionally, with the reason, if the machine dies before the process ends. */
  @Override
  public CompletableFuture<Process> onExit() {
    CompletableFuture<Process> ended = new CompletableFuture<>();
    handle.whenOver(() -> Thread.ofVirtual().start(() -> complete(ended)));
    return ended;
  }

  private void complete(CompletableFuture<Process> ended) {
    try {
      exitValue();
      ended.complete(this);
    } catch (EngineException e) {
      ended.completeExceptionally(e);
    }
  }

  @Override
  public boolean supportsNormalTermination() {
    return true;
  }

  @Override
  public void destroy() {
    signal(LinuxSignal.TERM);
  }

  @Override
  public Process destroyForcibly() {
    signal(LinuxSignal.KILL);
    return this;
  }

  @Override
  public void signal(int number) {
    if (isAlive()) {
      handle.signal(number, REQUEST_DEADLINE);
    }
  }

  @Override
  public void resize(TerminalSize size) {
    if (isAlive()) {
      handle.resize(size, REQUEST_DEADLINE);
    }
  }
}
