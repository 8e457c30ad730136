package dev.containertui.engine;

import dev.containertui.engine.Engine.Subscription;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands events to listeners, each on a thread of its own, so that a slow one holds up nobody. One
 * that falls {@value #MAX_PENDING} events behind loses the oldest.
 */
final class EventBus implements AutoCloseable {
  private static final int MAX_PENDING = 4096;

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  void publish(EngineEvent event) {
    listeners.forEach(listener -> listener.offer(event));
  }

  Subscription subscribe(Consumer<EngineEvent> consumer) {
    Listener listener = new Listener(consumer);
    listeners.add(listener);
    return () -> {
      listeners.remove(listener);
      listener.thread.interrupt();
    };
  }

  @Override
  public void close() {
    listeners.forEach(listener -> listener.thread.interrupt());
    listeners.clear();
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
