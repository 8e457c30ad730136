package dev.containertui.container;

import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.error.EngineException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What can be done to a container while it runs, besides stopping it. */
final class ContainerControl {
  private final ContainerLife life;
  private final RecordKeeper keeper;

  /** One pause or unpause at a time. */
  private final ReentrantLock freezing = new ReentrantLock();

  ContainerControl(ContainerLife life) {
    this.life = life;
    this.keeper = life.keeper();
  }

  private RunningMachine requireMoving(String hint) {
    RunningMachine running = life.requireMachine();
    if (keeper.get().state() instanceof Paused) {
      throw life.ownership().conflict("is paused", hint);
    }
    return running;
  }

  ContainerProcess exec(ProcessSpec spec) {
    RunningMachine running = requireMoving("unpause it first");
    Map<String, String> attributes = new HashMap<>();
    attributes.put("execID", newExecId());
    life.happened("exec_create", attributes);
    GuestProcessHandle handle = running.exec(spec);
    life.happened("exec_start", attributes);
    handle.whenOver(() -> ended(handle, attributes));
    return new GuestContainerProcess(keeper.get().shortId(), handle, Instant.now(), life::explain);
  }

  private static String newExecId() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void ended(GuestProcessHandle handle, Map<String, String> attributes) {
    try {
      handle.exit().ifPresent(exit -> attributes.put("exitCode", Integer.toString(exit.code())));
    } catch (EngineException lost) {
      // Nobody can know how it ended.
    }
    if (!life.ownership().isLetGo()) {
      life.happened("exec_die", attributes);
    }
  }

  /** Changes limits and policy, in the machine too if there is one. */
  void update(ResourceUpdate update) {
    life.ownership().requireMine();
    ContainerSpec before = keeper.get().spec();
    ContainerSpec after =
        before.with(
            update.cpus().isPresent() ? update.cpus() : before.cpus(),
            update.memoryBytes().isPresent() ? update.memoryBytes() : before.memoryBytes(),
            update.restartPolicy().orElse(before.restartPolicy()));
    MachineSize size = MachineSize.of(after, life.around().supplies());
    RunningMachine running = life.machine();
    if (running != null && (update.cpus().isPresent() || update.memoryBytes().isPresent())) {
      running.limit(size);
    }
    keeper.change(current -> current.with(after));
    keeper.persist();
    life.happened("update", Map.of());
  }

  void pause() {
    pause(true);
  }

  /** For a moment: if the engine is killed meanwhile, the next one lets the container go on. */
  void pauseBriefly() {
    pause(false);
  }

  private void pause(boolean recorded) {
    freezing.lock();
    try {
      RunningMachine running = requireMoving("");
      if (!(keeper.get().state() instanceof Running)) {
        throw life.ownership().conflict("is not running: it is " + keeper.get().state().word(), "");
      }
      running.freeze(true);
      keeper.pausesBriefly(!recorded);
      boolean entered = swap(running, Running.class, new Paused(now(), running.vm().pid()));
      if (!entered) {
        // It is being stopped, or has ended meanwhile.
        running.freeze(false);
        throw life.ownership().conflict("is not running any more", "");
      }
      life.health().suspend();
      keeper.persistQuietly();
      life.happened("pause", Map.of());
    } finally {
      freezing.unlock();
    }
  }

  void unpause() {
    freezing.lock();
    try {
      RunningMachine running = life.requireMachine();
      if (!(keeper.get().state() instanceof Paused)) {
        throw life.ownership().conflict("is not paused: it is " + keeper.get().state().word(), "");
      }
      running.freeze(false);
      swap(running, Paused.class, new Running(now(), running.vm().pid()));
      life.health().resume();
      keeper.persistQuietly();
      life.happened("unpause", Map.of());
    } finally {
      freezing.unlock();
    }
  }

  private static Instant now() {
    return Instant.now();
  }

  private boolean swap(
      RunningMachine running, Class<? extends ContainerState> from, ContainerState to) {
    return keeper.locked(
        () -> {
          if (life.machine() != running || !from.isInstance(keeper.get().state())) {
            return false;
          }
          keeper.enter(to);
          return true;
        });
  }
}
