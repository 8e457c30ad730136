package dev.containertui.tui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Step;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs effects, each on a thread of its own; what one throws is shown to the user. */
final class Effects {
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Host host;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  Effects(Host host) {
    this.host = host;
  }

  void run(Effect effect) {
    Thread thread =
        Thread.ofVirtual()
            .name("effect")
            .unstarted(
                () -> {
                  try {
                    effect.work().run(host);
                  } catch (InterruptedException e) {
                    // the workbench ends
                  } catch (Throwable e) { // also an Error: nobody else would see it
                    report(e);
                  } finally {
                    running.remove(Thread.currentThread());
                  }
                });
    running.add(thread);
    thread.start();
  }

  private void report(Throwable e) {
    if (e instanceof EngineException known && known.kind() == Kind.CANCELLED) {
      host.post("cancelled", s -> Step.to(Shell.note(s, "cancelled", "")));
    } else {
      host.post("failure", s -> Step.to(Shell.failed(s, e)));
    }
  }

  /** Interrupts what still runs, and gives it a moment to tidy up: half a file is to be deleted. */
  void stop() {
    running.forEach(Thread::interrupt);
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread thread : running) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive() || !thread.join(left)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
