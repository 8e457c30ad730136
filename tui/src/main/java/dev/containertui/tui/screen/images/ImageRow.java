package dev.containertui.tui.screen.images;

import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.image.ImageSummary;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.widget.Memo;
import dev.containertui.tui.widget.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param use empty until it was counted
 */
record ImageRow(ImageSummary image, Optional<ImageUse> use, Instant now) {
  /** By digest, as they were counted last. */
  static final Slot<Map<String, ImageUse>> USE = new Slot<>("images.use", Map.of());

  private static final Memo<List<ImageRow>> ROWS = new Memo<>();

  static List<ImageRow> all(State state) {
    Facts facts = Facts.of(state);
    Map<String, ImageUse> use = state.get(USE);
    return ROWS.of(
        () ->
            facts.images().stream()
                .map(i -> new ImageRow(i, Optional.ofNullable(use.get(i.digest())), facts.now()))
                .toList(),
        facts,
        use);
  }

  String key() {
    return image.digest();
  }

  /** What an image is called in commands: a name of its, else its id. */
  String reference() {
    return image.references().isEmpty() ? image.id() : image.references().getFirst();
  }

  String name() {
    return Names.shortReference(reference());
  }

  /** Names beyond the first. */
  int moreNames() {
    return Math.max(0, image.references().size() - 1);
  }

  Optional<Duration> age() {
    return image.created().map(c -> Duration.between(c, now));
  }

  int containers() {
    return use.map(ImageUse::containers).orElse(0);
  }
}
