package dev.containertui.tui.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All that the workbench knows, by parts. Immutable, and so are the parts. */
public final class State {
  public static final State INITIAL = new State(Map.of());

  private final Map<Slot<?>, Object> parts;

  private State(Map<Slot<?>, Object> parts) {
    this.parts = parts;
  }

  @SuppressWarnings("unchecked") // only put() fills the map, which takes a slot's own type
  public <S> S get(Slot<S> slot) {
    return (S) parts.getOrDefault(slot, slot.initial());
  }

  public <S> State put(Slot<S> slot, S value) {
    Map<Slot<?>, Object> changed = new HashMap<>(parts);
    changed.put(slot, value);
    return new State(changed);
  }

  public <S> State with(Slot<S> slot, UnaryOperator<S> change) {
    return put(slot, change.apply(get(slot)));
  }
}
