package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The terminal on this process's standard input, by way of stty(1): a few milliseconds, where a
 * terminal library takes a hundred and more, and its settings are all that a raw stream needs.
 */
final class LocalTerminal {
  private static final long STTY_SECONDS = 5;

  private LocalTerminal() {}

  /** Its size; empty if standard input is no terminal or does not know its size. */
  static Optional<TerminalSize> size() {
    return stty("size").map(text -> text.split(" ")).flatMap(LocalTerminal::parseSize);
  }

  /** Columns for what is drawn on standard error; 80 if nobody knows. */
  static int columns(CliContext context) {
    Optional<TerminalSize> size = context.io().inIsTerminal() ? size() : Optional.empty();
    return size.map(TerminalSize::columns).orElse(80);
  }

  /**
   * Hands every key to the reader as it is: no echo, no line editing, no signals from keys, no
   * change of line ends. Closing the result restores what was before, and so does the end of the
   * process, whatever ends it short of SIGKILL.
   */
  static RawMode raw() {
    String before =
        stty("-g")
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCodes.RUN_FAILED, "cannot read the settings of the terminal", ""));
    RawMode mode = new RawMode(before);
    Runtime.getRuntime().addShutdownHook(mode.restorer);
    stty("raw", "-echo", "-iexten");
    return mode;
  }

  /** A terminal in raw mode. */
  static final class RawMode implements AutoCloseable {
    private final String before;
    private final AtomicBoolean restored = new AtomicBoolean();
    private final Thread restorer = new Thread(this::restore, "terminal-restore");

    private RawMode(String before) {
      this.before = before;
    }

    private void restore() {
      if (restored.compareAndSet(false, true)) {
        stty(before);
      }
    }

    @Override
    public void close() {
      restore();
      try {
        Runtime.getRuntime().removeShutdownHook(restorer);
      } catch (IllegalStateException e) {
        // the hooks are running already, this one among them
      }
    }
  }

  private static Optional<TerminalSize> parseSize(String[] rowsAndColumns) {
    if (rowsAndColumns.length != 2) {
      return Optional.empty();
    }
    try {
      int rows = Integer.parseInt(rowsAndColumns[0]);
      int columns = Integer.parseInt(rowsAndColumns[1]);
      return rows > 0 && columns > 0
          ? Optional.of(new TerminalSize(columns, rows))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What stty prints for these arguments; empty if it fails. */
  private static Optional<String> stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    boolean interrupted = Thread.interrupted(); // restoring must work in a cancelled thread too
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      interrupted = true;
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
