package dev.containertui.engine;

import java.util.List;

/**
 * What takes how much of the disk, in bytes as they are allocated: holes do not count.
 *
 * @param layersBytes all layers of all images, each counted once
 * @param rootfsBytes the file systems made of images
 * @param templatesBytes kept machines
 * @param kernelsBytes guest kernels
 */
public record DiskUsage(
    long layersBytes,
    long rootfsBytes,
    long templatesBytes,
    long kernelsBytes,
    List<ImageUse> images,
    List<ContainerUse> containers,
    List<VolumeUse> volumes) {
  public DiskUsage {
    images = List.copyOf(images);
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
  }

  /** Without volumes. */
  public DiskUsage(
      long layersBytes,
      long rootfsBytes,
      long templatesBytes,
      long kernelsBytes,
      List<ImageUse> images,
      List<ContainerUse> containers) {
    this(layersBytes, rootfsBytes, templatesBytes, kernelsBytes, images, containers, List.of());
  }

  /**
   * A volume.
   *
   * @param containers that have it, running or not
   */
  public record VolumeUse(String name, long diskBytes, int containers) {}

  /**
   * An image.
   *
   * @param uniqueBytes of layers that no other image has
   * @param containers that were made of it
   */
  public record ImageUse(String digest, long sizeBytes, long uniqueBytes, int containers) {}

  /** A container: what it has written, and its logs. */
  public record ContainerUse(String id, long diskBytes, long logBytes) {}
}
