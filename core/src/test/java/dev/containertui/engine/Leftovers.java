package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is still there after all has ended: processes that know a directory, and sockets and
 * half-made templates in it.
 */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Leftovers() {}

  static void assertNone(EngineConfig config) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<String> found = of(config);
    while (!found.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(100);
      found = of(config);
    }
    assertEquals(List.of(), found);
  }

  private static List<String> of(EngineConfig config) throws IOException {
    Path data = config.directories().data();
    Path runtime = config.directories().runtime();
    List<String> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .map(process -> process.pid() + " " + commandLine(process))
        .filter(line -> line.contains(data.toString()) || line.contains(runtime.toString()))
        .forEach(found::add);
    list(runtime).forEach(found::add);
    list(config.directories().templates())
        .filter(path -> path.contains("/.making-"))
        .forEach(found::add);
    return found;
  }

  private static Stream<String> list(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).toList().stream();
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  /** Runs {@code e2fsck -fn} on every disk of an engine; there must be {@code count}. */
  static void assertDisksClean(EngineConfig config, int count) throws Exception {
    List<Path> disks;
    try (Stream<Path> files = Files.walk(config.directories().data())) {
      disks = files.filter(file -> file.toString().endsWith(".ext4")).toList();
    }
    assertEquals(count, disks.size(), disks::toString);
    for (Path disk : disks) {
      Process check =
          new ProcessBuilder("e2fsck", "-fn", disk.toString()).redirectErrorStream(true).start();
      String said = new String(check.getInputStream().readAllBytes());
      assertEquals(0, check.waitFor(), disk + ": " + said);
    }
  }
}
