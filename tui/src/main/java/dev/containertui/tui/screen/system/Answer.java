package dev.containertui.tui.screen.system;

import dev.containertui.engine.EngineEvent;
import dev.containertui.tui.app.State;
import dev.containertui.tui.facts.Facts;
import java.util.List;
import java.util.Optional;

/**
 * What the engine was asked, and has answered or not yet.
 *
 * @param value the last answer
 * @param failure why there is none; may be empty
 * @param asked false until it was asked the first time
 * @param asking whether an answer is awaited
 * @param seen the last event that there was when it was asked: a later one makes the answer old
 */
record Answer<T>(
    Optional<T> value, String failure, boolean asked, boolean asking, Optional<EngineEvent> seen) {
  static <T> Answer<T> none() {
    return new Answer<>(Optional.empty(), "", false, false, Optional.empty());
  }

  /** Whether it is time to ask: never while an answer is awaited or the engine is not there. */
  boolean isDue(State state) {
    return Facts.of(state).containersKnown()
        && Facts.of(state).failure().isEmpty()
        && !asking
        && (!asked || !seen.equals(lastEvent(state)));
  }

  Answer<T> ask(State state) {
    return new Answer<>(value, failure, true, true, lastEvent(state));
  }

  Answer<T> with(T answer) {
    return new Answer<>(Optional.of(answer), "", asked, false, seen);
  }

  Answer<T> failed(String reason) {
    return new Answer<>(value, reason, asked, false, seen);
  }

  private static Optional<EngineEvent> lastEvent(State state) {
    List<EngineEvent> events = Facts.of(state).events();
    return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
  }
}
