package dev.containertui;

import dev.containertui.ContainerTui.Task;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One task for many things. */
final class Parallel {
  private static final int MOST_SHOWN = 5;

  private Parallel() {}

  static <T, R> List<R> run(int atMost, Collection<? extends T> things, Task<? super T, R> task) {
    List<T> order = new ArrayList<>(things);
    List<R> answers = new ArrayList<>(Collections.nCopies(order.size(), null));
    List<Throwable> failures = new ArrayList<>(Collections.nCopies(order.size(), null));
    Semaphore places = new Semaphore(atMost);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      int index = i;
      threads.add(
          Thread.ofVirtual()
              .name("parallel-" + i)
              .start(
                  () -> {
                    try {
                      places.acquire();
                      try {
                        answers.set(index, task.apply(order.get(index)));
                      } finally {
                        places.release();
                      }
                    } catch (Throwable e) {
                      failures.set(index, e);
                    }
                  }));
    }
    join(threads);
    complain(order, failures);
    return Collections.unmodifiableList(answers);
  }

  /** An interrupt reaches all of them; they are waited for all the same. */
  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "parallel(…) was cancelled");
    }
  }

  private static <T> void complain(List<T> order, List<Throwable> failures) {
    List<String> told = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    Kind kind = null;
    for (int i = 0; i < order.size(); i++) {
      Throwable failure = failures.get(i);
      if (failure == null) {
        continue;
      }
      if (failure instanceof Error error && !(error instanceof AssertionError)) {
        throw error;
      }
      thrown.add(failure);
      if (told.size() < MOST_SHOWN) {
        told.add(order.get(i) + ": " + Failures.line(failure));
      }
      Kind own = failure instanceof EngineException known ? known.kind() : Kind.INVALID;
      kind = kind == null || kind == own ? own : Kind.INVALID;
    }
    if (thrown.isEmpty()) {
      return;
    }
    String more = thrown.size() > told.size() ? "; and " + (thrown.size() - told.size()) : "";
    EngineException failure =
        new EngineException(
            kind,
            thrown.size() + " of " + order.size() + " failed: " + String.join("; ", told) + more,
            thrown.getFirst());
    thrown.stream().skip(1).forEach(failure::addSuppressed);
    throw failure;
  }
}
