package dev.containertui.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SmallPagesTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The kernel's line about huge pages in a process's status. */
  private static String hugePages(String status) {
    return status.lines().filter(line -> line.startsWith("THP_enabled")).findFirst().orElseThrow();
  }

  private static String hugePagesHere() throws IOException {
    return hugePages(Files.readString(STATUS));
  }

  private static String hugePagesThere(Process process) throws IOException {
    return hugePages(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
  }

  private static ProcessBuilder program() {
    // One program becomes another, as setsid becomes QEMU.
    return new ProcessBuilder("env", "cat", STATUS.toString());
  }

  @Test
  void aProgramHasNoHugePagesAndThisProcessKeepsThem() throws IOException {
    String before = hugePagesHere();
    assertEquals("THP_enabled:\t0", hugePagesThere(SmallPages.start(program())));
    assertEquals(before, hugePagesHere());
    assertEquals(before, hugePagesThere(program().start()));
  }

  @Test
  void startsAtTheSameTimeAreAsOne() throws Exception {
    String before = hugePagesHere();
    List<Callable<String>> starts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      starts.add(() -> hugePagesThere(SmallPages.start(program())));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> one : threads.invokeAll(starts)) {
        assertEquals("THP_enabled:\t0", one.get());
      }
    }
    assertEquals(before, hugePagesHere());
  }
}
