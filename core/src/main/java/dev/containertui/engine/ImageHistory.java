package dev.containertui.engine;

import dev.containertui.engine.Images.HistoryStep;
import dev.containertui.image.StoredImage;
import dev.containertui.image.StoredLayer;
import dev.containertui.oci.ImageConfig.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How an image was made: its configuration's history, joined with its layers. */
final class ImageHistory {
  private ImageHistory() {}

  /**
   * Newest step first. The two lists may not fit each other: steps beyond the last layer have no
   * size, and layers that no step speaks of get one that says nothing.
   */
  static List<HistoryStep> of(StoredImage image) {
    List<Long> sizes = new ArrayList<>();
    for (StoredLayer layer : image.layers()) {
      sizes.add(layer.descriptor().sizeBytes());
    }
    List<HistoryStep> steps = new ArrayList<>();
    for (Step step : image.config().history()) {
      boolean layer = !step.emptyLayer() && !sizes.isEmpty();
      steps.add(step(step, layer ? sizes.removeFirst() : 0));
    }
    Step unknown = new Step(Optional.empty(), Optional.empty(), Optional.empty(), false);
    sizes.forEach(size -> steps.add(step(unknown, size)));
    Collections.reverse(steps);
    if (!steps.isEmpty()) {
      HistoryStep newest = steps.getFirst();
      steps.set(
          0,
          new HistoryStep(
              image.summary().id(),
              newest.created().or(() -> image.config().created()),
              newest.createdBy(),
              newest.sizeBytes(),
              newest.comment(),
              image.summary().references()));
    }
    return List.copyOf(steps);
  }

  private static HistoryStep step(Step step, long sizeBytes) {
    return new HistoryStep(
        "",
        step.created(),
        step.createdBy().orElse(""),
        sizeBytes,
        step.comment().orElse(""),
        List.of());
  }
}
