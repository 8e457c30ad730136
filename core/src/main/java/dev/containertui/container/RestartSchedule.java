package dev.containertui.container;

import dev.containertui.container.RestartPolicy.Always;
import dev.containertui.container.RestartPolicy.No;
import dev.containertui.container.RestartPolicy.OnFailure;
import dev.containertui.container.RestartPolicy.UnlessStopped;
import java.time.Duration;
import java.util.Optional;

/**
 * When a container that has ended is started again: as Docker does it, after 100 ms, then twice as
 * long each time, at most a minute; from the beginning after a run of ten seconds.
 *
 * <p>Not for more than one thread at a time.
 */
final class RestartSchedule {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofMinutes(1);
  static final Duration LONG_RUN = Duration.ofSeconds(10);

  private Duration delay = Duration.ZERO;

  /**
   * @param restarts how often the policy has started it already
   * @param exitCode of the run that ended; -1 if its machine failed
   * @param ran how long that run was
   * @return how long to wait; empty: it is not started again
   */
  Optional<Duration> next(RestartPolicy policy, int restarts, int exitCode, Duration ran) {
    if (!wants(policy, restarts, exitCode)) {
      return Optional.empty();
    }
    if (delay.isZero() || ran.compareTo(LONG_RUN) >= 0) {
      delay = FIRST;
    } else {
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
    return Optional.of(delay);
  }

  private static boolean wants(RestartPolicy policy, int restarts, int exitCode) {
    return switch (policy) {
      case No _ -> false;
      case Always _, UnlessStopped _ -> true;
      case OnFailure(int most) -> exitCode != 0 && (most == 0 || restarts < most);
    };
  }

  /** Somebody has started it. */
  void reset() {
    delay = Duration.ZERO;
  }

  /** Whether it is started when an engine opens. */
  static boolean atOpening(RestartPolicy policy, boolean stoppedByUser) {
    return switch (policy) {
      case No _, OnFailure _ -> false;
      case Always _ -> true;
      case UnlessStopped _ -> !stoppedByUser;
    };
  }
}
