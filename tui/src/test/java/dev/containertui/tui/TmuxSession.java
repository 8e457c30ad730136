package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A terminal of tmux's with a shell with job control in it. */
final class TmuxSession implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Path socket;

  TmuxSession(Path directory, int columns, int rows) throws Exception {
    socket = directory.resolve("tmux");
    run("new-session", "-d", "-x", "" + columns, "-y", "" + rows, "bash --norc --noprofile -i");
    send("PS1='$ '", "Enter", "clear", "Enter");
    await("a clear screen", screen -> screen.strip().equals("$"));
  }

  /** Runs a command of tmux's and returns what it prints. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S"));
    command.add(socket.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** Types: names of keys as tmux knows them, and texts. */
  void send(String... keys) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("send-keys"));
    arguments.addAll(List.of(keys));
    run(arguments.toArray(String[]::new));
  }

  String screen() throws Exception {
    return run("capture-pane", "-p");
  }

  /** alternate screen, cursor shown, any mouse mode: 0 or 1 each. */
  String modes() throws Exception {
    return run("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").strip();
  }

  void await(String text) throws Exception {
    await(text, screen -> screen.contains(text));
  }

  /** Waits until the shell has the keyboard: before, a program might read what is meant for it. */
  void awaitPrompt() throws Exception {
    await("the prompt", screen -> ("\n" + screen.stripTrailing()).endsWith("\n$"));
  }

  /** Waits until the terminal is so; see {@link #modes}. */
  void awaitModes(String wanted) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!modes().equals(wanted) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    assertEquals(wanted, modes());
  }

  private void await(String what, Predicate<String> wanted) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    for (String now = screen(); !wanted.test(now); now = screen()) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + " in:\n" + now);
      }
      Thread.sleep(100);
    }
  }

  /** Starts the workbench over an engine in memory, as a job of the shell. */
  void startWorkbench(String mode) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script = socket.resolveSibling("workbench");
    Files.writeString(
        script,
        "exec %s -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s %s\n"
            .formatted(java, classPath, WorkbenchProgram.class.getName(), mode));
    send("sh " + script, "Enter");
  }

  @Override
  public void close() throws IOException {
    try {
      run("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
