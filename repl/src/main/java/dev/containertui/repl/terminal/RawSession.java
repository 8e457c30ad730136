package dev.containertui.repl.terminal;

import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;

/**
 * Joins a terminal to a process in a container: every key goes there, Ctrl-C too, and what it
 * writes comes here untouched, until it ends or the detach keys are pressed.
 */
public final class RawSession {
  private static final int POLL_MILLIS = 50;

  /** What the session is held with; see {@link dev.containertui.container.Attachment}. */
  public interface Peer {
    /** Hands all output to {@code to}; returns when the process has ended or was let go of. */
    void copyOutput(OutputStream to) throws IOException, InterruptedException;

    /** Where keys go. */
    OutputStream input();

    /** Tells the process the size of its terminal. */
    void resize(TerminalSize size);
  }

  private final Terminal terminal;
  private final DetachKeys keys;

  public RawSession(Terminal terminal, DetachKeys keys) {
    this.terminal = terminal;
    this.keys = keys;
  }

  /**
   * Runs it; the terminal is as it was before in every case. Closing the peer is the caller's.
   *
   * @param guestTerminal whether the process has a terminal, which ends lines as this one does
   * @return whether the process ended, not the user let go of it
   * @throws EngineException CANCELLED if the thread is interrupted; UNAVAILABLE if the terminal
   *     cannot be read
   */
  public boolean run(Peer peer, boolean guestTerminal) {
    AtomicBoolean ended = new AtomicBoolean();
    Attributes before = raw(guestTerminal);
    Terminal.SignalHandler resizeBefore =
        terminal.handle(Terminal.Signal.WINCH, signal -> peer.resize(size(terminal)));
    Thread output = Thread.startVirtualThread(() -> showOutput(peer, ended));
    try {
      peer.resize(size(terminal));
      sendKeys(peer.input(), ended);
      return ended.get();
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "the terminal cannot be read", e);
    } finally {
      output.interrupt();
      terminal.handle(Terminal.Signal.WINCH, resizeBefore);
      terminal.setAttributes(before);
    }
  }

  /** The size of a terminal; 80 by 24 if it does not know. */
  public static TerminalSize size(Terminal terminal) {
    Size size = terminal.getSize();
    return size.getColumns() < 1 || size.getRows() < 1
        ? new TerminalSize(80, 24)
        : new TerminalSize(Math.min(size.getColumns(), 65535), Math.min(size.getRows(), 65535));
  }

  /** JLine's raw mode keeps the keys that raise signals, and the translation of line ends. */
  private Attributes raw(boolean guestTerminal) {
    Attributes before = terminal.enterRawMode();
    Attributes raw = new Attributes(terminal.getAttributes());
    raw.setLocalFlags(EnumSet.of(Attributes.LocalFlag.ISIG), false);
    raw.setOutputFlags(EnumSet.of(Attributes.OutputFlag.OPOST), !guestTerminal);
    terminal.setAttributes(raw);
    return before;
  }

  private void showOutput(Peer peer, AtomicBoolean ended) {
    try {
      peer.copyOutput(terminal.output());
    } catch (IOException e) {
      // Either side has gone; what it has to say about that comes with the exit code.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.set(true);
    }
  }

  private void sendKeys(OutputStream to, AtomicBoolean ended)
      throws IOException, InterruptedException {
    NonBlockingInputStream from = (NonBlockingInputStream) terminal.input();
    DetachKeys.Scanner scanner = keys.scanner();
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    byte[] chunk = new byte[1024];
    while (!ended.get()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int n = from.readBuffered(chunk, 0, chunk.length, POLL_MILLIS);
      if (n == NonBlockingInputStream.EOF) {
        return;
      }
      passed.reset();
      if (n > 0 && scanner.scan(chunk, n, passed)) {
        return;
      }
      if (passed.size() > 0 && !send(to, passed.toByteArray())) {
        return;
      }
    }
  }

  private static boolean send(OutputStream to, byte[] bytes) {
    try {
      to.write(bytes);
      to.flush();
      return true;
    } catch (IOException e) {
      return false; // it has ended between the look and the write
    }
  }
}
