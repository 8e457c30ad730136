package dev.containertui.tui;

import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Looks at the containers once a second while one of them runs, and when told that something
 * changed; else it sleeps. A container that does not answer delays nobody but itself.
 */
final class Sampler {
  private static final long INTERVAL_MILLIS = 1000;

  /** A burst of events is one look. */
  private static final long SETTLE_MILLIS = 50;

  private final Engine engine;
  private final EventLoop loop;
  private final Consumer<List<ContainerFacts>> onFacts;
  private final BiConsumer<String, ContainerStats> onStats;
  private final Consumer<RuntimeException> onFailure;
  private final BlockingQueue<Boolean> nudges = new ArrayBlockingQueue<>(1);
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private Thread thread;

  /** The consumers are called in the event loop. */
  Sampler(
      Engine engine,
      EventLoop loop,
      Consumer<List<ContainerFacts>> onFacts,
      BiConsumer<String, ContainerStats> onStats,
      Consumer<RuntimeException> onFailure) {
    this.engine = engine;
    this.loop = loop;
    this.onFacts = onFacts;
    this.onStats = onStats;
    this.onFailure = onFailure;
  }

  void start() {
    thread = Thread.ofVirtual().name("sampler").start(this::run);
  }

  void stop() {
    thread.interrupt();
  }

  /** Something changed: look now. */
  void nudge() {
    nudges.offer(true);
  }

  private void run() {
    try {
      while (true) {
        if (look()) {
          nudges.poll(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } else {
          nudges.take();
        }
        Thread.sleep(SETTLE_MILLIS);
      }
    } catch (InterruptedException e) {
      // stopped
    }
  }

  /** True if something is alive, so that another look is worth while. */
  private boolean look() {
    List<ContainerFacts> facts = new ArrayList<>();
    try {
      engine.containers().list(true).forEach(c -> facts.add(ContainerFacts.of(c)));
    } catch (RuntimeException e) {
      loop.post(() -> onFailure.accept(e));
      return false;
    }
    loop.post(() -> onFacts.accept(facts));
    facts.stream().filter(ContainerFacts::isRunning).forEach(this::ask);
    return facts.stream().anyMatch(ContainerFacts::isAlive);
  }

  private void ask(ContainerFacts facts) {
    if (!asked.add(facts.id())) {
      return; // still waiting for the last answer
    }
    Thread.startVirtualThread(
        () -> {
          try {
            ContainerStats stats = facts.handle().stats();
            loop.post(() -> onStats.accept(facts.id(), stats));
          } catch (RuntimeException e) {
            // It may just be ending; the next look tells, and a missing figure is shown as one.
          } finally {
            asked.remove(facts.id());
          }
        });
  }
}
