package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A console over an engine in memory, started from an interactive shell on a terminal of its own.
 *
 * <p>What is on the screen is compared with texts in {@code src/test/resources/console}; after a
 * wanted change, run the tests with {@code -Dgolden.update=true} and review the difference.
 */
final class ConsoleFixture implements AutoCloseable {
  private static final Path FOLDER = Path.of("src/test/resources/console");
  private static final Duration DRAWING = Duration.ofSeconds(30);

  private final Path folder;
  private final Tmux terminal;

  /**
   * @param folder for the session's files: history, startup file
   */
  ConsoleFixture(Path folder, int columns, int rows, Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    Path start = folder.resolve("start");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        start,
        """
        stty -a > %1$s/before
        sh -c 'echo $$ > %1$s/pid; exec %2$s -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
          -cp %3$s dev.containertui.repl.MemoryConsole %1$s/state'
        echo "CODE=$?"
        stty -a > %1$s/after
        echo OVER
        """
            .formatted(
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Map<String, String> variables = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "PS1", "$ "));
    variables.putAll(environment);
    terminal = new Tmux(columns, rows, variables);
  }

  /** Starts the console and waits for its prompt. */
  Tmux start() {
    return terminal.type("clear; . " + folder.resolve("start")).press("Enter").await("^java>");
  }

  /** Waits for an empty prompt; what is typed earlier goes to whatever runs. */
  ConsoleFixture prompt() {
    terminal.await("java>\\z");
    return this;
  }

  /** Leaves nothing on the screen but the prompt. */
  ConsoleFixture clear() {
    prompt();
    terminal.press("C-l").await("\\Ajava>\\z");
    return this;
  }

  Tmux terminal() {
    return terminal;
  }

  /** Types a line at the prompt. */
  Tmux line(String text) {
    prompt();
    return terminal.type(text).press("Enter");
  }

  /** Leaves with Ctrl-D. */
  void leave() {
    prompt();
    terminal.press("C-d").await("CODE=0");
  }

  /** A file of the session. */
  Path file(String name) {
    return folder.resolve("state").resolve(name);
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  /** Waits for the end of the console and looks whether the terminal is as it was before. */
  void assertTerminalRestored() throws IOException {
    terminal.await("OVER");
    assertEquals(
        Files.readString(folder.resolve("before")), Files.readString(folder.resolve("after")));
  }

  /** Compares what is on the screen from the first prompt on with a kept text. */
  void assertScreen(String name) {
    check(name, terminal::screen);
  }

  /** The same with its colours. */
  void assertColouredScreen(String name) {
    check(name, terminal::colouredScreen);
  }

  /** Of a screen that is still being drawn: what it comes to is compared. */
  private static void check(String name, Supplier<String> screen) {
    Path file = FOLDER.resolve(name + ".txt");
    Instant deadline = Instant.now().plus(DRAWING);
    String text = normalised(screen.get());
    String before = "";
    try {
      while (Instant.now().isBefore(deadline) && !isKept(file, text)) {
        if (Boolean.getBoolean("golden.update") && text.equals(before)) {
          break;
        }
        before = text;
        Thread.sleep(500);
        text = normalised(screen.get());
      }
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertEquals(Files.readString(file), text, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isKept(Path file, String text) throws IOException {
    return Files.exists(file) && Files.readString(file).equals(text);
  }

  /** Ages and times differ from run to run; escapes become visible. */
  private static String normalised(String screen) {
    StringBuilder text = new StringBuilder();
    screen
        .lines()
        .map(line -> line.replace("\u001b", "␛").stripTrailing())
        .map(line -> line.replaceAll("│ (now|\\d+ seconds? ago) +│", "│ AGE │"))
        .map(line -> line.replaceAll("\\d+(\\.\\d+)? (µs|ms|s)\\b", "TIME"))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    terminal.close();
    try {
      Optional<ProcessHandle> process = ProcessHandle.of(pid());
      if (process.isPresent()) {
        process.get().onExit().get(60, TimeUnit.SECONDS); // it still writes its history
      }
    } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException("the console does not end", e);
    }
  }
}
