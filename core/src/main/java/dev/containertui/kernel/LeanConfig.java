package dev.containertui.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration asks for, to be compared with what Kconfig made of it: Kconfig drops a
 * symbol that it does not know, or that lacks a dependency, without a word.
 *
 * <pre>
 *   CONFIG_PVH=y
 *   CONFIG_ACPI=n
 *   # optional: CONFIG_NAME  (why it may be dropped)
 * </pre>
 */
final class LeanConfig {
  private static final Pattern VALUE = Pattern.compile("(CONFIG_[A-Za-z0-9_]+)=(.*)");
  private static final Pattern OPTIONAL = Pattern.compile("# optional: (CONFIG_[A-Za-z0-9_]+).*");
  private static final String OFF = "n";

  private final Map<String, String> wanted;

  private LeanConfig(Map<String, String> wanted) {
    this.wanted = wanted;
  }

  /** Reads the text that is given to Kconfig. */
  static LeanConfig parse(String text) {
    Map<String, String> wanted = values(text);
    Set<String> optional = new HashSet<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = OPTIONAL.matcher(line.strip());
      if (matcher.matches()) {
        optional.add(matcher.group(1));
      }
    }
    wanted.keySet().removeAll(optional);
    return new LeanConfig(wanted);
  }

  /**
   * What was asked for and not given, as {@code CONFIG_NAME=y}, sorted.
   *
   * @param resolved the content of {@code .config}
   */
  List<String> refused(String resolved) {
    Map<String, String> given = values(resolved);
    var refused = new ArrayList<String>();
    wanted.forEach(
        (name, value) -> {
          if (!given.getOrDefault(name, OFF).equals(value)) {
            refused.add(name + "=" + value);
          }
        });
    refused.sort(null);
    return refused;
  }

  private static Map<String, String> values(String text) {
    var values = new HashMap<String, String>();
    for (String line : text.lines().toList()) {
      Matcher matcher = VALUE.matcher(line.strip());
      if (matcher.matches()) {
        values.put(matcher.group(1), matcher.group(2));
      }
    }
    return values;
  }
}
