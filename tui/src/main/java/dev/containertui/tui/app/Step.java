package dev.containertui.tui.app;

import java.util.ArrayList;
import java.util.List;

/** The answer to an event: the state from now on, and what is to be done. */
public record Step(State state, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }

  public static Step to(State state) {
    return new Step(state, List.of());
  }

  public static Step to(State state, Effect... effects) {
    return new Step(state, List.of(effects));
  }

  /** This step, then what {@code change} makes of its state. */
  public Step then(Change change) {
    Step next = change.apply(state);
    List<Effect> all = new ArrayList<>(effects);
    all.addAll(next.effects());
    return new Step(next.state(), all);
  }
}
