package dev.containertui.repl.terminal;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.CLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** Ctrl-Z: gives the terminal back to the shell as it was, and stops until the shell says go on. */
public final class Suspension {
  /** {@code SIGSTOP} of Linux and of macOS. */
  private static final int SIGSTOP = System.getProperty("os.name").startsWith("Mac") ? 17 : 19;

  private static final int WHOLE_GROUP = 0;

  /** The shell reads pasted text as it comes, unless it asks for the brackets itself. */
  private static final String BRACKETED_PASTE_OFF = "\u001b[?2004l";

  private final Terminal terminal;
  private final Attributes shells;

  /** To be made before the terminal is changed. */
  public Suspension(Terminal terminal) {
    this.terminal = terminal;
    this.shells = terminal.getAttributes();
  }

  /**
   * Stops this process group; returns when it goes on, with the terminal as it was at the call.
   *
   * @throws EngineException UNAVAILABLE if this system has no such thing
   */
  public void stop() {
    Attributes ours = terminal.getAttributes();
    CountDownLatch goOn = new CountDownLatch(1);
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.CONT, signal -> goOn.countDown());
    terminal.setAttributes(shells);
    boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    terminal.writer().write(dumb ? "\n" : BRACKETED_PASTE_OFF + "\n");
    terminal.flush();
    try {
      MethodHandle kill =
          CLibrary.function(
              "kill",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int failed = (int) kill.invokeExact(WHOLE_GROUP, SIGSTOP);
      if (failed != 0) {
        throw new EngineException(Kind.UNAVAILABLE, "this process cannot be stopped");
      }
      goOn.await(); // this thread may run on for a moment before the signal reaches it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EngineException e) {
      throw e;
    } catch (Throwable e) {
      throw new EngineException(Kind.UNAVAILABLE, "this process cannot be stopped: " + e, e);
    } finally {
      terminal.handle(Terminal.Signal.CONT, before);
      terminal.setAttributes(ours);
    }
  }
}
