package dev.containertui.repl.terminal;

import dev.containertui.host.CLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * This process's own terminal by way of JLine, and as it was before when it is closed.
 *
 * <p>JLine's quick way to set a terminal, through the FFM API, loses its speed: 0 hangs up a real
 * line, and stays behind on a pseudo terminal, which does not care. So it is taken on pseudo
 * terminals only, and what it left behind is put right at the end; stty(1) serves the others.
 */
public final class SystemTerminal implements AutoCloseable {
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

  /** {@code struct termios} has 60 bytes in Linux, 72 in macOS. */
  private static final int TERMIOS_BYTES = 256;

  private static final int TCSADRAIN = 1;

  private final Terminal terminal;
  private final Optional<MemorySegment> saved;

  private SystemTerminal(Terminal terminal, Optional<MemorySegment> saved) {
    this.terminal = terminal;
    this.saved = saved;
  }

  /**
   * Opens it; a terminal without abilities if standard input and output are none.
   *
   * @throws IOException if it cannot be opened
   */
  public static SystemTerminal open() throws IOException {
    Optional<MemorySegment> saved = isPseudoTerminal() ? save() : Optional.empty();
    String type = System.getenv("TERM");
    if (type != null) {
      try {
        return new SystemTerminal(open(type, saved.isPresent() ? "ffm" : "exec"), saved);
      } catch (IOException | RuntimeException e) {
        // JLine itself knows further ways.
      }
    }
    return new SystemTerminal(TerminalBuilder.builder().system(true).build(), saved);
  }

  /**
   * JLine's builder would hand out one such terminal and no other while that is open, but the
   * workbench takes one for itself while the console waits for its end.
   */
  private static Terminal open(String type, String provider) throws IOException {
    TerminalProvider way = TerminalProvider.load(provider);
    if (!way.isSystemStream(SystemStream.Input) || !way.isSystemStream(SystemStream.Output)) {
      throw new IOException("standard input and output are no terminal");
    }
    TerminalBuilder encodings = TerminalBuilder.builder();
    return way.sysTerminal(
        "container-tui",
        type,
        false,
        encodings.computeEncoding(),
        encodings.computeStdinEncoding(),
        encodings.computeStdoutEncoding(),
        true,
        Terminal.SignalHandler.SIG_DFL,
        false,
        SystemStream.Output);
  }

  private static boolean isPseudoTerminal() {
    try {
      return Files.readSymbolicLink(STANDARD_INPUT).startsWith("/dev/pts");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // nobody knows
    }
  }

  public Terminal terminal() {
    return terminal;
  }

  private static Optional<MemorySegment> save() {
    MemorySegment termios = Arena.ofAuto().allocate(TERMIOS_BYTES);
    try {
      int failed =
          (int)
              function("tcgetattr", ValueLayout.JAVA_INT, ValueLayout.ADDRESS)
                  .invokeExact(0, termios);
      return failed == 0 ? Optional.of(termios) : Optional.empty();
    } catch (Throwable e) {
      return Optional.empty(); // then stty(1) has to do
    }
  }

  private static MethodHandle function(String name, MemoryLayout... parameters) {
    return CLibrary.function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  @Override
  public void close() throws IOException {
    terminal.close();
    if (saved.isPresent()) {
      try {
        int ignored =
            (int)
                function(
                        "tcsetattr",
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS)
                    .invokeExact(0, TCSADRAIN, saved.get());
      } catch (Throwable e) {
        throw new IOException("the terminal cannot be set back", e);
      }
    }
  }
}
