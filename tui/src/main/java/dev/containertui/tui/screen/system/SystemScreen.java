package dev.containertui.tui.screen.system;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Mouse;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What concerns the whole: a line with the tabs, and the chosen one below. */
public final class SystemScreen implements WorkScreen {
  static final Context CONTEXT = new Context("system", "System");
  static final Slot<Integer> TAB = new Slot<>("system.tab", 0);

  private final List<SystemTab> tabs;

  public SystemScreen(ZoneId zone) {
    tabs = List.of(new EventsTab(zone), new DiskTab(), new HealthTab(zone), new MessagesTab());
  }

  private SystemTab tab(State state) {
    return tabs.get(state.get(TAB));
  }

  @Override
  public ScreenId id() {
    return ScreenId.SYSTEM;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < tabs.size(); i++) {
      SystemTab tab = tabs.get(i);
      int index = i;
      actions.add(
          Action.of(
              "system." + tab.title().toLowerCase(Locale.ROOT).replace(' ', '-'),
              CONTEXT,
              tab.key(),
              "to " + tab.title(),
              "",
              s -> Step.to(s.put(TAB, index))));
    }
    actions.add(step("next", "right l", "to the next tab", 1));
    actions.add(step("previous", "left h", "to the tab before", -1));
    tabs.forEach(tab -> actions.addAll(tab.actions()));
    return actions;
  }

  private Action step(String name, String keys, String title, int by) {
    return Action.of(
        "system." + name,
        CONTEXT,
        keys,
        title,
        "",
        s -> Step.to(s.with(TAB, t -> Math.floorMod(t + by, tabs.size()))));
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(tab(state).context(), CONTEXT);
  }

  @Override
  public Step settled(State state) {
    return tab(state).settled(state);
  }

  private static Rect below(Rect area) {
    return new Rect(area.x(), area.y() + 1, area.width(), area.height() - 1);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    if (mouse.row() != area.y()) {
      return tab(state).mouse(state, mouse, below(area));
    }
    if (mouse.action() == Mouse.Action.PRESS && mouse.button() == Mouse.Button.LEFT) {
      int x = area.x() + 1;
      for (int i = 0; i < tabs.size(); i++) {
        int end = x + 2 + CharWidth.of(tabs.get(i).title());
        if (mouse.column() >= x && mouse.column() < end) {
          return Optional.of(Step.to(state.put(TAB, i)));
        }
        x = end + 3;
      }
    }
    return Optional.empty();
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    int x = area.x() + 1;
    for (int i = 0; i < tabs.size(); i++) {
      SystemTab tab = tabs.get(i);
      boolean current = i == state.get(TAB);
      x = canvas.text(x, area.y(), tab.key(), theme.style(Look.KEY));
      x =
          canvas.text(
              x + 1, area.y(), tab.title(), theme.style(current ? Look.TAB_CURRENT : Look.TAB));
      x += 3;
    }
    tab(state).draw(canvas, below(area), state);
  }
}
