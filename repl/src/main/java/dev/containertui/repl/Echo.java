package dev.containertui.repl;

import dev.containertui.repl.jshell.Outcome;

/** How a snippet's value is shown together with the variable that was declared for it. */
final class Echo {
  private Echo() {}

  /**
   * @param rendered the value, one or more lines
   */
  static String text(Outcome.Done done, String rendered) {
    if (done.temporary() || done.variable().isEmpty()) {
      return rendered;
    }
    return done.variable().get() + (rendered.indexOf('\n') < 0 ? " = " : " =\n") + rendered;
  }
}
