package dev.containertui;

import dev.containertui.engine.Engine;
import dev.containertui.view.Cell;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;
import java.util.Locale;

/**
 * Something that an examination of this host has found.
 *
 * @param level {@code "ok"}, {@code "note"} or {@code "problem"}
 * @param subject what was examined
 * @param detail what was found
 * @param hint what to do; empty if nothing
 */
public record Finding(String level, String subject, String detail, String hint)
    implements Value, Listed {
  private static final RowView<Finding> ROWS =
      new RowView<>(
          Finding.class,
          List.of(Column.left(""), Column.left("SUBJECT"), Column.left("FOUND"), Column.left("DO")),
          f ->
              List.of(
                  new Cell(f.level, f.tone()),
                  Cell.of(f.subject),
                  Cell.of(f.detail),
                  Cell.dim(f.hint)));

  static Finding of(Engine.Finding finding) {
    return new Finding(
        finding.level().name().toLowerCase(Locale.ROOT),
        finding.subject(),
        finding.detail(),
        finding.hint());
  }

  private Tone tone() {
    return switch (level) {
      case "ok" -> Tone.GOOD;
      case "note" -> Tone.WARN;
      default -> Tone.BAD;
    };
  }

  @Override
  public View view() {
    return ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
