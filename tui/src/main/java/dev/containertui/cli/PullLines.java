package dev.containertui.cli;

import dev.containertui.image.PullEvent;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** A pull as plain lines, one for each thing that is finished; for logs and pipes. */
final class PullLines implements PullProgress {
  private final PrintStream err;
  private final Map<String, Long> sizes = new HashMap<>();
  private boolean unpacking;

  PullLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void accept(PullEvent event) {
    switch (event) {
      case PullEvent.Resolving e -> say("pulling " + e.reference());
      case PullEvent.Resolved e -> {
        e.layers().forEach(layer -> sizes.put(layer.digest(), layer.sizeBytes()));
        long total = e.layers().stream().mapToLong(PullEvent.Layer::sizeBytes).sum();
        say(e.layers().size() + " layers, " + Units.size(total) + ", " + e.digest());
      }
      case PullEvent.Downloading _ -> {
        // a line for each step would be hundreds
      }
      case PullEvent.Downloaded e -> {
        String size = Units.size(sizes.getOrDefault(e.digest(), 0L));
        String how = e.cached() ? "already there" : "downloaded";
        say(ImageNames.shortId(e.digest()) + ": " + how + ", " + size);
      }
      case PullEvent.Unpacking _ -> {
        if (!unpacking) {
          unpacking = true;
          say("unpacking");
        }
      }
      case PullEvent.Done _ -> say("done");
    }
  }

  private void say(String line) {
    err.println(OneLine.of(line));
  }

  @Override
  public void close() {
    err.flush();
  }
}
