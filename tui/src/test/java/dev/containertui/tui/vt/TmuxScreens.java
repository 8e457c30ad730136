package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One tmux that shows many streams, each on a screen that was reset. */
final class TmuxScreens implements AutoCloseable {
  private final Path directory;
  private final Path socket;

  TmuxScreens(Path directory, int columns, int rows) throws Exception {
    this.directory = directory;
    socket = directory.resolve("screens");
    Path config = Files.writeString(directory.resolve("config"), "set -g status off\n");
    // For each name that it reads, the stream of that name, and then a file that says so.
    Path script =
        Files.writeString(
            directory.resolve("show"),
            """
            stty raw -echo
            cd '%s'
            i=0
            while [ ! -e stop ]; do
              if [ -e stream.$i ]; then
                printf '\\033c\\033[?1049l\\033c'
                cat stream.$i
                touch shown.$i
                i=$((i+1))
              else
                sleep 0.02
              fi
            done
            """
                .formatted(directory));
    run(
        List.of(
            "tmux",
            "-u",
            "-f",
            config.toString(),
            "-S",
            socket.toString(),
            "new-session",
            "-d",
            "-x",
            "" + columns,
            "-y",
            "" + rows,
            "sh " + script));
  }

  /** What each stream looks like, with the sequences that make it so. */
  List<String> captures(List<String> streams) throws Exception {
    List<String> captures = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      Path temporary = Files.writeString(directory.resolve("next"), streams.get(i));
      Files.move(temporary, directory.resolve("stream." + i));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(directory.resolve("shown." + i))) {
        assertTrue(System.nanoTime() < deadline, "tmux did not take stream " + i);
        Thread.sleep(5);
      }
      captures.add(settled());
    }
    return captures;
  }

  private String settled() throws Exception {
    String screen = Tmux.settled(socket.toString(), "-e", "-N");
    return screen.endsWith("\n") ? screen.substring(0, screen.length() - 1) : screen;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor() == 0, () -> command + ": " + output);
    return output;
  }

  @Override
  public void close() throws IOException {
    try {
      run(List.of("tmux", "-S", socket.toString(), "kill-server"));
      Files.createFile(directory.resolve("stop"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
