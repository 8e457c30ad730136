package dev.containertui;

import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.PointsInTime;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortGrammar;
import dev.containertui.network.PortRequest;
import dev.containertui.oci.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Arguments as people write them. What is wrong is said with the method that it was given to. */
final class Args {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");
  private static final int MOST_SHOWN = 100;

  private Args() {}

  /** Refuses an argument: {@code memory(size): "lots" is not a size; write …}. */
  static EngineException wrong(String method, Object given, String what, String write) {
    return new EngineException(
        Kind.INVALID, method + ": " + shown(given) + " is not " + what + "; write " + write);
  }

  private static String shown(Object given) {
    if (!(given instanceof CharSequence)) {
      return String.valueOf(given);
    }
    String text = given.toString();
    return '"' + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text) + '"';
  }

  /** An argument that must be there. */
  static <T> T required(String method, String name, T given) {
    if (given == null || given instanceof CharSequence text && text.isEmpty()) {
      throw new EngineException(Kind.INVALID, method + ": no " + name + " is given");
    }
    return given;
  }

  /** An argument that must not be null, but may be empty. */
  static <T> T present(String method, String name, T given) {
    if (given == null) {
      throw new EngineException(Kind.INVALID, method + ": " + name + " is null");
    }
    return given;
  }

  /** A program and its arguments. */
  static List<String> command(String method, String... command) {
    if (command == null || command.length == 0) {
      throw new EngineException(
          Kind.INVALID,
          method + ": no command is given; write the program and its arguments",
          "each argument by itself, as in exec(\"ls\", \"-l\"), or a line for a shell: exec(\"sh\","
              + " \"-c\", \"ls | wc -l\")");
    }
    for (String part : command) {
      present(method, "an argument", part);
    }
    return List.of(command);
  }

  /** Bytes: {@code 4096}, {@code 512m}, {@code 2g}; units of 1024. */
  static long size(String method, String text) {
    Matcher matcher = SIZE.matcher(required(method, "size", text).strip().toLowerCase(Locale.ROOT));
    try {
      if (matcher.matches()) {
        int power = matcher.group(2).isEmpty() ? 0 : "kmgt".indexOf(matcher.group(2)) + 1;
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
      }
    } catch (ArithmeticException e) {
      // more than there are bytes in the world
    }
    throw wrong(method, text, "a size", "bytes, or 512m, 2g");
  }

  /** {@code 500ms}, {@code 10s}, {@code 1m30s}. */
  static Duration duration(String method, String text) {
    try {
      return positive(method, PointsInTime.duration(required(method, "duration", text)));
    } catch (EngineException e) {
      throw wrong(method, text, "a duration", "500ms, 10s or 1m30s");
    }
  }

  static Duration positive(String method, Duration duration) {
    if (required(method, "duration", duration).isNegative()) {
      throw wrong(method, duration, "a duration that can pass", "Duration.ofSeconds(10)");
    }
    return duration;
  }

  /** A time, or a duration back from now. */
  static Instant instant(String method, String text) {
    try {
      return PointsInTime.instant(
          required(method, "time", text), Instant.now(), ZoneId.systemDefault());
    } catch (EngineException e) {
      throw wrong(
          method, text, "a point in time", "10m (ago) or 2026-01-31T12:00:00Z, or give an Instant");
    }
  }

  static Pattern regex(String method, String text) {
    try {
      return Pattern.compile(required(method, "regular expression", text));
    } catch (PatternSyntaxException e) {
      throw new EngineException(
          Kind.INVALID,
          method + ": " + shown(text) + " is not a regular expression: " + e.getDescription(),
          "put a backslash before what is meant as it is, as in grep(\"a\\\\.b\")",
          e);
    }
  }

  static Platform platform(String method, String text) {
    try {
      return Platform.parse(required(method, "platform", text));
    } catch (EngineException e) {
      throw wrong(method, text, "a platform", "linux/amd64, linux/arm64 or linux/arm/v7");
    }
  }

  static RestartPolicy restart(String method, String text) {
    try {
      return RestartPolicy.parse(required(method, "policy", text));
    } catch (EngineException e) {
      throw wrong(
          method,
          text,
          "a restart policy",
          "no, on-failure, on-failure:3, always or unless-stopped");
    }
  }

  /** What {@code -p} of the command line takes. */
  static List<PortRequest> published(String method, String text) {
    try {
      return PortGrammar.published(required(method, "port", text));
    } catch (EngineException e) {
      throw new EngineException(e.kind(), method + ": " + e.getMessage(), e.hint(), e);
    }
  }

  /** {@code 80}, {@code 53/udp}. */
  static ContainerPort port(String method, String text) {
    try {
      return ContainerPort.parse(required(method, "port", text));
    } catch (EngineException e) {
      throw wrong(method, text, "a port", "1 to 65535, and /udp if it is one of UDP");
    }
  }

  static int range(String method, int given, int least, int most, String what) {
    if (given < least || given > most) {
      throw wrong(method, given, what, least + " to " + most);
    }
    return given;
  }
}
