package dev.containertui.vm;

import java.time.Duration;
import java.util.List;

/**
 * The steps of a container's start, in order, as time since the start was asked for.
 *
 * @param start how its machine came up, one line: {@code clone of template 2f0c…}, or {@code cold
 *     boot} and why; empty before it did
 * @param marks ascending by {@link Mark#at()}
 */
public record BootTimeline(String start, List<Mark> marks) {
  /**
   * One step.
   *
   * @param step a short fixed name: {@code image}, {@code rootfs}; {@code template} if one had to
   *     be made; {@code vmm}; for a machine that boots {@code kernel}, {@code init}, {@code
   *     modules}; {@code channel}, {@code disks}, {@code mounts}, {@code network}, {@code process},
   *     {@code output}
   * @param at when the step was <em>finished</em>, since the start was asked for
   */
  public record Mark(String step, Duration at) {}

  public BootTimeline {
    marks = List.copyOf(marks);
  }

  public static BootTimeline empty() {
    return new BootTimeline("", List.of());
  }
}
