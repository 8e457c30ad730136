package dev.containertui.tui.app;

import dev.containertui.tui.draw.Rect;
import java.util.Optional;

/** One of the numbered screens. */
public interface WorkScreen extends Layer {
  ScreenId id();

  /** Called when the user comes here. */
  default Step entered(State state) {
    return Step.to(state);
  }

  /** Called when the user goes elsewhere. */
  default Step left(State state) {
    return Step.to(state);
  }

  /** Called when the size has changed, with what is now this screen's part. */
  default Step resized(State state, Rect area) {
    return Step.to(state);
  }

  /** Called once when the workbench ends: lets go of what this holds. May block for seconds. */
  default void closed(State state) {}

  /** Whether time changes this screen although no container runs. */
  default boolean ticks(State state) {
    return false;
  }

  /** Called once a second while this is the current screen and something runs or ticks. */
  default Step ticked(State state) {
    return Step.to(state);
  }

  /**
   * Called after every event while this is the current screen: the place to ask for what is to be
   * seen now and is not known yet.
   */
  default Step settled(State state) {
    return Step.to(state);
  }

  /** A few words for this screen's tab: a count, a mark that something happened. */
  default Optional<String> badge(State state) {
    return Optional.empty();
  }

  /** True if every key but its captured ones belongs to a program: no hints, no global keys. */
  default boolean ownsKeyboard(State state) {
    return false;
  }
}
