package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.RestartPolicy.Always;
import dev.containertui.container.RestartPolicy.No;
import dev.containertui.container.RestartPolicy.OnFailure;
import dev.containertui.container.RestartPolicy.UnlessStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartScheduleTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void waitsTwiceAsLongEachTimeUpToAMinute() {
    RestartSchedule schedule = new RestartSchedule();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      millis.add(schedule.next(new Always(), i, 0, SHORT).orElseThrow().toMillis());
    }
    assertEquals(
        List.of(
            100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 51200L, 60000L, 60000L),
        millis);
  }

  @Test
  void aLongRunOrAPersonBeginsAnew() {
    RestartSchedule schedule = new RestartSchedule();
    schedule.next(new Always(), 0, 0, SHORT);
    schedule.next(new Always(), 1, 0, SHORT);
    assertEquals(
        Optional.of(RestartSchedule.FIRST),
        schedule.next(new Always(), 2, 0, RestartSchedule.LONG_RUN));
    schedule.next(new Always(), 3, 0, SHORT);
    schedule.reset();
    assertEquals(
        Optional.of(RestartSchedule.FIRST), schedule.next(new Always(), 4, 0, Duration.ZERO));
  }

  @Test
  void thePolicyDecidesByTheExitCode() {
    RestartSchedule schedule = new RestartSchedule();
    assertTrue(schedule.next(new No(), 0, 1, SHORT).isEmpty());
    assertTrue(schedule.next(new OnFailure(0), 5, 0, SHORT).isEmpty());
    assertTrue(schedule.next(new OnFailure(0), 5, 1, SHORT).isPresent());
    assertTrue(schedule.next(new OnFailure(0), 5, -1, SHORT).isPresent(), "its machine failed");
    assertTrue(schedule.next(new OnFailure(2), 1, 1, SHORT).isPresent());
    assertTrue(schedule.next(new OnFailure(2), 2, 1, SHORT).isEmpty());
    assertTrue(schedule.next(new UnlessStopped(), 9, 0, SHORT).isPresent());
  }

  @Test
  void anEngineStartsWhatIsToRunAlways() {
    assertTrue(RestartSchedule.atOpening(new Always(), true));
    assertTrue(RestartSchedule.atOpening(new UnlessStopped(), false));
    assertFalse(RestartSchedule.atOpening(new UnlessStopped(), true));
    assertFalse(RestartSchedule.atOpening(new OnFailure(0), false));
    assertFalse(RestartSchedule.atOpening(new No(), false));
  }
}
