package dev.containertui.image;

import java.util.List;

/**
 * What happens during a pull. Events of one blob come in order; events of different blobs
 * interleave.
 */
public sealed interface PullEvent {
  /** The registry was asked what {@code reference} is. */
  record Resolving(String reference) implements PullEvent {}

  /**
   * The manifest is known; these layers are needed, base first.
   *
   * @param digest of the chosen platform's manifest
   */
  record Resolved(String reference, String digest, List<Layer> layers) implements PullEvent {
    public Resolved {
      layers = List.copyOf(layers);
    }
  }

  /** A layer of the image, compressed size in bytes. */
  record Layer(String digest, long sizeBytes) {}

  /**
   * {@code doneBytes} of {@code totalBytes} of a layer have arrived. At most ten a second for each
   * layer.
   */
  record Downloading(String digest, long doneBytes, long totalBytes) implements PullEvent {}

  /** A layer is complete and verified; {@code cached} if it was in the store before. */
  record Downloaded(String digest, boolean cached) implements PullEvent {}

  /** The root file system is being written; compressed bytes of all layers. */
  record Unpacking(long doneBytes, long totalBytes) implements PullEvent {}

  /** The image is complete. */
  record Done(String reference, String digest) implements PullEvent {}
}
