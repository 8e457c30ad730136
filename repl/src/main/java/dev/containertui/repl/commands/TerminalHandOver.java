package dev.containertui.repl.commands;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.function.Function;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;

/**
 * Gives this process's terminal to a process in a container: every key goes there, Ctrl-C too, and
 * everything it writes comes here untouched. Ctrl-] takes the terminal back.
 */
final class TerminalHandOver {
  private static final int CTRL_BRACKET = 0x1d;
  private static final int POLL_MILLIS = 50;

  private final Terminal terminal;

  TerminalHandOver(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns the process's exit code; the terminal is as it was before in every case. */
  int run(Function<TerminalSize, ContainerProcess> start) {
    ContainerProcess process = start.apply(size());
    Attributes before = raw();
    Terminal.SignalHandler resizeBefore =
        terminal.handle(Terminal.Signal.WINCH, signal -> process.resize(size()));
    try {
      Thread output = Thread.startVirtualThread(() -> showOutput(process));
      sendKeys(process);
      int exitCode = process.waitFor();
      output.join();
      return exitCode;
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "the shell was cancelled");
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "the terminal cannot be read", e);
    } finally {
      process.destroyForcibly();
      terminal.handle(Terminal.Signal.WINCH, resizeBefore);
      terminal.setAttributes(before);
    }
  }

  private TerminalSize size() {
    Size size = terminal.getSize();
    return size.getColumns() < 1 || size.getRows() < 1
        ? new TerminalSize(80, 24)
        : new TerminalSize(Math.min(size.getColumns(), 65535), Math.min(size.getRows(), 65535));
  }

  /** JLine's raw mode keeps the keys that raise signals, and the translation of line ends. */
  private Attributes raw() {
    Attributes before = terminal.enterRawMode();
    Attributes raw = new Attributes(terminal.getAttributes());
    raw.setLocalFlags(EnumSet.of(Attributes.LocalFlag.ISIG), false);
    raw.setOutputFlags(EnumSet.of(Attributes.OutputFlag.OPOST), false);
    terminal.setAttributes(raw);
    return before;
  }

  private void sendKeys(ContainerProcess process) throws IOException, InterruptedException {
    InputStream keys = terminal.input();
    OutputStream stdin = process.getOutputStream();
    byte[] chunk = new byte[1024];
    while (process.isAlive()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int n = read(keys, chunk);
      if (n < 0) {
        return;
      }
      for (int i = 0; i < n; i++) {
        if (chunk[i] == CTRL_BRACKET) {
          process.destroyForcibly();
          return;
        }
      }
      if (n > 0 && !send(stdin, chunk, n)) {
        return;
      }
    }
  }

  /** Returns the number of keys read, 0 if none was typed for a while, -1 at the end of input. */
  private static int read(InputStream keys, byte[] chunk) throws IOException {
    if (!(keys instanceof NonBlockingInputStream patient)) {
      return keys.read(chunk);
    }
    int n = patient.readBuffered(chunk, 0, chunk.length, POLL_MILLIS);
    return n == NonBlockingInputStream.READ_EXPIRED ? 0 : n;
  }

  private static boolean send(OutputStream stdin, byte[] chunk, int length) {
    try {
      stdin.write(chunk, 0, length);
      stdin.flush();
      return true;
    } catch (IOException e) {
      // It has ended between the look and the write.
      return false;
    }
  }

  private void showOutput(ContainerProcess process) {
    byte[] chunk = new byte[32 * 1024];
    try {
      InputStream from = process.getInputStream();
      OutputStream to = terminal.output();
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // Either side has gone; the exit code tells the rest.
      return;
    }
  }
}
