package dev.containertui;

import dev.containertui.image.PushEvent;
import dev.containertui.view.Humanize;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sums up the events of one push in a line. */
final class PushMeter implements Consumer<PushEvent> {
  private final String reference;
  private final Progress progress;
  private final Map<String, Long> sentBytes = new HashMap<>();
  private int present;

  PushMeter(String reference, Progress progress) {
    this.reference = reference;
    this.progress = progress;
  }

  @Override
  public synchronized void accept(PushEvent event) {
    switch (event) {
      case PushEvent.Present _ -> present++;
      case PushEvent.Progress part -> sentBytes.put(part.digest().toString(), part.sentBytes());
      case PushEvent.Sent part -> sentBytes.put(part.digest().toString(), part.sizeBytes());
    }
    long sent = sentBytes.values().stream().mapToLong(Long::longValue).sum();
    progress.status(
        "push %s: %s sent, %d blobs were there"
            .formatted(reference, Humanize.bytes(sent), present));
  }
}
