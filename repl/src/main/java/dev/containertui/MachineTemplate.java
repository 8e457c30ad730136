package dev.containertui;

import dev.containertui.template.Template;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A booted machine on disk, for containers to start from.
 *
 * @param key its name, 16 digits
 * @param image digest of the image that it is for; empty: any
 * @param kernelRelease as {@code uname -r} prints it
 * @param accelerator {@code kvm} or {@code tcg}
 * @param memoryBytes of the machine
 * @param diskBytes that it takes on this host
 * @param usedAt when a machine was last started from it
 */
public record MachineTemplate(
    String key,
    Optional<String> image,
    String kernelRelease,
    String accelerator,
    int cpus,
    long memoryBytes,
    long diskBytes,
    Instant createdAt,
    Instant usedAt)
    implements Value, Listed {
  private static final RowView<MachineTemplate> ROWS =
      new RowView<>(
          MachineTemplate.class,
          List.of(
              Column.left("TEMPLATE"),
              Column.left("IMAGE"),
              Column.left("KERNEL"),
              Column.left("ACCEL"),
              Column.right("CPUS"),
              Column.right("MEMORY"),
              Column.right("DISK"),
              Column.left("CREATED"),
              Column.left("USED")),
          t ->
              List.of(
                  new Cell(t.key, Tone.NAME),
                  Cell.of(t.image.map(Humanize::shortDigest).orElse("any")),
                  Cell.of(t.kernelRelease),
                  Cell.of(t.accelerator),
                  Cell.of(Integer.toString(t.cpus)),
                  Cell.of((t.memoryBytes >> 20) + " MiB"),
                  Cell.of(Humanize.bytes(t.diskBytes)),
                  Cell.dim(Humanize.ago(t.createdAt, Instant.now())),
                  Cell.dim(Humanize.ago(t.usedAt, Instant.now()))));

  static MachineTemplate of(Template template) {
    return new MachineTemplate(
        template.key(),
        template.image(),
        template.kernelRelease(),
        template.accelerator(),
        template.vcpus(),
        template.memoryBytes(),
        template.diskBytes(),
        template.createdAt(),
        template.usedAt());
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
