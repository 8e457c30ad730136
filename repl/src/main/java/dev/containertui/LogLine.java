package dev.containertui;

import dev.containertui.view.Cell;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.SafeText;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;

/**
 * A line that a container's main process has written.
 *
 * @param at when its first byte came
 * @param stream {@code "out"}, standard output or the terminal, or {@code "err"}
 * @param text without its line end; a line of more than 64 KiB comes in pieces
 */
public record LogLine(java.time.Instant at, String stream, String text) implements Value, Listed {
  private static final RowView<LogLine> ROWS =
      new RowView<>(
          LogLine.class,
          List.of(Column.left("TIME"), Column.left("STREAM"), Column.left("TEXT")),
          line ->
              List.of(
                  Cell.dim(line.at.toString()),
                  Cell.dim(line.stream),
                  new Cell(line.text, line.tone())));

  private Tone tone() {
    return stream.equals("err") ? Tone.WARN : Tone.PLAIN;
  }

  @Override
  public View view() {
    return View.text(tone(), SafeText.line(text));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
