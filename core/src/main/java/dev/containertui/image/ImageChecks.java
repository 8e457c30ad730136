package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Printable;

/** What must be true of an image before it may enter the store, wherever it comes from. */
final class ImageChecks {
  private ImageChecks() {}

  /**
   * @throws EngineException INVALID
   */
  static void requireImage(Manifest manifest, String name) {
    String type = manifest.config().mediaType();
    if (!MediaTypes.isImageConfig(type)) {
      throw new EngineException(
          Kind.INVALID,
          name
              + " is not a container image but "
              + Printable.of(manifest.artifactType().orElse(type)),
          "only images can be pulled or loaded");
    }
    for (Descriptor layer : manifest.layers()) {
      if (!MediaTypes.isLayer(layer.mediaType())) {
        throw new EngineException(
            Kind.INVALID,
            name + " has a layer of an unknown kind: " + Printable.of(layer.mediaType()),
            "layers are tar archives, plain or compressed with gzip or zstd");
      }
    }
  }

  /**
   * @throws EngineException CORRUPT
   */
  static void requireLayers(int layers, ImageConfig config, String name) {
    if (config.diffIds().size() != layers) {
      throw corrupt(
          name,
          "has %d layers, but its configuration lists %d"
              .formatted(layers, config.diffIds().size()));
    }
  }

  static EngineException corrupt(String name, String how) {
    return new EngineException(
        Kind.CORRUPT, name + " " + how, "whoever made this image has to repair it");
  }
}
