package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What tmux, an independent emulator, makes of a stream of bytes. */
final class Tmux {
  private Tmux() {}

  /** The text on its screen, without spaces at the ends of rows. */
  static String screen(Path directory, byte[] stream, int columns, int rows) throws Exception {
    return stripped(capture(directory, stream, columns, rows));
  }

  /**
   * Its screen with the sequences that make it look as it does.
   *
   * @param options of {@code capture-pane}
   */
  static String capture(Path directory, byte[] stream, int columns, int rows, String... options)
      throws Exception {
    Path work = Files.createTempDirectory(directory, "tmux");
    Path file = Files.write(work.resolve("stream"), stream);
    Path done = work.resolve("done");
    Path config = Files.writeString(work.resolve("config"), "set -g status off\n");
    String socket = work.resolve("socket").toString();
    String command = "stty raw -echo; cat '" + file + "'; touch '" + done + "'; sleep 600";
    List<String> start =
        List.of(
            "tmux",
            "-u",
            "-f",
            config.toString(),
            "-S",
            socket,
            "new-session",
            "-d",
            "-x",
            "" + columns,
            "-y",
            "" + rows,
            command);
    run(start);
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(done)) {
        assertTrue(System.nanoTime() < deadline, "tmux did not take the stream");
        Thread.sleep(20);
      }
      return settled(socket, options);
    } finally {
      run(List.of("tmux", "-S", socket, "kill-server"));
    }
  }

  /** tmux reads the pty in its own time: the same answer thrice is the last. */
  static String settled(String socket, String... options) throws Exception {
    List<String> capture =
        new ArrayList<>(List.of("tmux", "-u", "-S", socket, "capture-pane", "-p"));
    capture.addAll(Arrays.asList(options));
    String last = "";
    int same = 0;
    while (same < 2) {
      Thread.sleep(10);
      String now = run(capture);
      same = now.equals(last) ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  static String stripped(String screen) {
    StringBuilder text = new StringBuilder();
    screen.lines().forEach(line -> text.append(line.stripTrailing()).append('\n'));
    return text.toString().stripTrailing();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> command + ": " + output);
    return output;
  }
}
