package dev.containertui.container;

import dev.containertui.container.Health.Check;
import dev.containertui.container.Health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a check's result makes of a container's health: Docker's rules. */
final class HealthProgress {
  private static final int MAX_LOG = 5;

  private HealthProgress() {}

  /** Before the first check. */
  static Health initial() {
    return new Health(Status.STARTING, 0, List.of());
  }

  /**
   * A success makes it healthy; as many failures in a row as are allowed make it unhealthy.
   * Failures in the start period do not count before the first success.
   */
  static Health after(Health before, Check check, HealthCheck rules, Instant startedAt) {
    List<Check> log = new ArrayList<>(before.log());
    log.add(check);
    List<Check> last = log.subList(Math.max(0, log.size() - MAX_LOG), log.size());
    if (check.exitCode() == 0) {
      return new Health(Status.HEALTHY, 0, last);
    }
    boolean starts =
        before.status() == Status.STARTING
            && check.start().isBefore(startedAt.plus(rules.startPeriod()));
    int streak = starts ? before.failingStreak() : before.failingStreak() + 1;
    boolean ill = !starts && streak >= Math.max(1, rules.retries());
    return new Health(ill ? Status.UNHEALTHY : before.status(), streak, last);
  }
}
