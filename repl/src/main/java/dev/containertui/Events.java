package dev.containertui;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.engine.EventFilter;
import dev.containertui.engine.FilterTerms;
import dev.containertui.error.EngineException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What happens to containers and images, from the call of {@code events()} on.
 *
 * <pre>{@code
 * try (var events = events().filter("type=container", "event=die")) {
 *   System.out.println(events.next(Duration.ofMinutes(1)));
 * }
 * }</pre>
 *
 * <p>Up to 100,000 wait to be read; if more come it fails.
 */
public final class Events extends QueuedFeed<Event> {
  private static final int CAPACITY = 100_000;

  private final Engine engine;
  private final ReentrantLock changing = new ReentrantLock();
  private final List<String> terms = new ArrayList<>();
  private volatile Predicate<EngineEvent> filter = event -> true;
  private Engine.Subscription subscription;
  private volatile long generation;

  Events(Engine engine) {
    super(CAPACITY);
    this.engine = engine;
    long mine = generation;
    subscription = engine.onEvent(event -> take(event, mine));
  }

  private void take(EngineEvent event, long subscribed) {
    if (subscribed != generation || !filter.test(event)) {
      return;
    }
    try {
      add(Event.of(event), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins with the events since then, as far as the engine still knows them. */
  public Events since(Instant time) {
    Args.required("since(time)", "time", time);
    changing.lock();
    try {
      long next = generation + 1;
      generation = next;
      subscription.close();
      clear();
      subscription = engine.onEvent(time, event -> take(event, next));
      return this;
    } finally {
      changing.unlock();
    }
  }

  /** The same: {@code "10m"} (ago), or {@code "2026-01-31T12:00:00Z"}. */
  public Events since(String time) {
    return since(Args.instant("since(time)", time));
  }

  /**
   * Only some, by docker's rules: of one key any value will do, of different keys all must hold.
   *
   * @param conditions {@code "type=container"}, {@code "event=die"}, {@code "container=web"},
   *     {@code "image=alpine"}, {@code "label=key=value"}
   * @throws EngineException INVALID
   */
  public Events filter(String... conditions) {
    changing.lock();
    try {
      List<String> all = new ArrayList<>(terms);
      all.addAll(List.of(Args.present("filter(conditions…)", "the array", conditions)));
      EventFilter made = EventFilter.of(FilterTerms.parse(all));
      terms.clear();
      terms.addAll(all);
      filter = made;
      return this;
    } finally {
      changing.unlock();
    }
  }

  @Override
  void release() {
    changing.lock();
    try {
      subscription.close();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public String toString() {
    return "the engine's events";
  }
}
