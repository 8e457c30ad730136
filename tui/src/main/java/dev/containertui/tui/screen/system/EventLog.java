package dev.containertui.tui.screen.system;

import dev.containertui.engine.EngineEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Events of before and of now as one list, oldest first. */
final class EventLog {
  private EventLog() {}

  /** Without those that are in both. */
  static List<EngineEvent> merged(List<EngineEvent> past, List<EngineEvent> live) {
    if (past.isEmpty()) {
      return live;
    }
    Set<EngineEvent> all = new LinkedHashSet<>(past);
    all.addAll(live);
    List<EngineEvent> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(EngineEvent::at));
    return sorted;
  }

  /**
   * How many of {@code events} there are until a moment, at least one; all if there is no moment.
   */
  static int until(List<EngineEvent> events, Optional<Instant> moment) {
    if (moment.isEmpty()) {
      return events.size();
    }
    int count = events.size();
    while (count > 1 && events.get(count - 1).at().isAfter(moment.get())) {
      count--;
    }
    return count;
  }
}
