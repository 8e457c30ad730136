package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.Locale;

/** Signals of Linux by name; the numbers of x86-64 and aarch64 (signal(7)). */
public final class LinuxSignal {
  public static final int TERM = 15;
  public static final int KILL = 9;

  private static final int RTMIN = 34;
  private static final int RTMAX = 64;

  /** By number, from 1. */
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private LinuxSignal() {}

  /**
   * The number of a signal given as {@code TERM}, {@code SIGTERM}, {@code 15} or {@code
   * SIGRTMIN+3}.
   *
   * @return 1–64
   * @throws EngineException INVALID
   */
  public static int number(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    name = name.startsWith("SIG") ? name.substring(3) : name;
    int number =
        name.startsWith("RTMIN")
            ? RTMIN + offset(name.substring(5))
            : name.startsWith("RTMAX")
                ? RTMAX + offset(name.substring(5))
                : NAMES.contains(name) ? NAMES.indexOf(name) + 1 : offset(name);
    if (number < 1 || number > RTMAX) {
      throw new EngineException(Kind.INVALID, "there is no signal " + text);
    }
    return number;
  }

  private static int offset(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return Integer.MIN_VALUE / 2;
    }
  }
}
