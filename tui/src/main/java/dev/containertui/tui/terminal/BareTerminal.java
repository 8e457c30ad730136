package dev.containertui.tui.terminal;

import dev.containertui.agent.TerminalSize;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The controlling terminal with every key as bytes and every byte as it is: while the workbench is
 * suspended, for a program that is to have the terminal to itself.
 */
public final class BareTerminal implements AutoCloseable {
  private static final File TTY = new File("/dev/tty");

  /** Whatever a program may have left switched on; each is harmless if it was off. */
  private static final String RESET =
      "\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1004l\u001b[?1005l\u001b[?1006l\u001b[?1015l"
          + "\u001b[?2004l\u001b[?1049l\u001b[?1l\u001b>\u001b[?6l\u001b[?7h\u001b[4l\u001b[r"
          + "\u001b[<99u\u001b[>4;0m\u001b[?2026l\u001b[0 q"
          + "\u001b(B\u000f\u001b[0m\u001b[?25h";

  private final SavedTerminal saved;
  private final FileInputStream input;
  private final FileOutputStream output;

  private BareTerminal(SavedTerminal saved, FileInputStream input, FileOutputStream output) {
    this.saved = saved;
    this.input = input;
    this.output = output;
  }

  /**
   * Takes the terminal.
   *
   * @throws IOException if there is none
   */
  public static BareTerminal open() throws IOException {
    SavedTerminal saved = SavedTerminal.save();
    FileInputStream input = new FileInputStream(TTY);
    FileOutputStream output = new FileOutputStream(TTY);
    BareTerminal terminal = new BareTerminal(saved, input, output);
    try {
      SavedTerminal.stty("raw", "-echo");
      return terminal;
    } catch (IOException e) {
      terminal.close();
      throw e;
    }
  }

  /** Keys as bytes; a read blocks and cannot be interrupted. */
  public InputStream input() {
    return input;
  }

  public OutputStream output() {
    return output;
  }

  public void write(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
    output.flush();
  }

  /** Its size; empty if it does not know. */
  public Optional<TerminalSize> size() throws IOException {
    String[] rowsAndColumns = SavedTerminal.stty("size").split(" ");
    try {
      int rows = Integer.parseInt(rowsAndColumns[0]);
      int columns = Integer.parseInt(rowsAndColumns[1]);
      return rows > 0 && columns > 0
          ? Optional.of(new TerminalSize(columns, rows))
          : Optional.empty();
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    saved.restore(RESET);
    for (AutoCloseable stream : new AutoCloseable[] {input, output}) {
      try {
        stream.close();
      } catch (Exception e) {
        // only ever used together with what is gone
      }
    }
  }
}
