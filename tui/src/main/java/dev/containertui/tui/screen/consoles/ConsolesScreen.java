package dev.containertui.tui.screen.consoles;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.console.ConsoleLayout;
import dev.containertui.tui.console.ConsoleLayout.Placed;
import dev.containertui.tui.console.Consoles;
import dev.containertui.tui.console.ConsolesControls;
import dev.containertui.tui.console.Tab;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Terminals of processes in containers: as tabs, and up to four side by side. */
public final class ConsolesScreen implements WorkScreen {
  private final ConsolesControls controls;

  /**
   * @param program asked when a key is pressed
   */
  public ConsolesScreen(Supplier<Program> program) {
    controls = new ConsolesControls(program);
  }

  @Override
  public ScreenId id() {
    return ScreenId.CONSOLES;
  }

  @Override
  public List<Action> actions() {
    return controls.actions();
  }

  @Override
  public List<Context> contexts(State state) {
    return controls.contexts(state);
  }

  @Override
  public boolean ownsKeyboard(State state) {
    return controls.isTyping(state);
  }

  @Override
  public Optional<Step> capture(State state, Key key) {
    return controls.capture(state, key);
  }

  @Override
  public Step entered(State state) {
    return controls.fit(state);
  }

  @Override
  public Step left(State state) {
    return controls.fit(state);
  }

  @Override
  public Step resized(State state, Rect area) {
    return controls.fit(state);
  }

  @Override
  public void closed(State state) {
    Consoles.closeAll(state);
  }

  /** How many there are, and whether one rang. */
  @Override
  public Optional<String> badge(State state) {
    Consoles consoles = state.get(Consoles.SLOT);
    Optional<Tab> seen = state.get(Shell.SLOT).screen() == id() ? consoles.tab() : Optional.empty();
    boolean rang =
        consoles.tabs().stream().anyMatch(t -> t.rang() && seen.filter(t::equals).isEmpty());
    int count = consoles.panes().size();
    return count == 0 ? Optional.empty() : Optional.of(count + (rang ? "!" : ""));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    Consoles consoles = state.get(Consoles.SLOT);
    ConsoleLayout layout = ConsoleLayout.of(consoles, area);
    if (mouse.action() == Mouse.Action.PRESS
        && mouse.row() == area.y()
        && !layout.tabs().isEmpty()) {
      int x = area.x();
      for (int i = 0; i < consoles.tabs().size(); i++) {
        int end = x + CharWidth.of(tabText(consoles, i)) + 1;
        if (mouse.column() >= x && mouse.column() < end) {
          return Optional.of(controls.show(state, i));
        }
        x = end;
      }
      return Optional.of(Step.to(state));
    }
    return controls.mouse(state, mouse, layout);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    Consoles consoles = state.get(Consoles.SLOT);
    if (consoles.tab().isEmpty()) {
      canvas.box(area, "Consoles", theme.style(Look.BORDER_FOCUSED), theme.style(Look.TITLE));
      TableView.message(canvas, area.inset(1), theme, whyEmpty(state));
      return;
    }
    ConsoleLayout layout = ConsoleLayout.of(consoles, area);
    if (!layout.tabs().isEmpty()) {
      tabs(canvas, layout.tabs(), theme, consoles);
    }
    Tab tab = consoles.tab().get();
    for (Placed placed : layout.panes()) {
      controls.draw(
          canvas,
          placed.rect(),
          state,
          placed.pane(),
          title(tab, placed, layout),
          placed.index() == tab.focus());
    }
  }

  /** A pane that is shown alone says that it is not. */
  private static String title(Tab tab, Placed placed, ConsoleLayout layout) {
    int all = tab.panes().size();
    return layout.panes().size() == all
        ? placed.pane().title()
        : (placed.index() + 1) + "/" + all + "  " + placed.pane().title();
  }

  private static String tabText(Consoles consoles, int index) {
    Tab tab = consoles.tabs().get(index);
    String more = tab.panes().size() > 1 ? " +" + (tab.panes().size() - 1) : "";
    boolean rang = index != consoles.current() && tab.rang();
    boolean ended =
        tab.panes().stream().allMatch(p -> p.console().map(c -> c.hasEnded()).orElse(false));
    return " " + tab.focused().label() + more + (ended ? " ■" : "") + (rang ? " !" : "") + " ";
  }

  private static void tabs(Canvas canvas, Rect row, Theme theme, Consoles consoles) {
    // The current one is always in sight: as many before it are left out as must be.
    int first = 0;
    while (first < consoles.current() && width(consoles, first) > row.width()) {
      first++;
    }
    int x = row.x();
    for (int i = first; i < consoles.tabs().size() && x < row.x() + row.width(); i++) {
      boolean current = i == consoles.current();
      int room = row.x() + row.width() - x;
      x =
          canvas.text(
                  x,
                  row.y(),
                  room,
                  tabText(consoles, i),
                  theme.style(current ? Look.SELECTION : Look.TAB))
              + 1;
    }
  }

  /** Of the tabs from one to the current. */
  private static int width(Consoles consoles, int first) {
    int width = 0;
    for (int i = first; i <= consoles.current(); i++) {
      width += CharWidth.of(tabText(consoles, i)) + 1;
    }
    return width;
  }

  private static List<String> whyEmpty(State state) {
    return Facts.of(state).running() == 0
        ? List.of("No console is open, and no container runs.", "1 goes to the containers.")
        : List.of(
            "No console is open.",
            "On the screen of containers (1), e opens a shell",
            "and a attaches to the main process.");
  }
}
