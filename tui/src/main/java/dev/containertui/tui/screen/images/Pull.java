package dev.containertui.tui.screen.images;

import dev.containertui.image.PullEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a pull has come; fed by the engine's threads, read while drawing. */
final class Pull {
  private static final String FILE_SYSTEM = "file system";

  /**
   * One bar.
   *
   * @param totalBytes 0 if it is not known
   */
  record Part(String name, long doneBytes, long totalBytes, String phase) {}

  /** All of it at one moment. */
  record Progress(String reference, String phase, List<Part> parts) {}

  private final String reference;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private String phase = "resolving";
  private Thread worker;

  Pull(String reference) {
    this.reference = reference;
  }

  String reference() {
    return reference;
  }

  synchronized void runsOn(Thread thread) {
    worker = thread;
  }

  synchronized void cancel() {
    phase = "cancelling";
    if (worker != null) {
      worker.interrupt();
    }
  }

  synchronized void on(PullEvent event) {
    switch (event) {
      case PullEvent.Resolving _ -> phase = "resolving";
      case PullEvent.Resolved e -> {
        phase = "downloading";
        e.layers().forEach(layer -> put(layer.digest(), 0, layer.sizeBytes(), "waiting"));
      }
      case PullEvent.Downloading e ->
          put(
              e.digest(),
              e.doneBytes(),
              e.totalBytes(),
              e.doneBytes() >= e.totalBytes() ? "verifying" : "downloading");
      case PullEvent.Downloaded e -> {
        Part part = parts.get(e.digest());
        if (part != null) {
          put(e.digest(), part.totalBytes(), part.totalBytes(), e.cached() ? "cached" : "done");
        }
      }
      case PullEvent.Unpacking e -> {
        phase = "unpacking";
        parts.put(FILE_SYSTEM, new Part(FILE_SYSTEM, e.doneBytes(), e.totalBytes(), "unpacking"));
      }
      case PullEvent.Done _ -> phase = "done";
    }
  }

  private void put(String digest, long done, long total, String state) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    parts.put(digest, new Part(hex.substring(0, Math.min(12, hex.length())), done, total, state));
  }

  synchronized Progress progress() {
    return new Progress(reference, phase, List.copyOf(parts.values()));
  }
}
