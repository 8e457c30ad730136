package dev.containertui.cli;

import dev.containertui.image.PullEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pull as bars on a terminal: one line for each layer under way, one for the whole. */
final class PullBars implements PullProgress {
  private static final long REDRAW_NANOS = 80_000_000;
  private static final int MAX_LAYER_LINES = 8;

  private final LiveBlock block;
  private final int barWidth;
  private final Map<String, LayerState> layers = new LinkedHashMap<>();
  private String reference = "";
  private long unpackedBytes = -1;
  private long unpackTotalBytes;
  private long lastDraw = Long.MIN_VALUE;

  PullBars(PrintStream err, int columns) {
    this.block = new LiveBlock(err, columns);
    this.barWidth = Math.clamp(columns - 46L, 10, 42);
  }

  /** How far one layer is. */
  private static final class LayerState {
    private final long totalBytes;
    private long doneBytes;
    private boolean started;
    private boolean complete;

    private LayerState(long totalBytes) {
      this.totalBytes = totalBytes;
    }
  }

  @Override
  public synchronized void accept(PullEvent event) {
    boolean important = true;
    switch (event) {
      case PullEvent.Resolving e -> reference = OneLine.of(e.reference());
      case PullEvent.Resolved e ->
          e.layers().forEach(l -> layers.put(l.digest(), new LayerState(l.sizeBytes())));
      case PullEvent.Downloading e -> {
        LayerState layer = layers.get(e.digest());
        if (layer != null) {
          layer.started = true;
          layer.doneBytes = e.doneBytes();
        }
        important = false;
      }
      case PullEvent.Downloaded e -> {
        LayerState layer = layers.get(e.digest());
        if (layer != null) {
          layer.doneBytes = layer.totalBytes;
          layer.complete = true;
        }
      }
      case PullEvent.Unpacking e -> {
        unpackedBytes = e.doneBytes();
        unpackTotalBytes = e.totalBytes();
        important = false;
      }
      case PullEvent.Done _ -> {
        return; // closing says the rest
      }
    }
    long now = System.nanoTime();
    if (important || now - lastDraw >= REDRAW_NANOS) {
      lastDraw = now;
      block.draw(lines());
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (layers.isEmpty()) {
      return List.of("pulling " + reference);
    }
    long done = 0;
    long total = 0;
    int complete = 0;
    for (Map.Entry<String, LayerState> entry : layers.entrySet()) {
      LayerState layer = entry.getValue();
      done += layer.doneBytes;
      total += layer.totalBytes;
      if (layer.complete) {
        complete++;
      } else if (layer.started && lines.size() < MAX_LAYER_LINES) {
        lines.add(line(ImageNames.shortId(entry.getKey()), layer.doneBytes, layer.totalBytes));
      }
    }
    lines.addFirst("pulling " + reference + "  " + complete + "/" + layers.size() + " layers");
    if (complete < layers.size()) {
      lines.add(line("all layers", done, total));
    }
    if (unpackedBytes >= 0) {
      lines.add(line("file system", unpackedBytes, unpackTotalBytes));
    }
    return lines;
  }

  private String line(String label, long done, long total) {
    return String.format(
        "  %-12s %s %s/%s",
        label, Bar.of(done, total, barWidth), Units.size(done), Units.size(total));
  }

  @Override
  public synchronized void close() {
    block.erase();
  }
}
