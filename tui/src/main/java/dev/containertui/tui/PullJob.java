package dev.containertui.tui;

import dev.containertui.image.PullEvent;
import dev.containertui.tui.view.PullRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a pull has come; fed by the engine's threads, read by the event loop. */
final class PullJob {
  private static final String FILE_SYSTEM = "file system";

  private final String reference;
  private final Map<String, PullRow.Layer> layers = new LinkedHashMap<>();
  private String phase = "resolving";
  private Thread thread;

  PullJob(String reference) {
    this.reference = reference;
  }

  String reference() {
    return reference;
  }

  synchronized void runsOn(Thread worker) {
    thread = worker;
  }

  synchronized void cancel() {
    phase = "cancelling";
    if (thread != null) {
      thread.interrupt();
    }
  }

  synchronized void on(PullEvent event) {
    switch (event) {
      case PullEvent.Resolving e -> phase = "resolving";
      case PullEvent.Resolved e -> {
        phase = "downloading";
        e.layers().forEach(layer -> put(layer.digest(), 0, layer.sizeBytes(), "waiting"));
      }
      case PullEvent.Downloading e -> {
        String state = e.doneBytes() >= e.totalBytes() ? "verifying" : "downloading";
        put(e.digest(), e.doneBytes(), e.totalBytes(), state);
      }
      case PullEvent.Downloaded e -> {
        PullRow.Layer layer = layers.get(e.digest());
        if (layer != null) {
          put(e.digest(), layer.totalBytes(), layer.totalBytes(), e.cached() ? "cached" : "done");
        }
      }
      case PullEvent.Unpacking e -> {
        phase = "unpacking";
        layers.put(
            FILE_SYSTEM,
            new PullRow.Layer(FILE_SYSTEM, e.doneBytes(), e.totalBytes(), "unpacking"));
      }
      case PullEvent.Done e -> phase = "done";
    }
  }

  private void put(String digest, long done, long total, String state) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    String name = hex.substring(0, Math.min(12, hex.length()));
    layers.put(digest, new PullRow.Layer(name, done, total, state));
  }

  synchronized PullRow row() {
    return new PullRow(reference, phase, List.copyOf(layers.values()));
  }
}
