package dev.containertui.repl.listing;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.repl.commands.ContainerHandle;
import dev.containertui.repl.render.Cell;
import dev.containertui.repl.render.Humanize;
import dev.containertui.repl.render.Style;
import dev.containertui.repl.render.Table;
import dev.containertui.repl.render.Table.Column;
import dev.containertui.repl.render.Tone;
import dev.containertui.template.Template;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The engine's own values as tables. */
final class Listings {
  private static final int BAR_CELLS = 24;

  private Listings() {}

  static Table images(List<ImageSummary> images, Instant now) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ImageSummary image : images) {
      List<String> names = image.references().isEmpty() ? List.of("<none>") : image.references();
      for (String name : names) {
        rows.add(
            List.of(
                new Cell(name, Tone.NAME),
                Cell.of(Humanize.shortDigest(image.id())),
                Cell.of(image.platform().toString()),
                Cell.of(Humanize.bytes(image.sizeBytes())),
                Cell.dim(image.created().map(c -> Humanize.ago(c, now)).orElse("-"))));
      }
    }
    return new Table(
        List.of(
            Column.left("IMAGE"),
            Column.left("ID"),
            Column.left("PLATFORM"),
            Column.right("SIZE"),
            Column.left("CREATED")),
        rows);
  }

  static Table containers(List<ContainerHandle> containers, Instant now) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ContainerHandle container : containers) {
      ContainerState state = container.state();
      rows.add(
          List.of(
              new Cell(container.name(), Tone.NAME),
              Cell.of(container.id()),
              Cell.of(container.spec().image()),
              state(state),
              Cell.of(container.address().orElse("-")),
              Cell.dim(Humanize.ago(state.at(), now))));
    }
    return new Table(
        List.of(
            Column.left("CONTAINER"),
            Column.left("ID"),
            Column.left("IMAGE"),
            Column.left("STATE"),
            Column.left("ADDRESS"),
            Column.left("SINCE")),
        rows);
  }

  private static Cell state(ContainerState state) {
    return switch (state) {
      case ContainerState.Running _ -> new Cell("running", Tone.GOOD);
      case ContainerState.Exited exited ->
          new Cell(
              "exited (" + exited.exitCode() + ")", exited.exitCode() == 0 ? Tone.DIM : Tone.WARN);
      case ContainerState.Failed failed -> new Cell("failed: " + failed.reason(), Tone.BAD);
      default -> new Cell(state.word(), Tone.WARN);
    };
  }

  static Table processes(List<GuestProcess> processes) {
    List<List<Cell>> rows = new ArrayList<>();
    for (GuestProcess process : processes) {
      rows.add(
          List.of(
              Cell.of(Integer.toString(process.pid())),
              Cell.of(Integer.toString(process.parentPid())),
              Cell.of(Integer.toString(process.user())),
              Cell.of(Character.toString(process.state())),
              Cell.of(micros(process.cpuMicros())),
              Cell.of(Humanize.bytes(process.residentBytes())),
              Cell.of(process.command())));
    }
    return new Table(
        List.of(
            Column.right("PID"),
            Column.right("PPID"),
            Column.right("UID"),
            Column.left("S"),
            Column.right("CPU"),
            Column.right("MEMORY"),
            Column.left("COMMAND")),
        rows);
  }

  static Table stats(ContainerStats stats) {
    String memory =
        Humanize.bytes(stats.guestMemoryBytes())
            + " of "
            + Humanize.bytes(stats.guestMemoryLimitBytes());
    String network =
        Humanize.bytes(stats.networkReceivedBytes())
            + " in, "
            + Humanize.bytes(stats.networkSentBytes())
            + " out";
    String disk =
        Humanize.bytes(stats.blockReadBytes())
            + " read, "
            + Humanize.bytes(stats.blockWrittenBytes())
            + " written";
    return new Table(
        List.of(Column.left(""), Column.left("CONTAINER"), Column.left("ITS MACHINE")),
        List.of(
            figures("cpu time", micros(stats.guestCpuMicros()), micros(stats.machineCpuMicros())),
            figures("memory", memory, Humanize.bytes(stats.machineResidentBytes())),
            figures("processes", Long.toString(stats.processCount()), ""),
            figures("network", network, ""),
            figures("disk", disk, "")));
  }

  private static List<Cell> figures(String what, String inside, String outside) {
    return List.of(new Cell(what, Tone.TITLE), Cell.of(inside), Cell.of(outside));
  }

  private static String micros(long micros) {
    return Humanize.duration(Duration.ofNanos(micros * 1000));
  }

  static Table timeline(BootTimeline timeline, Style style) {
    List<List<Cell>> rows = new ArrayList<>();
    Duration before = Duration.ZERO;
    double total =
        timeline.marks().isEmpty() ? 1 : Math.max(1, timeline.marks().getLast().at().toNanos());
    for (BootTimeline.Mark mark : timeline.marks()) {
      int from = (int) Math.round(before.toNanos() / total * BAR_CELLS);
      int to = (int) Math.round(mark.at().toNanos() / total * BAR_CELLS);
      String bar =
          " ".repeat(Math.clamp(from, 0, BAR_CELLS))
              + (style.unicode() ? "█" : "#").repeat(Math.clamp(to - from, 0, BAR_CELLS));
      rows.add(
          List.of(
              new Cell(mark.step(), Tone.NAME),
              Cell.of(Humanize.duration(mark.at().minus(before))),
              Cell.of(Humanize.duration(mark.at())),
              Cell.of(bar)));
      before = mark.at();
    }
    return new Table(
        List.of(
            Column.left("STEP"), Column.right("TOOK"), Column.right("DONE AT"), Column.left("")),
        rows);
  }

  static Table findings(List<Engine.Finding> findings) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Engine.Finding finding : findings) {
      Tone tone =
          switch (finding.level()) {
            case OK -> Tone.GOOD;
            case NOTE -> Tone.WARN;
            case PROBLEM -> Tone.BAD;
          };
      rows.add(
          List.of(
              new Cell(finding.level().name().toLowerCase(java.util.Locale.ROOT), tone),
              Cell.of(finding.subject()),
              Cell.of(finding.detail())));
      if (!finding.hint().isEmpty()) {
        rows.add(List.of(Cell.of(""), Cell.of(""), Cell.dim("-> " + finding.hint())));
      }
    }
    return new Table(List.of(Column.left(""), Column.left("SUBJECT"), Column.left("FOUND")), rows);
  }

  static Table kernels(List<InstalledKernel> kernels) {
    List<List<Cell>> rows = new ArrayList<>();
    for (InstalledKernel kernel : kernels) {
      rows.add(
          List.of(
              new Cell(kernel.name(), Tone.NAME),
              Cell.of(kernel.release()),
              Cell.of(kernel.source()),
              Cell.dim(rows.isEmpty() ? "default" : "")));
    }
    return new Table(
        List.of(
            Column.left("KERNEL"), Column.left("RELEASE"), Column.left("SOURCE"), Column.left("")),
        rows);
  }

  static Table templates(List<Template> templates, Instant now) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Template template : templates) {
      rows.add(
          List.of(
              new Cell(template.key(), Tone.NAME),
              Cell.of(template.image().map(Humanize::shortDigest).orElse("any")),
              Cell.of(template.kernelRelease()),
              Cell.of(template.accelerator()),
              Cell.of(Integer.toString(template.vcpus())),
              Cell.of((template.memoryBytes() >> 20) + " MiB"),
              Cell.of(Humanize.bytes(template.diskBytes())),
              Cell.dim(Humanize.ago(template.createdAt(), now)),
              Cell.dim(Humanize.ago(template.usedAt(), now))));
    }
    return new Table(
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
        rows);
  }
}
