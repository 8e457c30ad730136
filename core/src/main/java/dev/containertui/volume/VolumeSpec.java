package dev.containertui.volume;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmgt]?)(i?b)?");

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
   * @throws EngineException INVALID for another driver, other options, a size out of range, or
   *     labels without bound
   */
  long checkedSize() {
    name.ifPresent(VolumeName::checked);
    if (!driver.isEmpty() && !driver.equals(Volume.DRIVER)) {
      throw new EngineException(
          Kind.NOT_FOUND, "there is no volume driver " + brief(driver), "use local");
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
            "volumes have no option " + brief(option),
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
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new EngineException(
          Kind.INVALID, "not a size of a volume: " + brief(text), "write for example 10g");
    }
    int shift = matcher.group(2).isEmpty() ? 0 : 10 * ("kmgt".indexOf(matcher.group(2)) + 1);
    long number = Long.parseLong(matcher.group(1));
    long bytes = number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
    return VolumeDisk.checkedSize(bytes);
  }

  private static String brief(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
    return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
  }
}
