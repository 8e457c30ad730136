package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Overlay;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Wrap;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a typed command writes, while it runs and afterwards. */
public final class CommandPage implements Overlay {
  private static final Context CONTEXT = new Context("output", "Output of a command");
  private static final Slot<Optional<View>> SLOT = new Slot<>("output", Optional.empty());

  /**
   * @param back rows between the end and what is seen; 0 follows
   */
  private record View(CommandRun run, int back) {}

  static State open(State state, CommandRun run) {
    return state.put(SLOT, Optional.of(new View(run, 0)));
  }

  /** Whether this run's output is what is looked at. */
  static boolean shows(State state, CommandRun run) {
    return state.get(SLOT).filter(v -> v.run() == run).isPresent();
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(Pager.actions(CONTEXT, CommandPage::scrolled));
    actions.add(
        Action.of(
            "output.close",
            CONTEXT,
            "esc q enter ctrl-c",
            "end it, or close",
            "close",
            s -> close(s)));
    return actions;
  }

  private static Step close(State state) {
    CommandRun run = state.get(SLOT).orElseThrow().run();
    State closed = state.put(SLOT, Optional.empty());
    return run.exitCode().isPresent()
        ? Step.to(closed)
        : Step.to(closed, new Effect("cancel " + run.line(), _ -> run.cancel()));
  }

  private static State scrolled(State state, int by) {
    View view = state.get(SLOT).orElseThrow();
    int rows = Wrap.lines(view.run().output(), Pager.width(state)).size();
    long back = Math.clamp((long) view.back() - by, 0, Pager.last(state, rows));
    return state.put(SLOT, Optional.of(new View(view.run(), (int) back)));
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    View view = state.get(SLOT).orElseThrow();
    Theme theme = Theme.of(state);
    String ending =
        view.run().exitCode().isPresent()
            ? "  exit code " + view.run().exitCode().getAsInt()
            : "  runs, esc ends it";
    Rect frame = Pager.open(canvas, area, view.run().line() + ending, theme);
    List<String> lines = Wrap.lines(view.run().output(), frame.width() - 4);
    if (lines.isEmpty()) {
      TableView.message(canvas, frame.inset(1), theme, List.of("It has not written anything."));
      return;
    }
    Pager.draw(canvas, frame, theme, lines, lines.size() - (frame.height() - 2) - view.back());
  }
}
