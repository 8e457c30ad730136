package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.terminal.DetachKeys;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of one console; thread-safe. */
public final class Settings {
  private static final int MOST_LINES = 1_000_000;

  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  /** The value, as it was set or as it is from the start. */
  public synchronized String get(Setting setting) {
    return values.getOrDefault(setting, setting.standard());
  }

  public boolean isOn(Setting setting) {
    return get(setting).equals("on");
  }

  /** A setting that is a number. */
  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  /** The setting of that name. */
  public static Setting named(String key) {
    return Stream.of(Setting.values())
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.INVALID,
                    "no such setting: " + key,
                    "there are "
                        + Stream.of(Setting.values())
                            .map(Setting::key)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Sets it.
   *
   * @throws EngineException INVALID if that is no value for it
   */
  public void set(Setting setting, String value) {
    if (!setting.choices().isEmpty() && !setting.choices().contains(value)) {
      throw new EngineException(
          Kind.INVALID,
          setting.key() + " cannot be " + value,
          "it is " + String.join(" or ", setting.choices()));
    }
    switch (setting) {
      case LINES -> requireLines(value);
      case DETACH_KEYS -> DetachKeys.parse(value);
      default -> {}
    }
    synchronized (this) {
      values.put(setting, value);
    }
  }

  private static void requireLines(String value) {
    try {
      int lines = Integer.parseInt(value);
      if (lines >= 0 && lines <= MOST_LINES) {
        return;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new EngineException(
        Kind.INVALID, "lines cannot be " + value, "it is a number from 0 to " + MOST_LINES);
  }
}
