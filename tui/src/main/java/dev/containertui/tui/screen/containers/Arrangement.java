package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Chrome;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;

/**
 * Where the list and the details are, and which of them has the keyboard.
 *
 * @param inDetail whether the details have it
 */
record Arrangement(boolean inDetail, Size size, Tab tab) {
  static final Slot<Arrangement> SLOT =
      new Slot<>("containers.arrangement", new Arrangement(false, Size.HALF, Tab.LOGS));

  /** Below this there is room for the list or the details, not for both. */
  private static final int BOTH_COLUMNS = 80;

  private static final int BOTH_ROWS = 18;

  private static final int FRAME_AND_HEADINGS = 3;
  private static final int LEAST_LIST = 7;

  /** From here on they are beside each other. */
  private static final int BESIDE_COLUMNS = 150;

  /** How much of the screen the details have. */
  enum Size {
    NONE,
    HALF,
    MOST,
    ALL
  }

  /** Both parts; one that is not seen is empty. */
  record Parts(Rect list, Rect detail) {}

  private static final Rect NOTHING = new Rect(0, 0, 0, 0);

  static Arrangement of(State state) {
    return state.get(SLOT);
  }

  Arrangement with(Tab newTab) {
    return new Arrangement(inDetail, size, newTab);
  }

  /** Gives the keyboard to the details, which are seen then. */
  Arrangement enter() {
    return new Arrangement(true, size == Size.NONE ? Size.HALF : size, tab);
  }

  /** Gives the keyboard to the list, which is seen then. */
  Arrangement leave() {
    return new Arrangement(false, size == Size.ALL ? Size.HALF : size, tab);
  }

  /** More or less room for the details. */
  Arrangement resize(int step) {
    int to = Math.clamp(size.ordinal() + step, 0, Size.values().length - 1);
    return sized(Size.values()[to]);
  }

  Arrangement zoom() {
    return sized(size == Size.ALL ? Size.HALF : Size.ALL);
  }

  /** Whoever has all of the room has the keyboard. */
  private Arrangement sized(Size newSize) {
    boolean detail =
        switch (newSize) {
          case NONE -> false;
          case ALL -> true;
          case HALF, MOST -> inDetail;
        };
    return new Arrangement(detail, newSize, tab);
  }

  static Parts parts(State state) {
    Shell shell = state.get(Shell.SLOT);
    return parts(state, Chrome.body(shell.columns(), shell.rows()));
  }

  static Parts parts(State state, Rect area) {
    return of(state).parts(area, Facts.of(state).containers().size());
  }

  /** The details without their frame. */
  static Rect inside(State state) {
    return parts(state).detail().inset(1);
  }

  private Parts parts(Rect area, int containers) {
    if (area.width() < BOTH_COLUMNS || area.height() < BOTH_ROWS) {
      return inDetail ? new Parts(NOTHING, area) : new Parts(area, NOTHING);
    }
    return switch (size) {
      case NONE -> new Parts(area, NOTHING);
      case ALL -> new Parts(NOTHING, area);
      case HALF, MOST -> area.width() >= BESIDE_COLUMNS ? beside(area) : below(area, containers);
    };
  }

  private Parts beside(Rect area) {
    int list = size == Size.HALF ? area.width() * 48 / 100 : area.width() * 28 / 100;
    return new Parts(
        new Rect(area.x(), area.y(), list, area.height()),
        new Rect(area.x() + list, area.y(), area.width() - list, area.height()));
  }

  /** A short list has no more rows than it needs. */
  private Parts below(Rect area, int containers) {
    int most = size == Size.HALF ? area.height() * 42 / 100 : area.height() / 4;
    int list = Math.clamp(containers + FRAME_AND_HEADINGS, LEAST_LIST, Math.max(LEAST_LIST, most));
    return new Parts(
        new Rect(area.x(), area.y(), area.width(), list),
        new Rect(area.x(), area.y() + list, area.width(), area.height() - list));
  }
}
