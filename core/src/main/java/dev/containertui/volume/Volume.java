package dev.containertui.volume;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A volume: a disk with an ext4 file system, which one running machine at a time may write to.
 *
 * @param name {@link VolumeName}
 * @param labels free key/value pairs
 * @param options as they were given, {@code size}
 * @param sizeBytes of the file system; what it takes of the host's disk is another figure
 * @param disk image of the disk
 */
public record Volume(
    String name,
    Instant createdAt,
    Map<String, String> labels,
    Map<String, String> options,
    long sizeBytes,
    Path disk) {
  /** Docker's mark of volumes that nobody gave a name. */
  public static final String ANONYMOUS_LABEL = "com.docker.volume.anonymous";

  /** The only driver. */
  public static final String DRIVER = "local";

  public Volume {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Whether it was made for one container, without a name of a user's. */
  public boolean anonymous() {
    return labels.containsKey(ANONYMOUS_LABEL);
  }
}
