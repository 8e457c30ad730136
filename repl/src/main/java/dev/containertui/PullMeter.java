package dev.containertui;

import dev.containertui.image.PullEvent;
import dev.containertui.view.Humanize;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sums up the events of one pull in a line. */
final class PullMeter implements Consumer<PullEvent> {
  private final String reference;
  private final Progress progress;
  private final Map<String, Long> doneBytes = new HashMap<>();
  private long totalBytes;
  private int layers;
  private int complete;

  PullMeter(String reference, Progress progress) {
    this.reference = reference;
    this.progress = progress;
  }

  @Override
  public void accept(PullEvent event) {
    switch (event) {
      case PullEvent.Resolving _ -> progress.status("pull " + reference + ": asking the registry");
      case PullEvent.Resolved resolved -> {
        layers = resolved.layers().size();
        totalBytes = resolved.layers().stream().mapToLong(PullEvent.Layer::sizeBytes).sum();
        show();
      }
      case PullEvent.Downloading part -> {
        doneBytes.put(part.digest(), part.doneBytes());
        show();
      }
      case PullEvent.Downloaded _ -> {
        complete++;
        show();
      }
      case PullEvent.Unpacking part ->
          progress.status(
              "pull %s: unpacking %s of %s"
                  .formatted(
                      reference,
                      Humanize.bytes(part.doneBytes()),
                      Humanize.bytes(part.totalBytes())));
      case PullEvent.Done _ -> progress.done();
    }
  }

  private void show() {
    long done = doneBytes.values().stream().mapToLong(Long::longValue).sum();
    progress.status(
        "pull %s: %d of %d layers, %s of %s"
            .formatted(
                reference, complete, layers, Humanize.bytes(done), Humanize.bytes(totalBytes)));
  }
}
