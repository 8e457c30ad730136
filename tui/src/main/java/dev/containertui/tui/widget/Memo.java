package dev.containertui.tui.widget;

import java.util.function.Supplier;

/**
 * Keeps the value made last for as long as it is made of the same things. A screen is drawn many
 * times between two changes of what it shows; what is dear to make of a state is made once.
 *
 * <p>Things are compared by identity: parts of a state are immutable, and stay the same objects
 * until they change.
 */
public final class Memo<V> {
  private record Kept<V>(Object[] of, V value) {}

  private volatile Kept<V> last;

  /** The value of these things; {@code make} is asked if the last one was of others. */
  public V of(Supplier<V> make, Object... things) {
    Kept<V> kept = last;
    if (kept == null || !same(kept.of(), things)) {
      kept = new Kept<>(things.clone(), make.get());
      last = kept;
    }
    return kept.value();
  }

  private static boolean same(Object[] some, Object[] others) {
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (some[i] != others[i]) {
        return false;
      }
    }
    return true;
  }
}
