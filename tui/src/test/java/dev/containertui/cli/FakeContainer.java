package dev.containertui.cli;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.ProcessSpec;
import dev.containertui.vm.BootTimeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A container whose main process is a Java function on a thread. */
final class FakeContainer implements Container {
  /** Plays the process; returns its exit code. */
  interface Program {
    int run(FakeProcess process) throws Exception;
  }

  private final FakeEngine engine;
  private final ContainerSpec spec;
  private final Instant createdAt = Instant.parse("2026-01-01T00:00:00Z");
  private FakeProcess process;
  boolean removed;

  FakeContainer(FakeEngine engine, ContainerSpec spec) {
    this.engine = engine;
    this.spec = spec;
  }

  @Override
  public String id() {
    return FakeEngine.HEX;
  }

  @Override
  public String name() {
    return spec.name().orElse("calm_noether");
  }

  @Override
  public ContainerSpec spec() {
    return spec;
  }

  @Override
  public Instant createdAt() {
    return createdAt;
  }

  @Override
  public String imageDigest() {
    return "sha256:" + FakeEngine.HEX;
  }

  @Override
  public List<String> command() {
    return spec.arguments().isEmpty() ? List.of("image-command") : spec.arguments();
  }

  @Override
  public ContainerState state() {
    return process == null || process.isAlive()
        ? new ContainerState.Created(createdAt)
        : new ContainerState.Exited(createdAt, process.exitValue());
  }

  @Override
  public Optional<String> address() {
    return Optional.empty();
  }

  @Override
  public ContainerProcess start() {
    engine.beforeStart.run();
    engine.startFailure.ifPresent(
        e -> {
          throw e;
        });
    process = new FakeProcess(engine.program);
    return process;
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(process);
  }

  @Override
  public ContainerProcess exec(ProcessSpec other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContainerStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<GuestProcess> processes() {
    return List.of();
  }

  @Override
  public BootTimeline bootTimeline() {
    return BootTimeline.empty();
  }

  @Override
  public void kill(int signalNumber) {
    process.signal(signalNumber);
  }

  @Override
  public void stop(Duration grace) {
    engine.calls.add("stop " + grace.toSeconds());
    process.end(137);
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    process.waitFor();
    return state();
  }

  @Override
  public void remove(boolean force) {
    removed = true;
    engine.containers.remove(this);
  }

  /** The process that the function plays. */
  static final class FakeProcess extends ContainerProcess {
    final BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();
    final BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
    final OutputStream stdout;
    final OutputStream stderr;
    final InputStream stdin;
    private final PipedInputStream hostOut = new PipedInputStream(1 << 16);
    private final PipedInputStream hostErr = new PipedInputStream(1 << 16);
    private final PipedOutputStream hostIn = new PipedOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;

    FakeProcess(Program program) {
      try {
        stdout = new PipedOutputStream(hostOut);
        stderr = new PipedOutputStream(hostErr);
        stdin = new PipedInputStream(hostIn, 1 << 16);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.ofPlatform().daemon().start(() -> play(program));
    }

    private void play(Program program) {
      int code;
      try {
        code = program.run(this);
      } catch (Exception e) {
        code = 255;
      }
      end(code);
    }

    synchronized void end(int code) {
      if (ended.getCount() == 0) {
        return;
      }
      exitCode = code;
      try {
        stdout.close();
        stderr.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended.countDown();
    }

    /** The next signal, within half a minute. */
    int awaitSignal() throws InterruptedException {
      Integer signal = signals.poll(30, TimeUnit.SECONDS);
      return signal == null ? -1 : signal;
    }

    @Override
    public String containerId() {
      return "0123456789ab";
    }

    @Override
    public long pid() {
      return 2;
    }

    @Override
    public void signal(int number) {
      signals.add(number);
    }

    @Override
    public void resize(TerminalSize size) {
      sizes.add(size);
    }

    @Override
    public Instant startedAt() {
      return Instant.EPOCH;
    }

    @Override
    public OutputStream getOutputStream() {
      return hostIn;
    }

    @Override
    public InputStream getInputStream() {
      return hostOut;
    }

    @Override
    public InputStream getErrorStream() {
      return hostErr;
    }

    @Override
    public int waitFor() throws InterruptedException {
      ended.await();
      return exitCode;
    }

    @Override
    public boolean isAlive() {
      return ended.getCount() > 0;
    }

    @Override
    public int exitValue() {
      return exitCode;
    }

    @Override
    public void destroy() {
      end(143);
    }
  }
}
