package dev.containertui.demo;

import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A boot timeline as a table in milliseconds, each step a bar where it lies in time. */
final class BootChart {
  private BootChart() {}

  /**
   * How the machine came up, then the lines of the chart; none for an empty timeline. {@code
   * barWidth} is that of the whole.
   */
  static List<String> lines(BootTimeline timeline, int barWidth) {
    List<Mark> marks = timeline.marks();
    if (marks.isEmpty()) {
      return List.of();
    }
    int labelWidth = Math.max(4, marks.stream().mapToInt(m -> m.step().length()).max().orElse(4));
    double total = Math.max(1e-6, millis(marks.getLast().at()));
    List<String> lines = new ArrayList<>();
    if (!timeline.start().isEmpty()) {
      lines.add(timeline.start());
    }
    String row = "%-" + labelWidth + "s  %9s  %10s  %s";
    lines.add(String.format(Locale.ROOT, row, "step", "took", "done at", "").stripTrailing());
    double from = 0;
    for (Mark mark : marks) {
      double to = millis(mark.at());
      int start = (int) Math.round(from / total * barWidth);
      int end = Math.max((int) Math.round(to / total * barWidth), start);
      String bar = " ".repeat(start) + (end == start ? "▏" : "█".repeat(end - start));
      lines.add(String.format(Locale.ROOT, row, mark.step(), ms(to - from), ms(to), bar));
      from = to;
    }
    return lines;
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
