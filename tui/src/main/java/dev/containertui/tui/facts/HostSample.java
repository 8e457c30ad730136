package dev.containertui.tui.facts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Counters of this host at one moment, from {@code /proc} (proc(5)).
 *
 * @param busyTicks time that all processors have worked, in 1/100 s
 * @param memoryBytes all there is
 * @param availableBytes that could be given to processes without swapping
 * @param load1 processes that run or wait, on average over the last minute
 */
public record HostSample(
    Instant at,
    int cpus,
    long busyTicks,
    long memoryBytes,
    long availableBytes,
    double load1,
    double load5,
    double load15) {
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;

  /** The last two of ten are guests' time, which is in the first two already. */
  private static final int COUNTED = 8;

  /** Takes one; empty where there is no such {@code /proc}. */
  public static Optional<HostSample> take(Path proc, Instant at) {
    try {
      String[] times = Files.readAllLines(proc.resolve("stat")).getFirst().split(" +");
      long busy = 0;
      for (int i = 0; i < COUNTED && i + 1 < times.length; i++) {
        busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(times[i + 1]);
      }
      String[] load = Files.readString(proc.resolve("loadavg")).split(" ");
      return Optional.of(
          new HostSample(
              at,
              Runtime.getRuntime().availableProcessors(),
              busy,
              memory(proc, "MemTotal:"),
              memory(proc, "MemAvailable:"),
              Double.parseDouble(load[0]),
              Double.parseDouble(load[1]),
              Double.parseDouble(load[2])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static long memory(Path proc, String field) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
      if (line.startsWith(field)) {
        return 1024 * Long.parseLong(line.substring(field.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("no " + field);
  }

  public long usedBytes() {
    return Math.max(0, memoryBytes - availableBytes);
  }
}
