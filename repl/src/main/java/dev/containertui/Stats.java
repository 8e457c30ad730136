package dev.containertui;

import dev.containertui.container.ContainerStats;
import dev.containertui.view.Cell;
import dev.containertui.view.Chart;
import dev.containertui.view.Humanize;
import dev.containertui.view.Listed;
import dev.containertui.view.RowView;
import dev.containertui.view.Table;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One sample of what a container uses, from inside and, of its machine, from outside. Times and
 * traffic are counted from the start; differences of two samples are rates.
 *
 * @param container its name
 * @param cpuTime of its processes
 * @param memoryBytes of its processes, page cache included
 * @param memoryLimitBytes the most it may use
 * @param processes and threads
 * @param networkReceivedBytes that came in
 * @param networkSentBytes that went out
 * @param diskReadBytes read from its disks
 * @param diskWrittenBytes written to its disks
 * @param machineCpuTime of the machine's process on the host
 * @param machineMemoryBytes resident memory of that process
 */
public record Stats(
    Instant at,
    String container,
    Duration cpuTime,
    long memoryBytes,
    long memoryLimitBytes,
    long processes,
    long networkReceivedBytes,
    long networkSentBytes,
    long diskReadBytes,
    long diskWrittenBytes,
    Duration machineCpuTime,
    long machineMemoryBytes)
    implements Value, Listed {
  private static final RowView<Stats> ROWS =
      new RowView<>(
          Stats.class,
          List.of(
              Column.left("CONTAINER"),
              Column.right("CPU TIME"),
              Column.right("MEMORY"),
              Column.right("LIMIT"),
              Column.right("PROCESSES"),
              Column.right("NET IN"),
              Column.right("NET OUT"),
              Column.right("READ"),
              Column.right("WRITTEN"),
              Column.right("MACHINE CPU"),
              Column.right("MACHINE MEMORY")),
          s ->
              List.of(
                  new Cell(s.container, Tone.NAME),
                  Cell.of(Humanize.duration(s.cpuTime)),
                  Cell.of(Humanize.bytes(s.memoryBytes)),
                  Cell.of(Humanize.bytes(s.memoryLimitBytes)),
                  Cell.of(Long.toString(s.processes)),
                  Cell.of(Humanize.bytes(s.networkReceivedBytes)),
                  Cell.of(Humanize.bytes(s.networkSentBytes)),
                  Cell.of(Humanize.bytes(s.diskReadBytes)),
                  Cell.of(Humanize.bytes(s.diskWrittenBytes)),
                  Cell.of(Humanize.duration(s.machineCpuTime)),
                  Cell.of(Humanize.bytes(s.machineMemoryBytes))));

  static Stats of(String container, ContainerStats sample) {
    return new Stats(
        sample.at(),
        container,
        micros(sample.guestCpuMicros()),
        sample.guestMemoryBytes(),
        sample.guestMemoryLimitBytes(),
        sample.processCount(),
        sample.networkReceivedBytes(),
        sample.networkSentBytes(),
        sample.blockReadBytes(),
        sample.blockWrittenBytes(),
        micros(sample.machineCpuMicros()),
        sample.machineResidentBytes());
  }

  static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }

  /**
   * How many CPUs its processes kept busy since an earlier sample: 1.0 is one whole CPU.
   *
   * <pre>{@code var before = c.stats(); Thread.sleep(1000); c.stats().cpusSince(before)}</pre>
   *
   * @throws dev.containertui.error.EngineException INVALID if that sample is not earlier
   */
  public double cpusSince(Stats earlier) {
    Args.required("cpusSince(earlier)", "sample", earlier);
    Duration between = Duration.between(earlier.at, at);
    if (between.isZero() || between.isNegative()) {
      throw Args.wrong("cpusSince(earlier)", earlier.at, "before " + at, "an earlier sample");
    }
    return (double) cpuTime.minus(earlier.cpuTime).toNanos() / between.toNanos();
  }

  @Override
  public View view() {
    View memory =
        new Chart(
            List.of(Column.left("MEMORY OF " + container), Column.right("")),
            List.of(
                Chart.Bar.of(
                    memoryBytes,
                    new Cell("used inside", Tone.TITLE),
                    Cell.of(Humanize.bytes(memoryBytes))),
                Chart.Bar.of(
                    memoryLimitBytes,
                    new Cell("limit", Tone.TITLE),
                    Cell.of(Humanize.bytes(memoryLimitBytes))),
                Chart.Bar.of(
                    machineMemoryBytes,
                    new Cell("its machine, on the host", Tone.TITLE),
                    Cell.of(Humanize.bytes(machineMemoryBytes)))));
    View rest =
        new Table(
            List.of(Column.left(""), Column.left("")),
            List.of(
                List.of(
                    new Cell("cpu time", Tone.TITLE),
                    Cell.of(
                        Humanize.duration(cpuTime)
                            + " inside, "
                            + Humanize.duration(machineCpuTime)
                            + " its machine")),
                List.of(new Cell("processes", Tone.TITLE), Cell.of(Long.toString(processes))),
                List.of(
                    new Cell("network", Tone.TITLE),
                    Cell.of(
                        Humanize.bytes(networkReceivedBytes)
                            + " in, "
                            + Humanize.bytes(networkSentBytes)
                            + " out")),
                List.of(
                    new Cell("disk", Tone.TITLE),
                    Cell.of(
                        Humanize.bytes(diskReadBytes)
                            + " read, "
                            + Humanize.bytes(diskWrittenBytes)
                            + " written"))));
    return View.stack(memory, rest);
  }

  @Override
  public RowView<?> rowView() {
    return ROWS;
  }
}
