package dev.containertui.tui;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread that owns the state: it runs tasks in the order in which they were posted and
 * draws after them, at most twenty times a second unless a person does something. With nothing to
 * do it sleeps.
 */
final class EventLoop {
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** What a person did is not left waiting for the next frame, but keys come in bursts too. */
  private static final long URGENT_FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Runnable WAKE = () -> {};

  private record Quiet(Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }

  private record Urgent(Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final AtomicBoolean dirty = new AtomicBoolean(true);
  private boolean stopped;

  /** Runs {@code task} in the loop's thread, soon, and draws after it. */
  void post(Runnable task) {
    tasks.add(task);
  }

  /** The same for what a person did and waits to see: drawn at once. */
  void postUrgently(Runnable task) {
    tasks.add(new Urgent(task));
  }

  /** The same without drawing: the task says itself, by {@link #touch}, if there is a change. */
  void postQuietly(Runnable task) {
    tasks.add(new Quiet(task));
  }

  /** Has the screen drawn soon; cheap however often it is called. */
  void touch() {
    if (dirty.compareAndSet(false, true)) {
      tasks.add(WAKE);
    }
  }

  /** Ends the loop; to be called from a task. */
  void stop() {
    stopped = true;
  }

  /** Runs until a task calls {@link #stop}. What a task or {@code draw} throws ends it too. */
  void run(Runnable draw) throws InterruptedException {
    long lastFrame = System.nanoTime() - FRAME_NANOS;
    long nextFrame = lastFrame;
    while (!stopped) {
      long wait = nextFrame - System.nanoTime();
      if (dirty.get() && wait <= 0) {
        dirty.set(false);
        draw.run();
        lastFrame = System.nanoTime();
        nextFrame = lastFrame + FRAME_NANOS;
        continue;
      }
      Runnable task = dirty.get() ? tasks.poll(wait, TimeUnit.NANOSECONDS) : tasks.take();
      while (task != null && !stopped) {
        if (task != WAKE) {
          task.run();
          if (!(task instanceof Quiet)) {
            dirty.set(true);
          }
          if (task instanceof Urgent) {
            nextFrame = lastFrame + URGENT_FRAME_NANOS;
          }
        }
        task = tasks.poll();
      }
    }
  }
}
