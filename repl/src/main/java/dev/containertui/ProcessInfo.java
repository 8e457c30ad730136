package dev.containertui;

import dev.containertui.agent.GuestProcess;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table.Column;
import dev.containertui.view.View;
import java.time.Duration;
import java.util.List;

/**
 * A process that runs in a container.
 *
 * @param pid in the container; its main process is 1
 * @param user numeric user id
 * @param state the kernel's letter: {@code R} runs, {@code S} sleeps, {@code Z} is a zombie, …
 * @param memoryBytes resident memory
 * @param command command line
 */
public record ProcessInfo(
    int pid,
    int parentPid,
    int user,
    String state,
    Duration cpuTime,
    long memoryBytes,
    String command)
    implements Value, Listed {
  private static final RowView<ProcessInfo> ROWS =
      new RowView<>(
          ProcessInfo.class,
          List.of(
              Column.right("PID"),
              Column.right("PPID"),
              Column.right("UID"),
              Column.left("S"),
              Column.right("CPU"),
              Column.right("MEMORY"),
              Column.left("COMMAND")),
          p ->
              List.of(
                  Cell.of(Integer.toString(p.pid)),
                  Cell.of(Integer.toString(p.parentPid)),
                  Cell.of(Integer.toString(p.user)),
                  Cell.of(p.state),
                  Cell.of(Humanize.duration(p.cpuTime)),
                  Cell.of(Humanize.bytes(p.memoryBytes)),
                  Cell.of(p.command)));

  static ProcessInfo of(GuestProcess process) {
    return new ProcessInfo(
        process.pid(),
        process.parentPid(),
        process.user(),
        Character.toString(process.state()),
        Stats.micros(process.cpuMicros()),
        process.residentBytes(),
        process.command());
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
