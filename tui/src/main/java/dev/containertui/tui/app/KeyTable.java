package dev.containertui.tui.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which key does what where: the one table that keys, help and hints are made from. */
public final class KeyTable {
  private record Place(Context context, Chord chord) {}

  private final List<Action> actions;
  private final Map<String, List<Chord>> keys = new LinkedHashMap<>();
  private final Map<Place, Action> bindings = new HashMap<>();
  private final List<String> clashes = new ArrayList<>();

  /**
   * @param overrides keys that the user gave to actions, by their names; an empty list unbinds
   */
  public KeyTable(List<Action> actions, Map<String, List<Chord>> overrides) {
    this.actions = List.copyOf(actions);
    for (Action action : actions) {
      List<Chord> chords = overrides.getOrDefault(action.name(), action.keys());
      if (keys.put(action.name(), chords) != null) {
        throw new IllegalArgumentException("two actions are called " + action.name());
      }
    }
    // The user's own first: where one takes another's default key, the user's wish counts.
    bind(overrides.keySet()::contains);
    bind(name -> !overrides.containsKey(name));
  }

  private void bind(java.util.function.Predicate<String> which) {
    for (Action action : actions) {
      if (!which.test(action.name())) {
        continue;
      }
      for (Chord chord : keys.get(action.name())) {
        Action other = bindings.putIfAbsent(new Place(action.context(), chord), action);
        if (other != null) {
          clashes.add(chord + " of " + action.name() + " is taken by " + other.name());
        }
      }
    }
  }

  /** The action of a key in the first of these contexts that has one for it. */
  public Optional<Action> find(List<Context> contexts, Chord chord) {
    for (Context context : contexts) {
      Action action = bindings.get(new Place(context, chord));
      if (action != null) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  public List<Action> actions() {
    return actions;
  }

  /** The actions of a context in their order. */
  public List<Action> actions(Context context) {
    return actions.stream().filter(a -> a.context().equals(context)).toList();
  }

  public Optional<Action> action(String name) {
    return actions.stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /** The keys that reach an action. */
  public List<Chord> keys(Action action) {
    return keys.get(action.name()).stream()
        .filter(c -> bindings.get(new Place(action.context(), c)) == action)
        .toList();
  }

  /** Keys that two actions of a context want; the first has it. */
  public List<String> clashes() {
    return List.copyOf(clashes);
  }
}
