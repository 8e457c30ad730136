package dev.containertui;

import dev.containertui.kernel.InstalledKernel;
import dev.containertui.view.Cell;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.util.List;

/**
 * A guest kernel on this host.
 *
 * @param release as {@code uname -r} prints it in a container
 * @param source where it came from
 * @param isDefault whether containers boot it unless they say otherwise
 */
public record Kernel(String name, String release, String source, boolean isDefault)
    implements Value, Listed {
  private static final RowView<Kernel> ROWS =
      new RowView<>(
          Kernel.class,
          List.of(
              Column.left("KERNEL"),
              Column.left("RELEASE"),
              Column.left("SOURCE"),
              Column.left("")),
          k ->
              List.of(
                  new Cell(k.name, Tone.NAME),
                  Cell.of(k.release),
                  Cell.of(k.source),
                  Cell.dim(k.isDefault ? "default" : "")));

  static Kernel of(InstalledKernel kernel, boolean isDefault) {
    return new Kernel(kernel.name(), kernel.release(), kernel.source(), isDefault);
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
