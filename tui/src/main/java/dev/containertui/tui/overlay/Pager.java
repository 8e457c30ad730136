package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.TableView;
import java.util.List;

/** What pages of text over the whole screen have in common: their frame, and scrolling. */
final class Pager {
  private static final int PAGE = 10;

  /** More than any text has. */
  private static final int ALL = 1_000_000;

  private Pager() {}

  /** Moves so many rows down; up if negative. */
  @FunctionalInterface
  interface Scroll {
    State by(State state, int rows);
  }

  /** Keys that scroll, as less has them. */
  static List<Action> actions(Context context, Scroll scroll) {
    return List.of(
        action(context, "up", "k up", "a line up", scroll, -1),
        action(context, "down", "j down", "a line down", scroll, 1),
        action(context, "page-up", "pgup ctrl-b ctrl-u", "a page up", scroll, -PAGE),
        action(context, "page-down", "pgdn ctrl-f ctrl-d space", "a page down", scroll, PAGE),
        action(context, "first", "g home", "to the start", scroll, -ALL),
        action(context, "last", "G end", "to the end", scroll, ALL));
  }

  private static Action action(
      Context context, String name, String keys, String title, Scroll scroll, int by) {
    return Action.of(
        context.name() + "." + name, context, keys, title, "", s -> Step.to(scroll.by(s, by)));
  }

  /** How wide the text may be. */
  static int width(State state) {
    return state.get(Shell.SLOT).columns() - 4;
  }

  /** The greatest number of the first row in sight. */
  static int last(State state, int lines) {
    return Math.max(0, lines - (state.get(Shell.SLOT).rows() - 4));
  }

  static Rect open(Canvas canvas, Rect area, String title, Theme theme) {
    return Box.open(canvas, area, area.width(), area.height(), title, theme, Look.BORDER_FOCUSED);
  }

  /** Shows the rows from one on in a frame. */
  static void draw(Canvas canvas, Rect frame, Theme theme, List<String> lines, int from) {
    Rect inside = frame.inset(1);
    int first = Math.clamp(from, 0, Math.max(0, lines.size() - inside.height()));
    for (int i = 0; i < inside.height() && first + i < lines.size(); i++) {
      canvas.text(
          inside.x() + 1,
          inside.y() + i,
          inside.width() - 2,
          lines.get(first + i),
          theme.style(Look.PLAIN));
    }
    TableView.scrollMark(canvas, frame, theme, first, inside.height(), lines.size());
  }
}
