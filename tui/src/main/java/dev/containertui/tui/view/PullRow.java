package dev.containertui.tui.view;

import java.util.List;

/**
 * A pull under way.
 *
 * @param phase what is being done, for example {@code resolving}
 */
public record PullRow(String reference, String phase, List<Layer> layers) {
  public PullRow {
    layers = List.copyOf(layers);
  }

  /** One bar: a layer's short digest, or another step's name. */
  public record Layer(String name, long doneBytes, long totalBytes, String state) {}
}
