package dev.containertui.tui.vt;

/**
 * Whom a terminal tells what a guest wants of the world outside. Called while bytes are fed; must
 * not block.
 */
@FunctionalInterface
public interface TerminalHost {
  /**
   * Takes an answer to a question of the guest, to be sent to it. Answers consist of fixed text and
   * of numbers: a guest cannot have text of its choice typed into itself.
   */
  void reply(String answer);

  /**
   * The guest wants {@code text} on the clipboard (OSC 52). It is the host's to allow that or not;
   * here nothing happens. What is on the clipboard is never told to a guest.
   *
   * @param text at most {@link OperatingSystemCommands#MAX_CLIPBOARD} characters, without controls
   *     but tabs and newlines
   */
  default void clipboard(String text) {}
}
