package dev.containertui.repl.slash;

import java.util.List;
import java.util.Locale;

/** What the user can change while the console runs. */
public enum Setting {
  EVENTS(
      "on", List.of("on", "off"), "lines about containers and images that change, as it happens"),
  SUGGEST("on", List.of("on", "off"), "the rest of an earlier line in grey; Right takes it"),
  HINTS("on", List.of("on", "off"), "the parameters of a method in grey, behind its bracket"),
  LINES("100", List.of(), "most lines of a value that are shown, 0 for all; /more shows the rest"),
  COLOUR(
      "auto", List.of("auto", "on", "off"), "colours and grey text; auto asks NO_COLOR and TERM"),
  DEBUG("off", List.of("on", "off"), "stack traces with every failure"),
  DETACH_KEYS("ctrl-p,ctrl-q", List.of(), "the keys that come back from /attach and /sh"),
  EDITOR("", List.of(), "the program for /edit; if empty, what $VISUAL or $EDITOR names");

  private final String standard;
  private final List<String> choices;
  private final String meaning;

  Setting(String standard, List<String> choices, String meaning) {
    this.standard = standard;
    this.choices = choices;
    this.meaning = meaning;
  }

  /** As it is written: {@code detach-keys}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its value until it is set. */
  public String standard() {
    return standard;
  }

  /** All values there are; empty if it is a number or a text. */
  public List<String> choices() {
    return choices;
  }

  public String meaning() {
    return meaning;
  }
}
