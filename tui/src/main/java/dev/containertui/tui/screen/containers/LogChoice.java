package dev.containertui.tui.screen.containers;

import dev.containertui.container.LogQuery;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of a log is wanted.
 *
 * @param tail so many last lines; empty: all, or all since
 * @param since so far back
 */
record LogChoice(boolean out, boolean err, OptionalLong tail, Optional<Duration> since) {
  static final LogChoice LAST_THOUSAND =
      new LogChoice(true, true, OptionalLong.of(1000), Optional.empty());

  /** Both outputs, then only the first, then only the second. */
  LogChoice nextOutputs() {
    if (out && err) {
      return new LogChoice(true, false, tail, since);
    }
    return out ? new LogChoice(false, true, tail, since) : new LogChoice(true, true, tail, since);
  }

  /** How far back, as {@link #from} reads it. */
  String reach() {
    return since
        .map(
            d ->
                d.toSeconds() % 3600 == 0
                    ? d.toHours() + "h"
                    : d.toSeconds() % 60 == 0 ? d.toMinutes() + "m" : d.toSeconds() + "s")
        .orElse(tail.isPresent() ? Long.toString(tail.getAsLong()) : "all");
  }

  /** The same in words. */
  String words() {
    return since.isPresent()
        ? "last " + reach()
        : tail.isPresent() ? "last " + reach() + " lines" : "all lines";
  }

  String outputs() {
    return out && err ? "" : out ? "stdout only" : "stderr only";
  }

  /**
   * The same from another place on.
   *
   * @param text a number of lines, a time as {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or
   *     {@code all}
   * @throws EngineException INVALID
   */
  LogChoice from(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("all")) {
      return new LogChoice(out, err, OptionalLong.empty(), Optional.empty());
    } else if (word.matches("[0-9]{1,6}")) {
      return new LogChoice(out, err, OptionalLong.of(Long.parseLong(word)), Optional.empty());
    } else if (word.matches("[0-9]{1,6}[smhd]")) {
      long count = Long.parseLong(word.substring(0, word.length() - 1));
      Duration back =
          switch (word.charAt(word.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return new LogChoice(out, err, OptionalLong.empty(), Optional.of(back));
    }
    throw new EngineException(
        Kind.INVALID,
        "\"" + text + "\" is no part of a log",
        "write 500 (lines), 30s, 5m, 2h, 1d, or all");
  }

  LogQuery query(Instant now) {
    return new LogQuery(out, err, true, since.map(now::minus), Optional.empty(), tail);
  }
}
