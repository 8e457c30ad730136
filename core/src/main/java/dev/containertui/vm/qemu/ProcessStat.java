package dev.containertui.vm.qemu;

import dev.containertui.vm.VirtualMachine.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The figures of one process in {@code /proc/PID/stat} and {@code statm} (proc(5)).
 *
 * @param startTicks when it was started, in ticks since boot; tells a process from a later one with
 *     the same id
 * @param state one letter: {@code R}, {@code S}, {@code Z}, …
 */
record ProcessStat(long startTicks, char state, Usage usage) {
  /** USER_HZ, which is 100 on every Linux that this program runs on: 10 ms. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final long PAGE_BYTES = 4096;

  /** Empty if there is no such process. */
  static Optional<ProcessStat> of(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The second field is the program's name in brackets and may hold anything, also brackets.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      long cpuTicks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      // "size resident shared text …", in pages; shared is what is mapped from files.
      String[] pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
      var usage =
          new Usage(
              cpuTicks * MICROS_PER_TICK,
              Long.parseLong(fields[21].strip()) * PAGE_BYTES,
              Long.parseLong(pages[2]) * PAGE_BYTES);
      return Optional.of(new ProcessStat(Long.parseLong(fields[19]), fields[0].charAt(0), usage));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether it has ended and only its parent has not asked yet how. */
  boolean ended() {
    return state == 'Z' || state == 'X';
  }
}
