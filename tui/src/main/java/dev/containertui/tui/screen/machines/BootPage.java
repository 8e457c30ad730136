package dev.containertui.tui.screen.machines;

import dev.containertui.tui.draw.Units;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a machine's start as lines with bars. */
final class BootPage {
  private static final int BAR_WIDTH = 40;

  private BootPage() {}

  static List<String> lines(BootTimeline timeline) {
    List<String> lines = new ArrayList<>();
    lines.add(timeline.start().isEmpty() ? "How it came up is not known." : timeline.start());
    if (timeline.marks().isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add(line("step", "took", "done at", ""));
    double total = Math.max(1e-6, millis(timeline.marks().getLast().at()));
    double from = 0;
    for (BootTimeline.Mark mark : timeline.marks()) {
      double to = millis(mark.at());
      int before = (int) Math.round(from / total * BAR_WIDTH);
      String bar = Units.bar((to - from) / total, BAR_WIDTH).stripTrailing();
      lines.add(line(mark.step(), ms(to - from), ms(to), " ".repeat(before) + bar));
      from = to;
    }
    return lines;
  }

  private static String line(String step, String took, String at, String bar) {
    return String.format(Locale.ROOT, "%-10s %10s %10s  %s", step, took, at, bar).stripTrailing();
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
