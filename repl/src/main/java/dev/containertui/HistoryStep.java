package dev.containertui;

import dev.containertui.engine.Images;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step of how an image was made.
 *
 * @param createdBy the command or line of a Dockerfile
 * @param sizeBytes of its layer as it is transferred; 0 if it has none
 */
public record HistoryStep(
    Optional<Instant> created, String createdBy, long sizeBytes, String comment)
    implements Value, Listed {
  private static final RowView<HistoryStep> ROWS =
      new RowView<>(
          HistoryStep.class,
          List.of(Column.left("CREATED"), Column.right("SIZE"), Column.left("CREATED BY")),
          s ->
              List.of(
                  Cell.dim(s.created.map(c -> Humanize.ago(c, Instant.now())).orElse("-")),
                  Cell.of(Humanize.bytes(s.sizeBytes)),
                  Cell.of(s.comment.isEmpty() ? s.createdBy : s.createdBy + " # " + s.comment)));

  static HistoryStep of(Images.HistoryStep step) {
    return new HistoryStep(step.created(), step.createdBy(), step.sizeBytes(), step.comment());
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
