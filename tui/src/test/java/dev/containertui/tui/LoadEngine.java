package dev.containertui.tui;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.MachineFacts;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.Containers;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.Images;
import dev.containertui.engine.Kernels;
import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An engine of which many containers run, that use more or less all the time and write logs. */
final class LoadEngine implements Engine {
  private final Instant opened = Instant.now();
  private final List<Container> containers = new ArrayList<>();
  private final int linesPerSecond;
  final AtomicLong linesRead = new AtomicLong();

  /**
   * @param running how many
   * @param linesPerSecond that each writes
   */
  LoadEngine(int running, int linesPerSecond) {
    this.linesPerSecond = linesPerSecond;
    for (int i = 0; i < running; i++) {
      containers.add(new Running(i));
    }
  }

  @Override
  public boolean endsWithCaller() {
    return false;
  }

  @Override
  public Images images() {
    return new MemoryEngine().images();
  }

  @Override
  public Containers containers() {
    return new Containers() {
      @Override
      public Container create(ContainerSpec spec) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<Container> list(boolean all) {
        return containers;
      }

      @Override
      public Optional<Container> find(String nameOrId) {
        return containers.stream().filter(c -> c.id().equals(nameOrId)).findFirst();
      }

      @Override
      public Map<String, ContainerStats> stats() {
        Map<String, ContainerStats> stats = new HashMap<>();
        containers.forEach(c -> stats.put(c.id(), c.stats()));
        return stats;
      }

      @Override
      public String inspectJson(String nameOrId) {
        return "{}";
      }
    };
  }

  @Override
  public Kernels kernels() {
    throw new EngineException(Kind.UNAVAILABLE, "no kernels here");
  }

  @Override
  public Templates templates() {
    throw new EngineException(Kind.UNAVAILABLE, "no templates here");
  }

  @Override
  public Subscription onEvent(Consumer<EngineEvent> listener) {
    return () -> {};
  }

  @Override
  public List<Finding> diagnose() {
    return List.of(new Finding(Finding.Level.OK, "qemu", "tcg", ""));
  }

  @Override
  public void close() {}

  private final class Running implements Container {
    private final int number;
    private final String id;

    Running(int number) {
      this.number = number;
      id = "%012x".formatted(0xc0ffee00L * (number + 1)) + "0".repeat(52);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String name() {
      return "container-" + number;
    }

    @Override
    public ContainerSpec spec() {
      return ContainerSpec.of("registry.example.com/team/service:2026-11").build();
    }

    @Override
    public Instant createdAt() {
      return opened;
    }

    @Override
    public String imageDigest() {
      return "sha256:" + "a".repeat(64);
    }

    @Override
    public List<String> command() {
      return List.of("sh");
    }

    @Override
    public ContainerState state() {
      return new ContainerState.Running(opened, 4000 + number);
    }

    @Override
    public Optional<Instant> startedAt() {
      return Optional.of(opened);
    }

    @Override
    public Optional<String> address() {
      return Optional.of("10.0.2.15");
    }

    @Override
    public Optional<MachineFacts> machine() {
      return Optional.of(
          new MachineFacts(
              4000 + number,
              "qemu",
              "tcg",
              "6.1.192-lean",
              1,
              512L << 20,
              Optional.empty(),
              List.of()));
    }

    @Override
    public ContainerStats stats() {
      Instant now = Instant.now();
      long millis = Duration.between(opened, now).toMillis();
      long wave = (long) (1000 * Math.sin(millis / 5000.0 + number));
      return new ContainerStats(
          now,
          millis * 100 + 90 * wave,
          (60L << 20) + 1000 * wave,
          512L << 20,
          3,
          millis * 1000 + number,
          millis * 10,
          millis,
          millis * 100,
          millis * 120 + 100 * wave,
          (100L << 20) + 1000 * wave,
          30L << 20);
    }

    @Override
    public LogStream logs(LogQuery query) {
      return new Lines();
    }

    @Override
    public BootTimeline bootTimeline() {
      return new BootTimeline("clone of template 2f0c", List.of());
    }

    @Override
    public ContainerProcess start() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ContainerProcess> process() {
      return Optional.empty();
    }

    @Override
    public ContainerProcess exec(ProcessSpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<GuestProcess> processes() {
      return List.of();
    }

    @Override
    public void kill(int signalNumber) {}

    @Override
    public void stop(Duration grace) {}

    @Override
    public ContainerState awaitEnd() throws InterruptedException {
      Thread.sleep(Duration.ofDays(1));
      return state();
    }

    @Override
    public void remove(boolean force) {}
  }

  /** So many lines a second; a reader that is late gets more at once. */
  private final class Lines implements LogStream {
    private static final long PIECE_MILLIS = 10;
    private static final int MOST_AT_ONCE = 1000;

    private final long start = System.nanoTime();
    private volatile boolean closed;
    private long number;

    @Override
    public Optional<LogRecord> next() {
      long due = 0;
      while (!closed && due == 0) {
        try {
          Thread.sleep(PIECE_MILLIS);
        } catch (InterruptedException e) {
          throw new EngineException(Kind.CANCELLED, "cancelled", e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        due = Math.min(MOST_AT_ONCE, (long) (seconds * linesPerSecond) - number);
      }
      StringBuilder piece = new StringBuilder();
      for (int i = 0; i < due; i++) {
        piece.append("GET /path/to/something?number=").append(number++);
        piece.append(" 200 \u001b[32mOK\u001b[0m in 12 ms, as most of the lines of a log look\n");
      }
      linesRead.addAndGet(due);
      return closed
          ? Optional.empty()
          : Optional.of(
              new LogRecord(
                  Instant.now(),
                  LogRecord.Stream.OUT,
                  piece.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
