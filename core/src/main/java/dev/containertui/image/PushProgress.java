package dev.containertui.image;

import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Hands a push's events to the listener: one at a time, and of each blob at most ten a second. */
final class PushProgress {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Consumer<PushEvent> listener;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Digest, Long> lastNanos = new HashMap<>();

  PushProgress(Consumer<PushEvent> listener) {
    this.listener = listener;
  }

  void send(PushEvent event) {
    turn.lock();
    try {
      listener.accept(event);
    } finally {
      turn.unlock();
    }
  }

  /** Says how much of a blob has been sent, unless that was said a moment ago. */
  void sent(Descriptor blob, long sentBytes) {
    turn.lock();
    try {
      long now = System.nanoTime();
      Long last = lastNanos.get(blob.digest());
      if (last == null || now - last >= INTERVAL_NANOS) {
        lastNanos.put(blob.digest(), now);
        listener.accept(new PushEvent.Progress(blob.digest(), sentBytes, blob.sizeBytes()));
      }
    } finally {
      turn.unlock();
    }
  }
}
