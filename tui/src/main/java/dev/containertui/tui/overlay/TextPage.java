package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Overlay;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Wrap;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.Memo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A page of text over everything: the whole of a message, an inspection. */
public final class TextPage implements Overlay {
  private static final Context CONTEXT = new Context("page", "A page of text");
  private static final Slot<Optional<Page>> SLOT = new Slot<>("page", Optional.empty());

  /**
   * @param text its rows, for so many cells
   * @param first number of the first row in sight
   */
  private record Page(String title, IntFunction<List<String>> text, int first) {}

  private final Memo<List<String>> rows = new Memo<>();

  public static State open(State state, String title, List<String> lines) {
    List<String> text = List.copyOf(lines);
    return open(state, title, width -> Wrap.lines(text, width));
  }

  /**
   * A text that is laid out for a width.
   *
   * @param text the same for the same number of cells
   */
  public static State open(State state, String title, IntFunction<List<String>> text) {
    return state.put(SLOT, Optional.of(new Page(title, text, 0)));
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(Pager.actions(CONTEXT, this::scrolled));
    actions.add(
        Action.of(
            "page.close",
            CONTEXT,
            "esc q enter ctrl-c",
            "close",
            "close",
            s -> Step.to(s.put(SLOT, Optional.empty()))));
    return actions;
  }

  private State scrolled(State state, int by) {
    Page page = state.get(SLOT).orElseThrow();
    int last = Pager.last(state, rows(page, Pager.width(state)).size());
    int first = Math.clamp((long) Math.min(page.first(), last) + by, 0, last);
    return state.put(SLOT, Optional.of(new Page(page.title(), page.text(), first)));
  }

  private List<String> rows(Page page, int width) {
    return rows.of(() -> page.text().apply(width), page.text(), width);
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Page page = state.get(SLOT).orElseThrow();
    Theme theme = Theme.of(state);
    Rect frame = Pager.open(canvas, area, page.title(), theme);
    Pager.draw(canvas, frame, theme, rows(page, frame.width() - 4), page.first());
  }
}
