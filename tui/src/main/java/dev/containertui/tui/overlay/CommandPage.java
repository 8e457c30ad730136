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
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;

/** What a typed command writes, while it runs and afterwards. */
public final class CommandPage implements Overlay {
  private static final Context CONTEXT = new Context("output", "Output of a command");
  private static final Slot<Optional<View>> SLOT = new Slot<>("output", Optional.empty());
  private static final int PAGE = 10;

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
    return List.of(
        scroll("up", "k up", "a line up", 1),
        scroll("down", "j down", "a line down", -1),
        scroll("page-up", "pgup ctrl-b ctrl-u", "a page up", PAGE),
        scroll("page-down", "pgdn ctrl-f ctrl-d space", "a page down", -PAGE),
        scroll("first", "g home", "to the start", 1_000_000),
        scroll("last", "G end", "to the end", -1_000_000),
        Action.of(
            "output.close",
            CONTEXT,
            "esc q enter ctrl-c",
            "end it, or close",
            "close",
            s -> close(s)));
  }

  private static Step close(State state) {
    CommandRun run = state.get(SLOT).orElseThrow().run();
    State closed = state.put(SLOT, Optional.empty());
    return run.exitCode().isPresent()
        ? Step.to(closed)
        : Step.to(closed, new Effect("cancel " + run.line(), _ -> run.cancel()));
  }

  private static Action scroll(String name, String keys, String title, int by) {
    return Action.of(
        "output." + name,
        CONTEXT,
        keys,
        title,
        "",
        s ->
            Step.to(
                s.with(
                    SLOT,
                    v ->
                        v.map(
                            view -> {
                              long lines = view.run().output().size();
                              return new View(
                                  view.run(), (int) Math.clamp((long) view.back() + by, 0, lines));
                            }))));
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
    Rect rect =
        Box.open(
            canvas,
            area,
            area.width(),
            area.height(),
            view.run().line() + ending,
            theme,
            Look.BORDER_FOCUSED);
    Rect inside = rect.inset(1);
    List<String> lines = Wrap.lines(view.run().output(), inside.width() - 2);
    if (lines.isEmpty()) {
      TableView.message(canvas, inside, theme, List.of("It has not written anything."));
      return;
    }
    int last = Math.max(0, lines.size() - inside.height());
    int first = Math.clamp((long) last - view.back(), 0, last);
    for (int i = 0; i < inside.height() && first + i < lines.size(); i++) {
      canvas.text(
          inside.x() + 1,
          inside.y() + i,
          inside.width() - 2,
          lines.get(first + i),
          theme.style(Look.PLAIN));
    }
    TableView.scrollMark(canvas, rect, theme, first, inside.height(), lines.size());
  }
}
