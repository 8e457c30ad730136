package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.DiskUsage.VolumeUse;
import dev.containertui.error.DiskErrors;
import dev.containertui.host.AllocatedSpace;
import dev.containertui.image.ImageStore;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.StoredImage;
import dev.containertui.image.StoredLayer;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts what images, containers, kernels and templates take of the disk. */
final class DiskCounter {
  /** Of a container's directory: its output. All else there is the container itself. */
  private static final String LOG = "log";

  private final ImageStore store;
  private final StateDirectories directories;
  private final List<Container> containers;
  private final VolumeStore volumes;

  DiskCounter(
      ImageStore store,
      StateDirectories directories,
      List<Container> containers,
      VolumeStore volumes) {
    this.volumes = volumes;
    this.store = store;
    this.directories = directories;
    this.containers = List.copyOf(containers);
  }

  DiskUsage count() {
    List<StoredImage> images = images();
    return new DiskUsage(
        layerBytes(images),
        bytesBelow(directories.rootfs()),
        bytesBelow(directories.templates()),
        bytesBelow(directories.kernels()),
        imageUses(images),
        containers.stream().map(this::containerUse).toList(),
        volumes.list().stream().map(this::volumeUse).toList());
  }

  /** Images that are there and whole; one may go while they are counted. */
  private List<StoredImage> images() {
    List<StoredImage> images = new ArrayList<>();
    for (ImageSummary summary : store.list()) {
      if (store.find(summary.digest()).isPresent()) {
        images.add(store.image(summary.digest(), Optional.empty()));
      }
    }
    return images;
  }

  private static long layerBytes(List<StoredImage> images) {
    return images.stream()
        .flatMap(image -> image.layers().stream())
        .map(StoredLayer::blob)
        .distinct()
        .mapToLong(DiskCounter::bytes)
        .sum();
  }

  private List<ImageUse> imageUses(List<StoredImage> images) {
    Map<Path, Integer> users = new HashMap<>();
    for (StoredImage image : images) {
      blobs(image).forEach((blob, size) -> users.merge(blob, 1, Integer::sum));
    }
    Map<String, Long> made =
        containers.stream()
            .collect(Collectors.groupingBy(Container::imageDigest, Collectors.counting()));
    List<ImageUse> uses = new ArrayList<>();
    for (StoredImage image : images) {
      long unique = 0;
      for (Map.Entry<Path, Long> blob : blobs(image).entrySet()) {
        unique += users.get(blob.getKey()) == 1 ? blob.getValue() : 0;
      }
      String digest = image.summary().digest();
      uses.add(
          new ImageUse(
              digest,
              image.summary().sizeBytes(),
              unique,
              Math.toIntExact(made.getOrDefault(digest, 0L))));
    }
    return uses;
  }

  /** Sizes of an image's layers, each once. */
  private static Map<Path, Long> blobs(StoredImage image) {
    Map<Path, Long> blobs = new HashMap<>();
    image.layers().forEach(layer -> blobs.put(layer.blob(), layer.descriptor().sizeBytes()));
    return blobs;
  }

  private ContainerUse containerUse(Container container) {
    Path directory = directories.containers().resolve(container.id());
    long logs = bytesBelow(directory.resolve(LOG));
    return new ContainerUse(container.id(), Math.max(0, bytesBelow(directory) - logs), logs);
  }

  private VolumeUse volumeUse(Volume volume) {
    return new VolumeUse(
        volume.name(),
        volumes.sizeOnDisk(volume),
        VolumeUsers.of(volume.name(), containers).size());
  }

  private static long bytesBelow(Path directory) {
    try {
      return AllocatedSpace.bytesBelow(directory);
    } catch (IOException e) {
      throw DiskErrors.of("cannot count what is on the disk", directory, e);
    }
  }

  /** What a file takes. */
  static long bytes(Path file) {
    try {
      return AllocatedSpace.bytes(file);
    } catch (IOException e) {
      throw DiskErrors.of("cannot count what is on the disk", file, e);
    }
  }
}
