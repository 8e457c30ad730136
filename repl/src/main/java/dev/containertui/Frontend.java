package dev.containertui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.view.Style;
import java.io.PrintStream;
import java.util.function.Function;

/** Where the words print, and whom they ask: a console, a script, or a plain program. */
public interface Frontend {
  /** Gets what {@code print} and {@code watch} show. */
  PrintStream out();

  /** What {@link #out()} can show. */
  Style style();

  /** A value as text for {@link #out()}: one or more lines, without a line end behind the last. */
  String render(Object value);

  /** A text that is printed, as it is; a front end for programs may quote it. */
  default String text(CharSequence text) {
    return text.toString();
  }

  /** Gets told how far long steps are. */
  Progress progress();

  /** Whether {@link #out()} is a terminal whose lines can be drawn anew. */
  boolean live();

  /**
   * Gives the terminal to a process, until that ends or the user takes it back.
   *
   * @param start starts the process on a terminal of this size
   * @return its exit code
   * @throws dev.containertui.error.EngineException INVALID if there is no terminal
   */
  int handOver(Function<TerminalSize, ContainerProcess> start);
}
