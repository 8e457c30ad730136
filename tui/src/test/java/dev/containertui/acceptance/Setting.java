package dev.containertui.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state directory of the program's own, below a temporary directory, with the kernel of the test
 * cache.
 *
 * @param embedded whether the program has its engine in its own process
 */
record Setting(Path home, boolean embedded) {
  static final Path ON_PTY = Host.CHECKOUT.resolve("tui/src/test/resources/acceptance/on-pty.py");

  Setting(Path home) {
    this(home, true);
  }

  /** The same directory, with an engine in a process of its own. */
  Setting supervised() {
    return new Setting(home, false);
  }

  /** A state directory without anything in it. */
  static Setting empty(Path home) throws IOException {
    Files.createDirectories(home);
    return new Setting(home);
  }

  /** A state directory with a kernel, fetched once for all tests. */
  static Setting withKernel(Path home) throws IOException, InterruptedException {
    Path cached = Host.CACHE.resolve("program-home");
    Setting source = new Setting(cached);
    if (!Files.exists(cached.resolve("complete"))) {
      Host.deleteTree(cached);
      Files.createDirectories(cached);
      source.run("kernel", "install").expect(0);
      source.run("doctor");
      Files.createFile(cached.resolve("complete"));
    }
    Host.tool("cp", "-a", "--reflink=auto", cached.toString(), home.toString());
    return new Setting(home);
  }

  Map<String, String> environment() {
    return Map.of(
        "CONTAINER_TUI_HOME",
        home.toString(),
        "CONTAINER_TUI_NO_BUILD",
        "1",
        "CONTAINER_TUI_EMBEDDED",
        embedded ? "1" : "0",
        "TERM",
        "xterm");
  }

  Host.Result run(String... arguments) throws IOException, InterruptedException {
    return Host.run(Host.program(arguments), new byte[0], environment());
  }

  Host.Result run(byte[] stdin, String... arguments) throws IOException, InterruptedException {
    return Host.run(Host.program(arguments), stdin, environment());
  }

  Process start(String... arguments) throws IOException {
    return Host.start(Host.program(arguments), environment());
  }

  /** Plays a scenario (see {@code on-pty.py}) with the program on a terminal of 100x30. */
  Host.Result onTerminal(List<String> steps, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", ON_PTY.toString(), "120", "100x30"));
    command.addAll(steps);
    command.add("--");
    command.addAll(Host.program(arguments));
    return Host.run(command, new byte[0], environment());
  }

  /**
   * Processes of the host whose command line names this state directory: what the program left
   * behind.
   */
  List<String> leftovers() throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    List<String> found = processes();
    while (!found.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(100);
      found = processes();
    }
    return found;
  }

  /** The same at this moment, in which some of them may be about to end. */
  List<String> processes() {
    return ProcessHandle.allProcesses()
        .map(process -> process.pid() + " " + commandLine(process))
        .filter(line -> line.contains(home.toString()))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException | java.io.UncheckedIOException e) {
      return "";
    }
  }
}
