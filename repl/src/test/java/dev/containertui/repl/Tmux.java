package dev.containertui.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A terminal with a shell in it, whose keys can be pressed and whose screen can be read. */
final class Tmux implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final String socket = "repl-" + UUID.randomUUID();

  Tmux(int columns, int rows, Map<String, String> environment) {
    List<String> command =
        new ArrayList<>(
            List.of("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows));
    environment.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
    command.add("/bin/sh");
    tmux(command.toArray(String[]::new));
  }

  /** Types text as it is. */
  Tmux type(String text) {
    // tmux takes a last semicolon for its own
    tmux(
        "send-keys",
        "-l",
        text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text);
    return this;
  }

  /** Presses keys by tmux's names: {@code Enter}, {@code C-c}, {@code Tab}. */
  Tmux press(String... keys) {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    tmux(command.toArray(String[]::new));
    return this;
  }

  void resize(int columns, int rows) {
    tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
  }

  /** The screen, trailing spaces cut off. */
  String screen() {
    return tmux("capture-pane", "-p").stripTrailing();
  }

  /** The same with its colours, as escape sequences. */
  String colouredScreen() {
    return tmux("capture-pane", "-p", "-e").stripTrailing();
  }

  /** Pastes text as a terminal does that was asked to mark what is pasted. */
  Tmux paste(String text) {
    tmux("set-buffer", text);
    tmux("paste-buffer", "-p");
    return this;
  }

  /** Waits until the screen matches a regular expression (over several lines, dots too). */
  Tmux await(String regex) {
    Instant deadline = Instant.now().plus(LIMIT);
    String screen = screen();
    while (!java.util.regex.Pattern.compile(regex, java.util.regex.Pattern.MULTILINE)
        .matcher(screen)
        .find()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("never saw " + regex + " but:\n" + screen);
      }
      pause();
      screen = screen();
    }
    return this;
  }

  /**
   * Presses a key twice, and on until the screen matches: two signals that come too soon after each
   * other are one. After the second press there is much time, for one press more would be too many.
   */
  Tmux pressUntil(String key, String regex) {
    Instant deadline = Instant.now().plus(LIMIT);
    for (int presses = 1; Instant.now().isBefore(deadline); presses++) {
      press(key);
      for (int i = 0; i < (presses == 1 ? 20 : 400); i++) {
        if (java.util.regex.Pattern.compile(regex, java.util.regex.Pattern.MULTILINE)
            .matcher(screen())
            .find()) {
          return this;
        }
        pause();
      }
    }
    throw new AssertionError("never saw " + regex + " but:\n" + screen());
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String tmux(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tmux("kill-server");
  }
}
