package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A terminal as a person has it: a server of tmux with one window, and a shell in it. */
final class TmuxTerminal implements AutoCloseable {
  /** What the shell says when it waits; tmux cuts blanks off the ends of lines. */
  static final String PROMPT = "ready>";

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path socket;

  /**
   * @param directory of the server's socket; short
   */
  TmuxTerminal(Path directory, int columns, int rows, Map<String, String> environment)
      throws IOException, InterruptedException {
    // A server that has been told to end may still hold its socket.
    socket = directory.resolve("tmux" + COUNT.incrementAndGet());
    Path script = directory.resolve("shell");
    StringBuilder text = new StringBuilder();
    environment.forEach((k, v) -> text.append("export %s='%s'%n".formatted(k, v)));
    text.append("export TERM=tmux-256color PS1='%s '%nexec sh -i%n".formatted(PROMPT));
    Files.writeString(script, text);
    tmux(
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        "sh '" + script + "'");
    await(PROMPT);
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S"));
    command.add(socket.toString());
    command.addAll(List.of(arguments));
    return Host.run(command).expect(0).text();
  }

  String screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p");
  }

  /** Types text as it is. */
  void type(String text) throws IOException, InterruptedException {
    tmux("send-keys", "-l", text);
  }

  /** Presses keys by tmux's names: {@code Enter}, {@code C-]}, {@code Escape}. */
  void press(String... keys) throws IOException, InterruptedException {
    for (String key : keys) {
      tmux("send-keys", key);
    }
  }

  void resize(int columns, int rows) throws IOException, InterruptedException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** Alternate screen, cursor shown, mouse reported: 0 or 1 each. */
  String modes() throws IOException, InterruptedException {
    return tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").strip();
  }

  /** Waits until the screen has all of these texts. */
  void await(String... texts) throws IOException, InterruptedException {
    await(String.join(" and ", texts), s -> List.of(texts).stream().allMatch(s::contains));
  }

  void awaitGone(String text) throws IOException, InterruptedException {
    await("the end of " + text, s -> !s.contains(text));
  }

  void await(String what, Predicate<String> seen) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (String now = screen(); !seen.test(now); now = screen()) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + " in:\n" + now);
      }
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
