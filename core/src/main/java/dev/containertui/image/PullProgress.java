package dev.containertui.image;

import dev.containertui.oci.Descriptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Passes events on, one at a time, and not more of them than an eye can follow. */
final class PullProgress {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final Consumer<PullEvent> listener;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Long> lastNanos = new HashMap<>();

  PullProgress(Consumer<PullEvent> listener) {
    this.listener = listener;
  }

  void send(PullEvent event) {
    turn.lock();
    try {
      listener.accept(event);
    } finally {
      turn.unlock();
    }
  }

  /** Says how much of a layer is there, unless that was said a moment ago. */
  void arrived(Descriptor layer, long doneBytes) {
    String digest = layer.digest().toString();
    turn.lock();
    try {
      long now = System.nanoTime();
      Long last = lastNanos.get(digest);
      if (last == null || now - last >= INTERVAL_NANOS) {
        lastNanos.put(digest, now);
        listener.accept(new PullEvent.Downloading(digest, doneBytes, layer.sizeBytes()));
      }
    } finally {
      turn.unlock();
    }
  }
}
