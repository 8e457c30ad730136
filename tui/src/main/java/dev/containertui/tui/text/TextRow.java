package dev.containertui.tui.text;

import dev.containertui.tui.vt.StyledLine;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of a long text.
 *
 * @param at when it was written, if that is known
 * @param error whether it came over standard error
 */
public record TextRow(StyledLine line, Optional<Instant> at, boolean error) {
  public static TextRow of(StyledLine line) {
    return new TextRow(line, Optional.empty(), false);
  }

  String text() {
    return line.text();
  }
}
