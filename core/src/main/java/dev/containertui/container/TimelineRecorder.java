package dev.containertui.container;

import dev.containertui.agent.GuestHello;
import dev.containertui.agent.Stamp;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the steps of a start, the host's and the guest's, on the host's clock. */
final class TimelineRecorder {
  private final long startNanoTime = System.nanoTime();
  private final List<Mark> marks = new ArrayList<>();
  private String start = "";

  /** A step of the host that has just been finished. */
  synchronized void mark(String step) {
    markAt(step, System.nanoTime());
  }

  /**
   * A step that was finished when {@link System#nanoTime()} was {@code nanoTime}; between the start
   * and now, whatever a guest's clock says.
   */
  synchronized void markAt(String step, long nanoTime) {
    long latest = System.nanoTime() - startNanoTime;
    long nanos = Math.clamp(nanoTime - startNanoTime, 0, latest);
    marks.add(new Mark(step, Duration.ofNanos(nanos)));
  }

  /** The same for a step that may be noticed more than once. */
  synchronized void markOnceAt(String step, long nanoTime) {
    if (marks.stream().noneMatch(mark -> mark.step().equals(step))) {
      markAt(step, nanoTime);
    }
  }

  /** How the machine came up, for a person. */
  synchronized void start(String line) {
    start = line;
  }

  /** The guest's kernel started when its clock was at zero. */
  synchronized void kernel(GuestHello hello) {
    markAt("kernel", hello.nanoTimeOf(0));
    stamps(hello, hello.stamps());
  }

  synchronized void stamps(GuestHello hello, List<Stamp> stamps) {
    for (Stamp stamp : stamps) {
      markAt(stamp.step(), hello.nanoTimeOf(stamp.clockNanos()));
    }
  }

  synchronized BootTimeline timeline() {
    return new BootTimeline(start, marks.stream().sorted(Comparator.comparing(Mark::at)).toList());
  }
}
