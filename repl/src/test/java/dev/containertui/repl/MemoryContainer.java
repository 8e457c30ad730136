package dev.containertui.repl;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.container.WaitCondition;
import dev.containertui.container.Waiting;
import dev.containertui.engine.EngineEvent;
import dev.containertui.vm.BootTimeline;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A container without a machine. */
final class MemoryContainer implements Container {
  private final MemoryEngine engine;
  private final ContainerSpec spec;
  private final String id;
  private final String name;
  private final Instant createdAt = Instant.now();
  private volatile MemoryProcess main;

  MemoryContainer(MemoryEngine engine, ContainerSpec spec, String id, String name) {
    this.engine = engine;
    this.spec = spec;
    this.id = id;
    this.name = name;
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
    return "sha256:" + "0".repeat(64);
  }

  @Override
  public List<String> command() {
    return spec.arguments().isEmpty() ? List.of("sh") : spec.arguments();
  }

  @Override
  public ContainerState state() {
    if (main == null) {
      return new ContainerState.Created(createdAt);
    }
    return main.isAlive()
        ? new ContainerState.Running(main.startedAt(), 1)
        : new ContainerState.Exited(main.startedAt(), main.exitValue());
  }

  @Override
  public boolean isRemoved() {
    return !engine.has(this);
  }

  @Override
  public Optional<String> address() {
    return Optional.of("10.0.2.15");
  }

  @Override
  public ContainerProcess start() {
    main = new MemoryProcess(command(), spec.openStdin(), spec.terminal());
    engine.tell(new EngineEvent.ContainerChanged(Instant.now(), "start", id, name));
    main.onExit()
        .thenRun(
            () -> engine.tell(new EngineEvent.ContainerChanged(Instant.now(), "die", id, name)));
    return main;
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(main);
  }

  @Override
  public Attachment attach(boolean replay) {
    return new Attachment() {
      @Override
      public LogStream output() {
        return new LogStream() {
          @Override
          public Optional<LogRecord> next() {
            byte[] bytes = new byte[1024];
            try {
              int n = main.getInputStream().read(bytes);
              return n < 0
                  ? Optional.empty()
                  : Optional.of(
                      new LogRecord(Instant.now(), LogRecord.Stream.OUT, Arrays.copyOf(bytes, n)));
            } catch (IOException e) {
              return Optional.empty();
            }
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public OutputStream input() {
        return main.getOutputStream();
      }

      @Override
      public void resize(TerminalSize size) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public ContainerProcess exec(ProcessSpec process) {
    return new MemoryProcess(process.command(), process.openStdin(), process.terminal());
  }

  @Override
  public ContainerStats stats() {
    return new ContainerStats(
        Instant.now(), 12_500, 4_200_000, 268_435_456, 3, 1500, 900, 0, 8192, 640_000, 91_000_000);
  }

  @Override
  public List<GuestProcess> processes() {
    return List.of(new GuestProcess(1, 0, 0, 'S', 12_500, 1_100_000, "sh"));
  }

  @Override
  public BootTimeline bootTimeline() {
    return new BootTimeline(
        "cold boot: a test",
        List.of(
            new BootTimeline.Mark("vmm", Duration.ofMillis(90)),
            new BootTimeline.Mark("kernel", Duration.ofMillis(420)),
            new BootTimeline.Mark("process", Duration.ofMillis(510))));
  }

  @Override
  public void kill(int signalNumber) {
    main.signal(signalNumber);
  }

  @Override
  public void stop(Duration grace) {
    main.destroy();
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    main.waitFor();
    return state();
  }

  @Override
  public Waiting watch(WaitCondition condition) {
    return () -> main.waitFor();
  }

  @Override
  public void remove(boolean force) {
    if (main != null) {
      main.destroyForcibly();
    }
    engine.forget(this);
  }
}
