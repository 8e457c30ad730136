package dev.containertui.tui.screen.containers;

import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.facts.ContainerFacts;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks for something about the container that is looked at.
 *
 * @param <V> what the answer depends on, beside the container
 */
final class Fetcher<V, T> {
  /** Who only passes a container on the way to another does not have it asked. */
  private static final long SETTLE_MILLIS = 100;

  /** Asks, on a thread of its own. */
  @FunctionalInterface
  interface Question<V, T> {
    T ask(Host host, ContainerFacts container, V version);
  }

  /** The last question; who finds that another was asked since gives up. */
  private final AtomicLong last = new AtomicLong();

  private final Slot<Fetched<T>> slot;
  private final String what;
  private final Question<V, T> question;

  /**
   * @param what is asked for, in a few words
   */
  Fetcher(Slot<Fetched<T>> slot, String what, Question<V, T> question) {
    this.slot = slot;
    this.what = what;
    this.question = question;
  }

  /** Asks, unless the answer is there or on its way. */
  Step want(State state, ContainerFacts container, V version) {
    Fetched<T> now = state.get(slot);
    return now.isFor(container.id(), version) ? Step.to(state) : ask(state, container, version);
  }

  /** Asks again, unless an answer is on its way. */
  Step again(State state, ContainerFacts container, V version) {
    boolean asked = state.get(slot).busy() && state.get(slot).isFor(container.id(), version);
    return asked ? Step.to(state) : ask(state, container, version);
  }

  private Step ask(State state, ContainerFacts container, V version) {
    Fetched<T> now = state.get(slot);
    long number = last.incrementAndGet();
    long wait = now.id().equals(container.id()) ? 0 : SETTLE_MILLIS;
    String id = container.id();
    return Step.to(
        state.put(slot, now.asking(id, version)),
        new Effect(
            what + " of " + container.name(),
            host -> {
              Thread.sleep(wait);
              if (last.get() != number) {
                return;
              }
              try {
                T answer = question.ask(host, container, version);
                host.post(what, s -> answered(s, id, version, s.get(slot).with(answer)));
              } catch (RuntimeException | Error e) {
                String reason = e instanceof EngineException ? e.getMessage() : "it failed: " + e;
                host.post(what, s -> answered(s, id, version, s.get(slot).without(reason)));
              }
            }));
  }

  /** An answer to a question that nobody has any more is dropped. */
  private Step answered(State state, String id, Object version, Fetched<T> answer) {
    return Step.to(state.get(slot).isFor(id, version) ? state.put(slot, answer) : state);
  }
}
