package dev.containertui.image;

import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Platform;
import java.util.List;

/**
 * An image in a registry.
 *
 * @param reference full name that was asked for
 * @param descriptor of the manifest, or of the index if there are images for several platforms
 * @param platforms that there are images for, each once
 */
public record RemoteImage(String reference, Descriptor descriptor, List<Platform> platforms) {
  public RemoteImage {
    platforms = List.copyOf(platforms);
  }
}
