package dev.containertui.engine.api.server;

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
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.WaitCondition;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A container without a machine: its state changes when the test says so. */
final class FakeContainer implements Container {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  final FakeEngine engine;
  final ContainerSpec spec;
  final FakeLog log = new FakeLog();
  final ByteArrayOutputStream input = new ByteArrayOutputStream();
  final CountDownLatch inputEnd = new CountDownLatch(1);
  final FakeFiles files = new FakeFiles();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final CountDownLatch over = new CountDownLatch(1);
  final String id;
  volatile FakeProcess.Program program = _ -> 0;
  volatile FakeProcess lastExec;
  volatile Optional<EngineException> startFailure = Optional.empty();
  volatile Optional<EngineException> execFailure = Optional.empty();
  volatile ContainerState state = new ContainerState.Created(CREATED);
  volatile FakeProcess main;
  volatile int openAttachments;
  private volatile String name;

  FakeContainer(FakeEngine engine, String id, ContainerSpec spec) {
    this.engine = engine;
    this.id = id;
    this.spec = spec;
    this.name = spec.name().orElse("quiet_noether");
  }

  FakeContainer run() {
    state = new ContainerState.Running(CREATED.plusSeconds(1), 4711);
    main =
        new FakeProcess(
            ProcessSpec.of("main"),
            _ -> {
              over.await();
              return 0;
            });
    engine.happened("start", this, Map.of());
    return this;
  }

  void exit(int code) {
    state = new ContainerState.Exited(Instant.now(), code);
    log.end();
    over.countDown();
    engine.happened("die", this, Map.of("exitCode", Integer.toString(code)));
  }

  private void requireRunning() {
    if (!state.isActive()) {
      throw new EngineException(Kind.CONFLICT, "container " + name + " is not running");
    }
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
    return CREATED;
  }

  @Override
  public String imageDigest() {
    return FakeImages.DIGEST;
  }

  @Override
  public List<String> command() {
    return spec.arguments().isEmpty() ? List.of("sh") : spec.arguments();
  }

  @Override
  public ContainerState state() {
    return state;
  }

  @Override
  public Optional<String> address() {
    return state instanceof ContainerState.Running ? Optional.of("10.0.2.15") : Optional.empty();
  }

  @Override
  public ContainerProcess start() {
    startFailure.ifPresent(
        e -> {
          throw e;
        });
    return run().main;
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(main);
  }

  @Override
  public Attachment attach(boolean replay) {
    LogStream output = log.read(replay, true, _ -> true);
    openAttachments++;
    return new Attachment() {
      @Override
      public LogStream output() {
        return output;
      }

      @Override
      public OutputStream input() {
        return new OutputStream() {
          @Override
          public void write(int b) {
            input.write(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            input.write(bytes, offset, length);
          }

          @Override
          public void close() {
            inputEnd.countDown();
          }
        };
      }

      @Override
      public void resize(TerminalSize size) {}

      @Override
      public void close() {
        output.close();
        openAttachments--;
      }
    };
  }

  @Override
  public LogStream logs(LogQuery query) {
    calls.add("logs " + query);
    return log.read(
        true,
        query.follow(),
        piece -> piece.stream() == LogRecord.Stream.OUT ? query.out() : query.err());
  }

  @Override
  public ContainerFiles files() {
    return files;
  }

  @Override
  public void restart(Optional<Duration> grace) {
    calls.add("restart " + grace);
  }

  @Override
  public void pause() {
    requireRunning();
    state = new ContainerState.Paused(Instant.now(), 4711);
  }

  @Override
  public void unpause() {
    run();
  }

  @Override
  public void rename(String newName) {
    name = newName;
  }

  @Override
  public void update(ResourceUpdate update) {
    calls.add("update " + update);
  }

  @Override
  public String commit(CommitSpec commit) {
    calls.add("commit " + commit);
    return FakeImages.DIGEST;
  }

  @Override
  public ContainerProcess exec(ProcessSpec process) {
    requireRunning();
    execFailure.ifPresent(
        e -> {
          throw e;
        });
    lastExec = new FakeProcess(process, program);
    return lastExec;
  }

  @Override
  public ContainerStats stats() {
    requireRunning();
    return new ContainerStats(
        Instant.now(),
        2_000_000,
        50 << 20,
        100 << 20,
        3,
        1000,
        2000,
        4096,
        8192,
        9_000_000,
        120 << 20);
  }

  @Override
  public List<GuestProcess> processes() {
    requireRunning();
    return List.of(new GuestProcess(1, 0, 0, 'S', 61_000_000, 4 << 20, "/bin/sh -c sleep"));
  }

  @Override
  public BootTimeline bootTimeline() {
    return new BootTimeline(
        "cold boot", List.of(new BootTimeline.Mark("kernel", Duration.ofMillis(300))));
  }

  @Override
  public void kill(int signalNumber) {
    calls.add("kill " + signalNumber);
  }

  @Override
  public void stop(Duration grace) {
    calls.add("stop " + grace.toSeconds());
    exit(143);
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    over.await();
    return state;
  }

  @Override
  public int await(WaitCondition condition) throws InterruptedException {
    if (condition != WaitCondition.NOT_RUNNING || state.isActive()) {
      over.await();
    }
    return state instanceof ContainerState.Exited exited ? exited.exitCode() : 0;
  }

  @Override
  public void remove(boolean force, boolean volumes) {
    remove(force);
  }

  @Override
  public void remove(boolean force) {
    if (state.isActive() && !force) {
      throw new EngineException(Kind.CONFLICT, "container " + name + " is running");
    }
    engine.containers.remove(this);
  }
}
