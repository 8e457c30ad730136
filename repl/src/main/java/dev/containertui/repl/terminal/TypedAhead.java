package dev.containertui.repl.terminal;

import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;

/**
 * What is typed while something comes to its end after Ctrl-C: the editor shows it at its prompt,
 * so the terminal does not before. What reads from the terminal as it runs has its echo.
 */
public final class TypedAhead {
  private final Terminal terminal;
  private Attributes before;

  public TypedAhead(Terminal terminal) {
    this.terminal = terminal;
  }

  /** From now on the terminal does not show what is typed; if it does not already, nothing. */
  public synchronized void hide() {
    Attributes now = terminal.getAttributes();
    if (before == null && now.getLocalFlag(LocalFlag.ECHO)) {
      before = new Attributes(now);
      now.setLocalFlag(LocalFlag.ECHO, false);
      terminal.setAttributes(now);
    }
  }

  /** The terminal is as it was. */
  public synchronized void restore() {
    if (before != null) {
      terminal.setAttributes(before);
      before = null;
    }
  }
}
