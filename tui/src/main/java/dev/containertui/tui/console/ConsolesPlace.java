package dev.containertui.tui.console;

import dev.containertui.tui.app.State;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place among all consoles.
 *
 * @param id of a pane; empty: the one with the focus
 */
record ConsolesPlace(OptionalLong id) implements PanePlace {
  static final ConsolesPlace FOCUSED = new ConsolesPlace(OptionalLong.empty());

  static ConsolesPlace of(long id) {
    return new ConsolesPlace(OptionalLong.of(id));
  }

  @Override
  public String name() {
    return "consoles";
  }

  @Override
  public Optional<Pane> pane(State state) {
    Consoles consoles = state.get(Consoles.SLOT);
    return id.isPresent() ? consoles.pane(id.getAsLong()) : consoles.focused();
  }

  @Override
  public State with(State state, Pane pane) {
    return state.with(Consoles.SLOT, c -> c.with(pane));
  }

  @Override
  public Keyboard keyboard(State state) {
    return state.get(Consoles.SLOT).keyboard();
  }

  @Override
  public State with(State state, Keyboard keyboard) {
    return state.with(Consoles.SLOT, c -> c.with(keyboard));
  }

  @Override
  public State fitted(State state) {
    return Consoles.put(state, state.get(Consoles.SLOT));
  }
}
