package dev.containertui;

import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;

/**
 * A layer of an image.
 *
 * @param number from 1, the base
 * @param digest of the layer as it is transferred, {@code sha256:…}
 * @param sizeBytes as it is transferred
 * @param mediaType its format
 * @param createdBy the step of the image's history that made it; empty if that is not told
 */
public record Layer(int number, String digest, long sizeBytes, String mediaType, String createdBy)
    implements Value, Listed {
  private static final RowView<Layer> ROWS =
      new RowView<>(
          Layer.class,
          List.of(
              Column.right("LAYER"),
              Column.left("DIGEST"),
              Column.right("SIZE"),
              Column.left("CREATED BY")),
          l ->
              List.of(
                  Cell.of(Integer.toString(l.number)),
                  new Cell(Humanize.shortDigest(l.digest), Tone.NAME),
                  Cell.of(Humanize.bytes(l.sizeBytes)),
                  Cell.dim(l.createdBy)));

  @Override
  public View view() {
    return ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
