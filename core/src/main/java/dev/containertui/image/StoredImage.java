package dev.containertui.image;

import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Manifest;
import java.util.List;

/**
 * An image in the store with everything that is needed to unpack and to run it.
 *
 * @param manifestDigest what the image's root file system is cached by
 * @param layers base first
 */
public record StoredImage(
    ImageSummary summary,
    Digest manifestDigest,
    Manifest manifest,
    ImageConfig config,
    List<StoredLayer> layers) {
  public StoredImage {
    layers = List.copyOf(layers);
  }
}
