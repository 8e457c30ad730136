package dev.containertui.tui.terminal;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The settings of the controlling terminal as stty(1) knows them, to put back at the very end,
 * whatever others did to it, and even if their handles on it are closed.
 */
final class SavedTerminal {
  private static final File TTY = new File("/dev/tty");

  private final String settings;

  private SavedTerminal(String settings) {
    this.settings = settings;
  }

  static SavedTerminal save() throws IOException {
    return new SavedTerminal(stty("-g"));
  }

  /** Writes {@code sequences} and puts the settings back, as far as the terminal is still there. */
  void restore(String sequences) {
    try (FileOutputStream tty = new FileOutputStream(TTY)) {
      tty.write(sequences.getBytes(StandardCharsets.US_ASCII));
      stty(settings);
    } catch (IOException e) {
      // the terminal is gone: nothing to put back
    }
  }

  /** Runs stty(1) on the controlling terminal, whatever standard input is. */
  static String stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(TTY)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("stty does not work on /dev/tty");
      }
      return output;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
