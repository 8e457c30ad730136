package dev.containertui.tui;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.Attachment;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerFiles;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.EngineEvent;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A container of {@link MemoryEngine}. */
final class MemoryContainer implements Container {
  private final MemoryEngine engine;
  private final ContainerSpec spec;
  private final String id;
  private volatile String name;
  private final Instant createdAt = Instant.now();
  private volatile ContainerState state = new ContainerState.Created(createdAt);
  private volatile Optional<ContainerProcess> main = Optional.empty();
  private volatile Thread ending;
  private final MemoryOutput output = new MemoryOutput();
  private final List<PtyShell> beside = new CopyOnWriteArrayList<>();
  private long samples;
  final MemoryLog log = new MemoryLog();
  final MemoryFiles files = new MemoryFiles();

  MemoryContainer(MemoryEngine engine, ContainerSpec spec, int number) {
    this.engine = engine;
    this.spec = spec;
    id = "%064x".formatted(0xc0ffeeL * number);
    name = spec.name().orElse("container-" + number);
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
    return "sha256:" + id;
  }

  @Override
  public List<String> command() {
    return spec.arguments().isEmpty() ? List.of("/bin/sh") : spec.arguments();
  }

  @Override
  public Optional<Instant> startedAt() {
    return state() instanceof ContainerState.Running running
        ? Optional.of(running.at())
        : Optional.empty();
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
    ContainerProcess process = new PtyShell(shortId(), command(), Map.of(), spec.terminal());
    main = Optional.of(process);
    output.follow(process);
    state = new ContainerState.Running(Instant.now(), process.pid());
    changed("start");
    ending =
        Thread.startVirtualThread(
            () -> {
              try {
                int code = process.waitFor();
                state = new ContainerState.Exited(Instant.now(), code);
                changed("die");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return process;
  }

  @Override
  public LogStream logs(LogQuery query) {
    return log.open(query);
  }

  @Override
  public ContainerFiles files() {
    return files;
  }

  @Override
  public void pause() {
    if (!(state instanceof ContainerState.Running running)) {
      throw new EngineException(Kind.CONFLICT, name + " does not run");
    }
    state = new ContainerState.Paused(Instant.now(), running.machinePid());
    changed("pause");
  }

  @Override
  public void unpause() {
    if (!(state instanceof ContainerState.Paused paused)) {
      throw new EngineException(Kind.CONFLICT, name + " is not paused");
    }
    state = new ContainerState.Running(Instant.now(), paused.machinePid());
    changed("unpause");
  }

  @Override
  public void rename(String newName) {
    if (engine.containers.stream().anyMatch(c -> c.name().equals(newName))) {
      throw new EngineException(Kind.CONFLICT, "the name " + newName + " is taken");
    }
    name = newName;
    changed("rename");
  }

  @Override
  public void restart(Optional<Duration> grace) {
    stop(grace.orElse(Duration.ofSeconds(1)));
    start();
  }

  @Override
  public String commit(CommitSpec wanted) {
    return engine.addImage(wanted.reference().orElseThrow(), 1000).digest();
  }

  private void changed(String action) {
    engine.emit(new EngineEvent.ContainerChanged(Instant.now(), action, id, name));
  }

  @Override
  public Attachment attach(boolean replay) {
    return output.attach(replay);
  }

  @Override
  public Optional<ContainerProcess> process() {
    return main;
  }

  @Override
  public ContainerProcess exec(ProcessSpec wanted) {
    if (!(state instanceof ContainerState.Running)) {
      throw new EngineException(Kind.CONFLICT, name + " does not run");
    }
    PtyShell shell =
        new PtyShell(shortId(), wanted.command(), wanted.environment(), wanted.terminal());
    beside.add(shell);
    return shell;
  }

  @Override
  public ContainerStats stats() {
    samples++;
    long memory = 80_000_000 + samples % 5 * 9_000_000;
    return new ContainerStats(
        Instant.now(),
        samples * 50_000,
        memory / 2,
        256 << 20,
        3,
        0,
        0,
        0,
        0,
        samples * 124_000,
        memory);
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
    main.ifPresent(ContainerProcess::destroyForcibly);
  }

  @Override
  public void stop(Duration grace) {
    beside.forEach(PtyShell::killAll); // As the end of PID 1 does in a container.
    main.ifPresent(
        process -> {
          process.destroy();
          try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
              process.destroyForcibly();
            }
            ending.join(); // Who has stopped it finds it stopped.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    if (main.isPresent()) {
      main.get().waitFor();
    }
    return state;
  }

  @Override
  public void remove(boolean force) {
    if (force) {
      kill(9);
    }
    engine.containers.remove(this);
    changed("destroy");
  }
}
