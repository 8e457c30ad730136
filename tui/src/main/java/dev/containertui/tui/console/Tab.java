package dev.containertui.tui.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Panes that are seen together.
 *
 * @param panes at least one, at most {@link Tiling#MAX_PANES}
 * @param focus index of the one that keys go to
 * @param zoomed only that one is shown
 */
public record Tab(List<Pane> panes, int focus, boolean zoomed) {
  public Tab {
    panes = List.copyOf(panes);
  }

  static Tab of(Pane pane) {
    return new Tab(List.of(pane), 0, false);
  }

  public Pane focused() {
    return panes.get(focus);
  }

  boolean isFull() {
    return panes.size() >= Tiling.MAX_PANES;
  }

  Tab focus(int index) {
    return new Tab(panes, Math.floorMod(index, panes.size()), zoomed);
  }

  Tab zoom(boolean on) {
    return new Tab(panes, focus, on);
  }

  /** Another pane, which gets the focus. */
  Tab and(Pane pane) {
    List<Pane> more = new ArrayList<>(panes);
    more.add(pane);
    return new Tab(more, panes.size(), false);
  }

  /** Without the pane with the focus; the caller sees to it that one is left. */
  Tab withoutFocused() {
    List<Pane> fewer = new ArrayList<>(panes);
    fewer.remove(focus);
    return new Tab(fewer, Math.max(0, focus - 1), false);
  }

  Tab seen() {
    return new Tab(panes.stream().map(Pane::seen).toList(), focus, zoomed);
  }

  /** Whether one of its panes rang since it was last seen. */
  public boolean rang() {
    return panes.stream().anyMatch(Pane::rang);
  }

  /** With another version of a pane, if it is here. */
  Tab with(Pane pane) {
    return new Tab(panes.stream().map(p -> p.id() == pane.id() ? pane : p).toList(), focus, zoomed);
  }
}
