package dev.containertui.tui.app;

import java.util.List;

/**
 * A message to the user.
 *
 * @param hint what to do about it; may be empty
 * @param details all there is to know, for who asks
 */
public record Notice(Level level, String text, String hint, List<String> details) {
  public enum Level {
    NOTE,
    SUCCESS,
    ERROR
  }

  public Notice {
    details = List.copyOf(details);
  }
}
