package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerStats;
import dev.containertui.tui.view.ContainerRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackerTest {
  private static final Instant START = Instant.ofEpochSecond(1000);

  private static ContainerFacts facts(String id, ContainerState state) {
    return new ContainerFacts(null, id, "name-" + id, "image", state, "");
  }

  private static ContainerStats stats(long atMillis, long machineCpuMicros, long resident) {
    return new ContainerStats(
        START.plusMillis(atMillis), 0, 0, 0, 4, 0, 0, 0, 0, machineCpuMicros, resident);
  }

  @Test
  void cpuIsTheDifferenceOfTwoSamplesOverTime() {
    Tracker tracker = new Tracker();
    tracker.update(List.of(facts("a", new ContainerState.Running(START, 1))));
    tracker.sample("a", stats(0, 5_000_000, 100));
    assertTrue(tracker.rows(START).getFirst().cpuPercent().isEmpty());
    tracker.sample("a", stats(2000, 6_000_000, 200));
    ContainerRow row = tracker.rows(START.plusSeconds(65)).getFirst();
    assertEquals(50.0, row.cpuPercent().orElseThrow(), 0.001);
    assertEquals(200, row.memoryBytes().orElseThrow());
    assertEquals(List.of(100L, 200L), row.memoryHistory());
    assertEquals(65, row.uptime().orElseThrow().toSeconds());
  }

  @Test
  void whatHasEndedHasNoFigures() {
    Tracker tracker = new Tracker();
    tracker.update(List.of(facts("a", new ContainerState.Running(START, 1))));
    tracker.sample("a", stats(0, 1, 100));
    tracker.update(List.of(facts("a", new ContainerState.Exited(START, 0))));
    tracker.sample("a", stats(1000, 2, 100)); // an answer that came late
    ContainerRow row = tracker.rows(START).getFirst();
    assertTrue(row.memoryBytes().isEmpty() && row.cpuPercent().isEmpty());
    assertEquals(0, tracker.alive());
    tracker.sample("gone", stats(0, 0, 0));
  }

  @Test
  void theSelectionStaysWithItsRow() {
    ListState<String> list = new ListState<>(s -> s, s -> s);
    list.set(List.of("a", "b", "c"));
    list.move(1);
    list.set(List.of("new", "a", "b", "c"));
    assertEquals("b", list.selected().orElseThrow());
    list.filter("B");
    assertEquals(List.of("b"), list.visible());
    list.filter("");
    assertEquals("b", list.selected().orElseThrow());
    list.set(List.of("new", "a"));
    assertEquals("a", list.selected().orElseThrow());
    list.move(-1_000_000);
    assertEquals("new", list.selected().orElseThrow());
    list.set(List.of());
    assertTrue(list.selected().isEmpty());
    list.move(1);
  }
}
