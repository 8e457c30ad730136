package dev.containertui.tui.facts;

import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Looks at the engine once a second while a container runs, and when told that something changed;
 * else it sleeps. The first look may start an engine; one that has gone away since is not started
 * again for it, but by what the user asks for.
 */
public final class Sampler {
  private static final long INTERVAL_MILLIS = 1000;
  private static final Path PROC = Path.of("/proc");

  private static final long RETRY_MILLIS = 4000;

  /** A burst of events is one look. */
  private static final long SETTLE_MILLIS = 50;

  private final Engine engine;
  private final BiConsumer<String, Change> post;
  private final BlockingQueue<Boolean> nudges = new ArrayBlockingQueue<>(1);
  private final AtomicBoolean imagesChanged = new AtomicBoolean(true);
  private final AtomicBoolean sampling = new AtomicBoolean();
  private Engine.Subscription subscription = () -> {};
  private Thread thread;

  /** Whether the engine has ever answered: from then on it is only watched. */
  private boolean met;

  /**
   * @param post hands changes to the event loop
   */
  public Sampler(Engine engine, BiConsumer<String, Change> post) {
    this.engine = engine;
    this.post = post;
  }

  public void start() {
    subscription = engine.onEvent(this::happened);
    thread = Thread.ofVirtual().name("sampler").start(this::run);
  }

  public void stop() {
    subscription.close();
    thread.interrupt();
  }

  private void happened(EngineEvent event) {
    if (event instanceof EngineEvent.ImageChanged) {
      imagesChanged.set(true);
    }
    post.accept("event", s -> Step.to(s.with(Facts.SLOT, f -> f.withEvent(event))));
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
  private boolean look() throws InterruptedException {
    try {
      boolean alive = met ? engine.watch(this::seen) : seen();
      met = true;
      return alive;
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CANCELLED) {
        throw new InterruptedException();
      }
      return failed(e);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private boolean seen() {
    if (imagesChanged.getAndSet(false)) {
      List<ImageSummary> images = engine.images().list();
      post.accept("images", s -> Step.to(s.with(Facts.SLOT, f -> f.withImages(images))));
    }
    List<ContainerFacts> facts =
        engine.containers().summaries(true).stream().map(ContainerFacts::of).toList();
    Instant now = Instant.now();
    post.accept("containers", s -> Step.to(s.with(Facts.SLOT, f -> f.withContainers(facts, now))));
    if (facts.stream().anyMatch(ContainerFacts::hasMachine)) {
      sample();
    }
    return facts.stream().anyMatch(ContainerFacts::isAlive);
  }

  /** Not at once again: until one has answered, each try may start an engine. */
  private boolean failed(RuntimeException e) throws InterruptedException {
    String reason = e instanceof EngineException ? e.getMessage() : e.toString();
    post.accept("failure", s -> Step.to(s.with(Facts.SLOT, f -> f.withFailure(reason))));
    imagesChanged.set(true);
    Thread.sleep(RETRY_MILLIS);
    return true; // it may come back
  }

  private static State sampled(
      State state, Map<String, ContainerStats> stats, Optional<HostSample> host, Instant now) {
    Facts facts = Facts.of(state).withStats(stats, now);
    HostUsage usage = HostUsage.of(state);
    return state
        .put(Facts.SLOT, facts)
        .put(HostUsage.SLOT, host.map(h -> usage.with(h, facts.totals())).orElse(usage));
  }

  /** Apart, because a machine that does not answer delays it; one sampling at a time. */
  private void sample() {
    if (!sampling.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual()
        .name("stats")
        .start(
            () -> {
              try {
                Map<String, ContainerStats> stats = engine.watch(() -> engine.containers().stats());
                Instant now = Instant.now();
                Optional<HostSample> host = HostSample.take(PROC, now);
                post.accept("stats", s -> Step.to(sampled(s, stats, host, now)));
              } catch (RuntimeException e) {
                // the next look tells what is wrong, and a missing figure is shown as one
              } finally {
                sampling.set(false);
              }
            });
  }
}
