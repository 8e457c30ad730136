package dev.containertui.vm.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This host's memory, from {@code /proc/meminfo} (proc(5)).
 *
 * @param availableBytes what programs can get without swapping
 */
public record HostMemory(long totalBytes, long availableBytes) {
  /** Reads the present state; all zero if the host does not tell. */
  public static HostMemory now() {
    try {
      String text = Files.readString(Path.of("/proc/meminfo"));
      return new HostMemory(bytes(text, "MemTotal"), bytes(text, "MemAvailable"));
    } catch (IOException e) {
      return new HostMemory(0, 0);
    }
  }

  private static long bytes(String text, String field) {
    Matcher matcher = Pattern.compile("(?m)^" + field + ":\\s+(\\d{1,15}) kB$").matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
  }
}
