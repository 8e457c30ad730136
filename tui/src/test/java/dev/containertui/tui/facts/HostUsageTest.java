package dev.containertui.tui.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostUsageTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir Path proc;

  private void write(String busy) throws IOException {
    Files.writeString(
        proc.resolve("stat"), "cpu  " + busy + " 0 100 9000 500 10 20 30 400 50\ncpu0 1 2 3\n");
    Files.writeString(proc.resolve("loadavg"), "0.52 1.58 3.59 1/345 12345\n");
    Files.writeString(
        proc.resolve("meminfo"),
        "MemTotal:       8000000 kB\nMemFree:  100 kB\nMemAvailable:    5000000 kB\n");
  }

  @Test
  void readsWhatTheKernelTells() throws IOException {
    write("1000");
    HostSample sample = HostSample.take(proc, NOW).orElseThrow();
    assertEquals(
        1000 + 100 + 10 + 20 + 30, sample.busyTicks(), "idle, I/O and guests are not work");
    assertEquals(3_000_000L * 1024, sample.usedBytes());
    assertEquals(0.52, sample.load1());
    assertEquals(3.59, sample.load15());
  }

  @Test
  void reckonsTheProcessorsShareOverTime() throws IOException {
    write("1000");
    Totals none = new Totals(0, 0, 0, 0, 0, 0);
    HostUsage usage = HostUsage.SLOT.initial().with(HostSample.take(proc, NOW).orElseThrow(), none);
    write("1300");
    usage = usage.with(HostSample.take(proc, NOW.plusSeconds(2)).orElseThrow(), none);
    assertEquals(150, usage.cpuPercent(), 1e-6);
  }

  @Test
  void noMoreIsUsedThanThereIs() throws IOException {
    write("1000");
    Totals none = new Totals(0, 0, 0, 0, 0, 0);
    HostUsage usage = HostUsage.SLOT.initial().with(HostSample.take(proc, NOW).orElseThrow(), none);
    write("999999");
    usage = usage.with(HostSample.take(proc, NOW.plusSeconds(1)).orElseThrow(), none);
    assertEquals(100.0 * Runtime.getRuntime().availableProcessors(), usage.cpuPercent());
  }

  @Test
  void anotherSystemHasNone() {
    assertEquals(Optional.empty(), HostSample.take(proc.resolve("none"), NOW));
  }
}
