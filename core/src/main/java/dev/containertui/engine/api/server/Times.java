package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as clients write them. */
final class Times {
  private Times() {}

  /**
   * @param name of the parameter, for the message
   * @param text seconds since 1970 with a fraction, RFC 3339 (without a zone: UTC), or a duration
   *     before now
   * @throws Failure 400
   */
  static Instant parse(String name, String text) {
    if (text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
      int point = text.indexOf('.');
      String fraction = point < 0 ? "" : text.substring(point + 1);
      String seconds = point < 0 ? text : text.substring(0, point);
      return Instant.ofEpochSecond(
          Long.parseLong(seconds), Long.parseLong((fraction + "000000000").substring(0, 9)));
    }
    Optional<Duration> ago = GoDuration.parse(text);
    if (ago.isPresent()) {
      return Instant.now().minus(ago.get());
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new Failure(400, name + " is not a time: " + text);
    }
  }
}
