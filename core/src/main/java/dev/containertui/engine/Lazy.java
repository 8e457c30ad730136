package dev.containertui.engine;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Something that is made when it is first needed, once; a failure is not remembered. */
final class Lazy<T> {
  private final Supplier<T> maker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T made = value;
    if (made != null) {
      return made;
    }
    lock.lock();
    try {
      if (value == null) {
        value = maker.get();
      }
      return value;
    } finally {
      lock.unlock();
    }
  }

  /** The thing, if it was ever needed. */
  Optional<T> ifMade() {
    return Optional.ofNullable(value);
  }
}
