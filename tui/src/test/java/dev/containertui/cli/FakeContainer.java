package dev.containertui.cli;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerFiles;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.Health;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.WaitCondition;
import dev.containertui.network.PublishedPort;
import dev.containertui.vm.BootTimeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
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
  private final Instant createdAt;
  private final String id;
  private final CompletableFuture<FakeProcess> started = new CompletableFuture<>();
  private FakeProcess process;
  private String name;
  Optional<ContainerState> state = Optional.empty();
  Optional<Health> health = Optional.empty();
  List<PublishedPort> ports = List.of();
  List<GuestProcess> processes = List.of();
  List<ContainerStats> samples = new ArrayList<>();
  List<LogRecord> log = List.of();
  FakeContainer.Program execProgram = p -> 0;
  FakeProcess lastExec;
  final FakeFiles files = new FakeFiles();
  boolean removed;

  FakeContainer(FakeEngine engine, ContainerSpec spec) {
    this.engine = engine;
    this.spec = spec;
    int index = engine.containers.size();
    this.id = FakeEngine.HEX.substring(index) + FakeEngine.HEX.substring(0, index);
    this.name = spec.name().orElse("calm_noether");
    this.createdAt = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(index);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
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
  public List<PublishedPort> ports() {
    return ports;
  }

  @Override
  public ContainerState state() {
    if (state.isPresent()) {
      return state.get();
    }
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
    engine.life.add("start " + name);
    process = new FakeProcess(engine.program);
    started.complete(process);
    return process;
  }

  /** Lets the fake run its program without a command that starts it. */
  void play() {
    process = new FakeProcess(engine.program);
    started.complete(process);
  }

  @Override
  public Attachment attach(boolean replay) {
    engine.life.add("attach " + name);
    return new FakeAttachment(started);
  }

  @Override
  public LogStream logs(LogQuery query) {
    engine.calls.add("logs " + query);
    Iterator<LogRecord> rest = log.iterator();
    return new LogStream() {
      @Override
      public Optional<LogRecord> next() {
        return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public ContainerFiles files() {
    return files;
  }

  @Override
  public Optional<Health> health() {
    return health;
  }

  @Override
  public void restart(Optional<Duration> grace) {
    engine.life.add("restart " + name + grace.map(g -> " " + g.toSeconds()).orElse(""));
  }

  @Override
  public void pause() {
    engine.life.add("pause " + name);
  }

  @Override
  public void unpause() {
    engine.life.add("unpause " + name);
  }

  @Override
  public void rename(String newName) {
    name = newName;
  }

  @Override
  public void update(ResourceUpdate update) {
    engine.calls.add("update " + update);
  }

  @Override
  public String commit(CommitSpec commit) {
    engine.calls.add("commit " + commit);
    return "sha256:" + FakeEngine.HEX;
  }

  @Override
  public int await(WaitCondition condition) throws InterruptedException {
    return started.join().waitFor();
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(process);
  }

  @Override
  public ContainerProcess exec(ProcessSpec other) {
    engine.calls.add("exec " + other);
    engine.startFailure.ifPresent(
        e -> {
          throw e;
        });
    lastExec = new FakeProcess(execProgram);
    return lastExec;
  }

  @Override
  public ContainerStats stats() {
    return samples.size() > 1 ? samples.removeFirst() : samples.getFirst();
  }

  @Override
  public List<GuestProcess> processes() {
    return processes;
  }

  @Override
  public BootTimeline bootTimeline() {
    return BootTimeline.empty();
  }

  @Override
  public void kill(int signalNumber) {
    engine.life.add("kill " + signalNumber);
    if (process != null) {
      process.signal(signalNumber);
    }
  }

  @Override
  public void stop(Duration grace) {
    engine.calls.add("stop " + grace.toSeconds());
    if (process != null) {
      process.end(137);
    }
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    process.waitFor();
    return state();
  }

  @Override
  public void remove(boolean force, boolean volumes) {
    remove(force);
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
