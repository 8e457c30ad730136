package dev.containertui.volume;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A volume that is asked for.
 *
 * @param name empty: an anonymous one
 * @param driver {@code local}, which is the only one
 * @param labels free key/value pairs
 * @param options of the driver: {@code size}, a number of bytes with {@code k}, {@code m}, {@code
 *     g} or {@code t}
 */
public record VolumeSpec(
    Optional<String> name, String driver, Map<String, String> labels, Map<String, String> options) {
  /** What a volume can hold unless said otherwise; as a container's own disk. */
  public static final long DEFAULT_BYTES = 64L << 30;

  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_TEXT = 4096;
  private static final int SHOWN = 40;

  public VolumeSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** One with this name and nothing else said. */
  public static VolumeSpec named(String name) {
    return new VolumeSpec(Optional.of(name), Volume.DRIVER, Map.of(), Map.of());
  }

  /**
   * The size of its file system, in bytes.
   *
   * @throws EngineException INVALID for other options, a size out of range, or labels without
   *     bound; NOT_FOUND for another driver
   */
  long checkedSize() {
    name.ifPresent(VolumeName::checked);
    if (!driver.isEmpty() && !driver.equals(Volume.DRIVER)) {
      throw new EngineException(
          Kind.NOT_FOUND,
          "there is no volume driver " + ForeignText.brief(driver, SHOWN),
          "use local");
    }
    if (labels.size() > MAX_ENTRIES
        || labels.entrySet().stream()
            .anyMatch(e -> e.getKey().length() + e.getValue().length() > MAX_TEXT)) {
      throw new EngineException(Kind.INVALID, "too many or too long labels of a volume");
    }
    for (String option : options.keySet()) {
      if (!option.equals("size")) {
        throw new EngineException(
            Kind.INVALID,
            "volumes have no option " + ForeignText.brief(option, SHOWN),
            "the only one is size, for example --opt size=10g");
      }
    }
    return options.containsKey("size") ? size(options.get("size")) : DEFAULT_BYTES;
  }

  /**
   * {@code 10g}, {@code 512MiB}, {@code 1048576}: binary units.
   *
   * @throws EngineException INVALID
   */
  public static long size(String text) {
    return VolumeDisk.checkedSize(
        FileSystemSize.parse(text)
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.INVALID,
                        "not a size of a volume: " + ForeignText.brief(text, SHOWN),
                        "write for example 10g")));
  }
}
