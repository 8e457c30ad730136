package dev.containertui;

import dev.containertui.container.FileChange;
import dev.containertui.view.Cell;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;
import java.util.Locale;

/**
 * A difference between a container's files and its image's.
 *
 * @param kind {@code "added"}, {@code "modified"} or {@code "deleted"}
 * @param path absolute
 */
public record Change(String kind, String path) implements Value, Listed {
  private static final RowView<Change> ROWS =
      new RowView<>(
          Change.class,
          List.of(Column.left("CHANGE"), Column.left("PATH")),
          c -> List.of(new Cell(c.kind, c.tone()), Cell.of(c.path)));

  static Change of(FileChange change) {
    return new Change(change.kind().name().toLowerCase(Locale.ROOT), change.path());
  }

  private Tone tone() {
    return switch (kind) {
      case "added" -> Tone.GOOD;
      case "deleted" -> Tone.BAD;
      default -> Tone.WARN;
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
