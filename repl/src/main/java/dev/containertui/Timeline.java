package dev.containertui;

import dev.containertui.view.Cell;
import dev.containertui.view.Chart;
import dev.containertui.view.Humanize;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a container came up, step by step.
 *
 * @param container its name
 * @param start how its machine came up: {@code clone of template …} or {@code cold boot} and why;
 *     empty before its first start
 * @param total from the request to the last step's end; zero before its first start
 * @param steps in order
 */
public record Timeline(String container, String start, Duration total, List<Step> steps)
    implements Value, Viewable {
  /**
   * A step.
   *
   * @param name {@code image}, {@code rootfs}, {@code vmm}, {@code kernel}, {@code init}, {@code
   *     channel}, {@code mounts}, {@code process}, …
   * @param took from the end of the step before
   * @param at its end, since the start was asked for
   */
  public record Step(String name, Duration took, Duration at) implements Value {}

  public Timeline {
    steps = List.copyOf(steps);
  }

  static Timeline of(String container, BootTimeline timeline) {
    List<Step> steps = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (BootTimeline.Mark mark : timeline.marks()) {
      steps.add(new Step(mark.step(), mark.at().minus(before), mark.at()));
      before = mark.at();
    }
    return new Timeline(container, timeline.start(), before, steps);
  }

  @Override
  public View view() {
    if (steps.isEmpty()) {
      return View.text(container + " has not been started");
    }
    List<Chart.Bar> bars = new ArrayList<>();
    for (Step step : steps) {
      bars.add(
          new Chart.Bar(
              List.of(
                  new Cell(step.name, Tone.NAME),
                  Cell.of(Humanize.duration(step.took)),
                  Cell.of(Humanize.duration(step.at))),
              step.at.minus(step.took).toNanos(),
              step.at.toNanos()));
    }
    return View.stack(
        View.text(start),
        new Chart(
            List.of(Column.left("STEP"), Column.right("TOOK"), Column.right("DONE AT")), bars));
  }
}
