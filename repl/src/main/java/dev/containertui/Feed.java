package dev.containertui;

import dev.containertui.error.EngineException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Things that come one after the other, for as long as one listens. To be closed: what is not
 * closed keeps a connection. Not for more than one thread at a time, but for {@link #close}.
 *
 * <pre>{@code
 * try (var lines = c.logs().follow()) {
 *   for (var line : lines) { if (line.text().contains("ready")) break; }
 * }
 * }</pre>
 */
public abstract class Feed<T> implements AutoCloseable, Iterable<T> {
  Feed() {}

  /**
   * Waits for the next one.
   *
   * @param limit how long; empty: without end
   * @return empty at the end, or when the limit has passed
   */
  abstract Optional<T> await(Optional<Duration> limit);

  /**
   * Waits for the next one.
   *
   * @return empty at the end, or if it was closed
   * @throws EngineException CANCELLED if the thread is interrupted
   */
  public Optional<T> next() {
    return await(Optional.empty());
  }

  /**
   * Waits for the next one, at most so long.
   *
   * @return empty if none has come, or none will
   */
  public Optional<T> next(Duration limit) {
    return await(Optional.of(Args.positive("next(duration)", limit)));
  }

  /**
   * Waits for the first one for which a condition holds.
   *
   * @throws EngineException TIMEOUT if none has come in time, or none will
   */
  public T await(Predicate<? super T> condition, Duration limit) {
    Args.positive("await(condition, duration)", limit);
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Optional<T> next = await(Optional.of(left));
      if (next.isEmpty()) {
        throw Waits.timeout("what was awaited of " + this, limit, Optional.empty());
      }
      if (condition.test(next.get())) {
        return next.get();
      }
    }
  }

  /** Each as it comes, until the end. */
  @Override
  public void forEach(Consumer<? super T> action) {
    for (Optional<T> next = next(); next.isPresent(); next = next()) {
      action.accept(next.get());
    }
  }

  /** A stream of Java; closing it closes this. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private Optional<T> ahead = Optional.empty();

      @Override
      public boolean hasNext() {
        if (ahead.isEmpty()) {
          ahead = Feed.this.next();
        }
        return ahead.isPresent();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        T next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
      }
    };
  }

  /** Stops listening; a wait in another thread ends. */
  @Override
  public abstract void close();
}
