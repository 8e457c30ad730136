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
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;

/** A page of text over everything: the whole of a message, an inspection. */
public final class TextPage implements Overlay {
  private static final Context CONTEXT = new Context("page", "A page of text");
  private static final Slot<Optional<Page>> SLOT = new Slot<>("page", Optional.empty());
  private static final int PAGE = 10;

  private record Page(String title, List<String> lines, int scroll) {}

  public static State open(State state, String title, List<String> lines) {
    return state.put(SLOT, Optional.of(new Page(title, List.copyOf(lines), 0)));
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  @Override
  public List<Action> actions() {
    return List.of(
        scroll("up", "k up", "a line up", -1),
        scroll("down", "j down", "a line down", 1),
        scroll("page-up", "pgup ctrl-b ctrl-u", "a page up", -PAGE),
        scroll("page-down", "pgdn ctrl-f ctrl-d space", "a page down", PAGE),
        scroll("first", "g home", "to the start", -1_000_000),
        scroll("last", "G end", "to the end", 1_000_000),
        Action.of(
            "page.close",
            CONTEXT,
            "esc q enter ctrl-c",
            "close",
            "close",
            s -> Step.to(s.put(SLOT, Optional.empty()))));
  }

  private static Action scroll(String name, String keys, String title, int by) {
    return Action.of(
        "page." + name,
        CONTEXT,
        keys,
        title,
        "",
        s ->
            Step.to(
                s.with(
                    SLOT,
                    p ->
                        p.map(
                            page -> {
                              long last = Math.max(0, page.lines().size() - 1);
                              long to = Math.clamp((long) page.scroll() + by, 0, last);
                              return new Page(page.title(), page.lines(), (int) to);
                            }))));
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Page page = state.get(SLOT).orElseThrow();
    Theme theme = Theme.of(state);
    Rect rect =
        Box.open(
            canvas, area, area.width(), area.height(), page.title(), theme, Look.BORDER_FOCUSED);
    Rect inside = rect.inset(1);
    List<String> lines = Wrap.lines(page.lines(), inside.width() - 2);
    int first = Math.clamp(page.scroll(), 0, Math.max(0, lines.size() - inside.height()));
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
