package dev.containertui.vm;

import java.time.Duration;
import java.util.List;

/**
 * The steps of a container's start, in order, as time since the start was asked for.
 *
 * @param marks ascending by {@link Mark#at()}
 */
public record BootTimeline(List<Mark> marks) {
  /**
   * One step.
   *
   * @param step a short fixed name, for example {@code image}, {@code rootfs}, {@code vmm}, {@code
   *     kernel}, {@code init}, {@code mounts}, {@code network}, {@code process}, {@code output}
   * @param at when the step was <em>finished</em>, since the start was asked for
   */
  public record Mark(String step, Duration at) {}

  public BootTimeline {
    marks = List.copyOf(marks);
  }

  public static BootTimeline empty() {
    return new BootTimeline(List.of());
  }
}
