package dev.containertui.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A person's terminal: a shell in which lines are typed, programs of it included, and read back.
 */
final class TypedTerminal implements AutoCloseable {
  static final String SHELL = "$";
  static final String CONSOLE = "java>";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final String socket = "guide-" + UUID.randomUUID();

  /** Wide enough that no line of a table is cut. */
  TypedTerminal(Path directory, Map<String, String> environment) throws Exception {
    Path settings = Files.writeString(directory.resolve(".tmux"), "set -g history-limit 100000\n");
    List<String> command =
        new ArrayList<>(
            List.of("-f", settings.toString(), "new-session", "-d", "-x", "180", "-y", "50"));
    command.addAll(List.of("-c", directory.toString()));
    environment.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
    // A root's shell takes no prompt from the environment, and the user's own, by which tmux starts
    // it, may change the path.
    Path profile =
        Files.writeString(
            directory.resolve(".profile"),
            "PS1='" + SHELL + " '\nPATH='" + environment.get("PATH") + "'\n");
    command.addAll(List.of("-e", "ENV=" + profile, "/bin/sh"));
    tmux(command);
    awaitPrompts(1);
  }

  /**
   * Types lines at a prompt and waits for the next one.
   *
   * @param prompt that has to be there
   * @return what appeared in between
   */
  List<String> type(String prompt, List<String> lines) throws Exception {
    List<String> before = contents();
    if (!before.getLast().equals(prompt)) {
      throw new AssertionError("the prompt is not " + prompt + " but " + before.getLast());
    }
    int prompts = prompts(before);
    for (String line : lines) {
      // tmux takes a last semicolon for its own
      String safe = line.endsWith(";") ? line.substring(0, line.length() - 1) + "\\;" : line;
      tmux(List.of("send-keys", "-l", safe));
      tmux(List.of("send-keys", "Enter"));
    }
    List<String> after = awaitPrompts(prompts + 1);
    int from = after.size() - 1;
    for (int passed = 0; passed < 1; ) {
      if (isPrompt(after.get(--from))) {
        passed++;
      }
    }
    return after.subList(from + lines.size(), after.size() - 1);
  }

  private List<String> awaitPrompts(int count) throws Exception {
    Instant deadline = Instant.now().plus(LIMIT);
    while (true) {
      List<String> lines = contents();
      String last = lines.isEmpty() ? "" : lines.getLast();
      if (prompts(lines) >= count && (last.equals(SHELL) || last.equals(CONSOLE))) {
        return lines;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("no prompt comes:\n" + String.join("\n", lines));
      }
      Thread.sleep(100);
    }
  }

  private static boolean isPrompt(String line) {
    return line.equals(SHELL)
        || line.startsWith(SHELL + " ")
        || line.equals(CONSOLE)
        || line.startsWith(CONSOLE + " ");
  }

  private static int prompts(List<String> lines) {
    return (int) lines.stream().filter(TypedTerminal::isPrompt).count();
  }

  /** All lines so far, without what is empty at the end. */
  private List<String> contents() throws Exception {
    return tmux(List.of("capture-pane", "-p", "-J", "-S", "-"))
        .stripTrailing()
        .lines()
        .map(String::stripTrailing)
        .toList();
  }

  private String tmux(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
    command.addAll(arguments);
    return Host.run(command).expect(0).text();
  }

  @Override
  public void close() throws IOException {
    try {
      tmux(List.of("kill-server"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
