package dev.containertui.container;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.OwnerLock;
import dev.containertui.image.ImageCommit;
import dev.containertui.image.StoredImage;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of an engine: its record, and its life, as far as that is here. One that runs in
 * another process can be looked at, nothing more.
 */
final class ManagedContainer implements Container {
  private final RecordKeeper keeper;
  private final Surroundings around;
  private final ContainerLife life;
  private final ContainerControl control;
  private final ContainerStop stop;
  private final ContainerWaits waits;
  private final DiskFiles files;

  ManagedContainer(ContainerRecord record, Surroundings around) {
    this.around = around;
    this.keeper = new RecordKeeper(record, around.store());
    this.life = new ContainerLife(keeper, around);
    this.control = new ContainerControl(life);
    this.stop = new ContainerStop(life);
    this.waits = new ContainerWaits(life);
    this.files =
        new DiskFiles(
            new FilesOwner(life), around.supplies(), around.store().upperDisk(record.id()));
  }

  @Override
  public String id() {
    return keeper.get().id();
  }

  @Override
  public String name() {
    return keeper.get().name();
  }

  @Override
  public ContainerSpec spec() {
    return keeper.get().spec();
  }

  @Override
  public Instant createdAt() {
    return keeper.get().createdAt();
  }

  @Override
  public String imageDigest() {
    return keeper.get().imageDigest();
  }

  @Override
  public List<String> command() {
    return keeper.get().command();
  }

  @Override
  public ContainerState state() {
    return keeper.get().state();
  }

  @Override
  public boolean isRemoved() {
    return keeper.isRemoved();
  }

  @Override
  public Optional<String> address() {
    ContainerRecord record = keeper.get();
    return record.state() instanceof Running || record.state() instanceof Paused
        ? record.machine().flatMap(ContainerRecord.Machine::address)
        : Optional.empty();
  }

  @Override
  public Optional<Instant> startedAt() {
    return keeper.get().facts().startedAt();
  }

  @Override
  public Optional<Instant> finishedAt() {
    return keeper.get().facts().finishedAt();
  }

  @Override
  public Optional<MachineFacts> machine() {
    return keeper.get().machine().map(ContainerRecord.Machine::facts);
  }

  @Override
  public int restartCount() {
    return keeper.get().facts().restartCount();
  }

  @Override
  public Optional<Health> health() {
    return keeper.get().facts().health();
  }

  @Override
  public BootTimeline bootTimeline() {
    return life.bootTimeline();
  }

  /** As it would be written now. */
  ContainerRecord record() {
    BootTimeline timeline = bootTimeline();
    ContainerRecord current = keeper.get();
    return current
        .machine()
        .map(description -> current.with(description, timeline))
        .orElse(current);
  }

  ContainerLife life() {
    return life;
  }

  RecordKeeper keeper() {
    return keeper;
  }

  @Override
  public ContainerProcess start() {
    return life.start();
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(life.process());
  }

  @Override
  public Attachment attach(boolean replay) {
    life.ownership().requireMine();
    return new LiveAttachment(life, replay);
  }

  @Override
  public LogStream logs(LogQuery query) {
    life.ownership().requirePresent();
    return life.ownership().isWrittenElsewhere()
        ? OutputLog.read(around.store().log(id()), query)
        : life.log().open().read(query);
  }

  @Override
  public ContainerFiles files() {
    life.ownership().requireMine();
    return files;
  }

  @Override
  public String commit(CommitSpec spec) {
    life.ownership().requireMine();
    StoredImage base = around.supplies().image(imageDigest());
    ImageCommit commit = ContainerCommit.of(keeper.get(), spec, base);
    boolean paused = spec.pause() && state() instanceof Running;
    if (paused) {
      control.pauseBriefly();
    }
    try {
      String made = around.supplies().commit(base, commit, files::writeLayer);
      life.happened("commit", Map.of("comment", spec.comment().orElse(""), "imageID", made));
      return made;
    } finally {
      if (paused) {
        goOn();
      }
    }
  }

  /** Unless it has ended, or somebody was quicker; also when the commit was interrupted. */
  private void goOn() {
    boolean interrupted = Thread.interrupted();
    try {
      unpause();
    } catch (EngineException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void restart(Optional<Duration> grace) {
    life.ownership().requireMine();
    if (stop.stop(grace.orElse(spec().stopTimeout()), StopIntent.RESTART, false)) {
      life.happened("stop", Map.of());
    }
    life.start();
    life.happened("restart", Map.of());
  }

  @Override
  public void pause() {
    control.pause();
  }

  @Override
  public void unpause() {
    control.unpause();
  }

  @Override
  public void rename(String newName) {
    life.ownership().requireMine();
    String before = name();
    keeper.rename(ContainerNames.checked(newName));
    life.happened("rename", Map.of("oldName", before));
  }

  @Override
  public void update(ResourceUpdate update) {
    control.update(update);
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) {
    return control.exec(spec);
  }

  @Override
  public ContainerStats stats() {
    return life.requireMachine().sample();
  }

  @Override
  public List<GuestProcess> processes() {
    return life.requireMachine().processes();
  }

  @Override
  public void kill(int signalNumber) {
    stop.kill(signalNumber);
  }

  @Override
  public void stop(Duration grace) {
    if (stop.stop(grace, StopIntent.STOP, true)) {
      life.happened("stop", Map.of());
    }
  }

  /** Whether its policy wants it to run when an engine opens. */
  boolean isToBeStartedAtOpening() {
    RunFacts facts = keeper.get().facts();
    return facts.startedAt().isPresent()
        && RestartSchedule.atOpening(spec().restartPolicy(), facts.stoppedByUser());
  }

  /** Waits until it is known whether it could be taken up. */
  void awaitTakenUp() throws InterruptedException {
    ContainerRun current = life.run();
    if (current != null) {
      current.awaitSettled();
    }
  }

  /** Ends it because its engine ends; its policy counts when the next one opens. */
  void close(Duration grace) {
    stop.stop(grace, StopIntent.STOP, false);
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    return waits.awaitEnd();
  }

  @Override
  public Waiting watch(WaitCondition condition) {
    return waits.watch(condition);
  }

  @Override
  public void remove(boolean force) {
    remove(force, false);
  }

  @Override
  public void remove(boolean force, boolean volumes) {
    life.ownership().requireMine();
    if (!life.isAtRest()) {
      if (!force) {
        throw life.ownership()
            .conflict("is " + state().word(), "stop it first, or force its removal");
      }
      stop.stop(Duration.ZERO, StopIntent.REMOVE, true);
    }
    if (life.ownership().isWrittenElsewhere()) {
      // Nobody else may start it meanwhile.
      try (OwnerLock _ = life.ownership().awaitAtRest()) {
        removeAtRest(volumes);
      }
    } else {
      removeAtRest(volumes);
    }
  }

  private void removeAtRest(boolean volumes) {
    if (keeper.remove()) {
      life.log().close();
      life.happened("destroy", Map.of());
      if (volumes) {
        AnonymousVolumes.remove(keeper.get(), life.around());
      }
    }
  }
}
