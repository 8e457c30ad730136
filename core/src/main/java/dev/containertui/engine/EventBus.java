package dev.containertui.engine;

import dev.containertui.engine.Engine.Subscription;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands events to listeners, each on a thread of its own, so that a slow one holds up nobody. One
 * that falls {@value #MAX_PENDING} events behind loses the oldest. The last {@value #MAX_PAST} are
 * kept for those who come later.
 */
final class EventBus implements AutoCloseable {
  private static final int MAX_PENDING = 4096;

  private static final int MAX_PAST = 1024;

  /** So that nobody misses or hears twice what happens while he subscribes. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Listener> listeners = new ArrayList<>();
  private final Deque<EngineEvent> past = new ArrayDeque<>();

  void publish(EngineEvent event) {
    lock.lock();
    try {
      past.addLast(event);
      if (past.size() > MAX_PAST) {
        past.removeFirst();
      }
      listeners.forEach(listener -> listener.offer(event));
    } finally {
      lock.unlock();
    }
  }

  Subscription subscribe(Consumer<EngineEvent> consumer) {
    return subscribe(Instant.MAX, consumer);
  }

  /**
   * @param since the consumer hears of what happened from then on, as far as it is kept
   */
  Subscription subscribe(Instant since, Consumer<EngineEvent> consumer) {
    Listener listener = new Listener(consumer);
    lock.lock();
    try {
      past.stream().filter(event -> !event.at().isBefore(since)).forEach(listener::offer);
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
    return () -> {
      remove(listener);
      listener.thread.interrupt();
    };
  }

  private void remove(Listener listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      listeners.forEach(listener -> listener.thread.interrupt());
      listeners.clear();
    } finally {
      lock.unlock();
    }
  }

  private static final class Listener {
    private final BlockingQueue<EngineEvent> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final Consumer<EngineEvent> consumer;
    private final Thread thread;

    Listener(Consumer<EngineEvent> consumer) {
      this.consumer = consumer;
      this.thread = Thread.ofVirtual().name("event-listener").start(this::deliver);
    }

    void offer(EngineEvent event) {
      while (!pending.offer(event)) {
        pending.poll();
      }
    }

    private void deliver() {
      try {
        while (true) {
          consumer.accept(pending.take());
        }
      } catch (InterruptedException closed) {
        // The subscription was closed.
      }
    }
  }
}
