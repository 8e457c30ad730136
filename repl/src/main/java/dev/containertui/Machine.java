package dev.containertui;

import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.time.Duration;
import java.util.List;

/**
 * A virtual machine: what runs on the host for a container.
 *
 * @param container that it runs
 * @param containerId of it, 12 digits
 * @param pid of the machine's process on the host
 * @param state of the container: {@code running} or {@code paused}
 * @param cpuTime of the machine's process
 * @param residentBytes memory of the host that it holds now
 * @param guestBytes memory that the container uses inside
 * @param limitBytes the most that the container may use
 * @param start how it came up: {@code clone of template …} or {@code cold boot} and why
 * @param startup how long that took, until the container's main process ran
 */
public record Machine(
    String container,
    String containerId,
    long pid,
    String state,
    Duration cpuTime,
    long residentBytes,
    long guestBytes,
    long limitBytes,
    String start,
    Duration startup)
    implements Value, Listed {
  private static final RowView<Machine> ROWS =
      new RowView<>(
          Machine.class,
          List.of(
              Column.left("CONTAINER"),
              Column.right("HOST PID"),
              Column.left("STATE"),
              Column.right("CPU TIME"),
              Column.right("HOST MEMORY"),
              Column.right("USED INSIDE"),
              Column.right("LIMIT"),
              Column.right("STARTUP"),
              Column.left("CAME UP AS")),
          m ->
              List.of(
                  new Cell(m.container, Tone.NAME),
                  Cell.of(Long.toString(m.pid)),
                  Cell.of(m.state),
                  Cell.of(Humanize.duration(m.cpuTime)),
                  Cell.of(Humanize.bytes(m.residentBytes)),
                  Cell.of(Humanize.bytes(m.guestBytes)),
                  Cell.of(Humanize.bytes(m.limitBytes)),
                  Cell.of(Humanize.duration(m.startup)),
                  Cell.dim(m.start)));

  @Override
  public View view() {
    return ROWS.table(List.of(this));
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
