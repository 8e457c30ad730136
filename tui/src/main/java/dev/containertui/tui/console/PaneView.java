package dev.containertui.tui.console;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Match;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.Style;
import dev.containertui.tui.vt.TerminalView;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;

/** The picture of a pane: a frame with what there is to know in its edges, the terminal in it. */
final class PaneView {
  /**
   * @param focused keys go to it, or to the screen for it
   * @param typing they go to its program
   * @param detachKey what takes them back
   */
  record Role(boolean focused, boolean typing, String detachKey) {}

  private PaneView() {}

  static void draw(Canvas canvas, Rect rect, Theme theme, Pane pane, String title, Role role) {
    long border = theme.style(role.focused() ? Look.BORDER_FOCUSED : Look.BORDER);
    String status = status(pane, role);
    int statusWidth = status.isEmpty() ? 0 : CharWidth.of(status) + 2;
    boolean both = rect.width() - 6 - statusWidth >= 8;
    canvas.box(rect, "", border, border);
    int titleWidth = rect.width() - 4 - (both ? statusWidth + 1 : 0);
    if (titleWidth > 2) {
      canvas.text(
          rect.x() + 2,
          rect.y(),
          titleWidth,
          " " + title + " ",
          theme.style(role.focused() ? Look.TITLE : Look.FAINT));
    }
    if (both && statusWidth > 0) {
      boolean hot = role.typing() || pane.console().map(Console::hasEnded).orElse(false);
      canvas.text(
          rect.x() + rect.width() - 2 - statusWidth,
          rect.y(),
          " " + status + " ",
          theme.style(hot ? Look.KEY : Look.FAINT));
    }
    Rect inside = rect.inset(1);
    if (inside.isEmpty()) {
      return;
    }
    Optional<TerminalView> view = pane.view();
    if (view.isEmpty()) {
      TableView.message(canvas, inside, theme, pane.reason());
      return;
    }
    canvas.terminal(inside, view.get());
    marks(canvas, inside, theme, pane, view.get());
    bottom(canvas, rect, theme, pane, view.get());
    cursor(canvas, inside, pane, view.get(), role);
  }

  private static String status(Pane pane, Role role) {
    if (pane.console().isEmpty()) {
      return "";
    }
    Console console = pane.console().get();
    if (console.hasEnded()) {
      return console.ended() + (role.typing() ? " · enter goes on" : "");
    } else if (pane.looking().isCopying()) {
      return "copy mode";
    } else if (role.typing()) {
      return role.detachKey() + " detaches";
    } else if (!console.isInteractive()) {
      return "output only";
    }
    return role.focused() ? "enter types here" : "";
  }

  private static void bottom(Canvas canvas, Rect rect, Theme theme, Pane pane, TerminalView view) {
    int y = rect.y() + rect.height() - 1;
    int end = rect.x() + rect.width() - 2;
    Looking looking = pane.looking();
    String place = "";
    if (!looking.needle().isEmpty()) {
      List<Match> matches = pane.console().orElseThrow().search(looking.needle());
      int index = index(matches, looking.match());
      String count = index < 0 ? "" + matches.size() : index + 1 + " of " + matches.size();
      place = "/" + looking.needle() + "  " + count + "  ";
    }
    if (view.scrolledBack() > 0) {
      place += "↑ " + view.scrolledBack() + " of " + view.historySize() + " rows back";
      int height = view.lines().size();
      int first = view.historySize() - view.scrolledBack();
      TableView.scrollMark(canvas, rect, theme, first, height, view.historySize() + height);
    }
    place = place.strip();
    if (!place.isEmpty() && rect.width() > 10) {
      int width = Math.min(CharWidth.of(place) + 2, rect.width() - 4);
      canvas.text(end - width, y, width, " " + place + " ", theme.style(Look.STRONG));
      end -= width;
    }
    if (pane.clipboard().wish().isPresent()) {
      canvas.text(
          rect.x() + 2,
          y,
          end - rect.x() - 3,
          " wants your clipboard: C decides ",
          theme.style(Look.BUSY));
    }
  }

  private static int index(List<Match> matches, Optional<Position> start) {
    for (int i = 0; start.isPresent() && i < matches.size(); i++) {
      if (matches.get(i).start().equals(start.get())) {
        return i;
      }
    }
    return -1;
  }

  /** Places that were found, and what is selected. */
  private static void marks(Canvas canvas, Rect inside, Theme theme, Pane pane, TerminalView view) {
    Looking looking = pane.looking();
    long first = view.firstRow();
    long last = first + view.lines().size() - 1;
    if (!looking.needle().isEmpty()) {
      long found = theme.style(Look.MATCH);
      for (Match match : pane.console().orElseThrow().search(looking.needle())) {
        if (match.end().row() >= first && match.start().row() <= last) {
          boolean current = looking.match().filter(match.start()::equals).isPresent();
          mark(
              canvas,
              inside,
              view,
              match.start(),
              match.end(),
              current ? found | Style.BOLD | Style.UNDERLINE : found);
        }
      }
    }
    looking
        .selection()
        .filter(s -> looking.isCopying() || !s.anchor().equals(s.cursor()))
        .ifPresent(s -> mark(canvas, inside, view, s.from(), s.end(), theme.style(Look.SELECTION)));
  }

  private static void mark(
      Canvas canvas, Rect inside, TerminalView view, Position from, Position end, long style) {
    for (int y = 0; y < Math.min(inside.height(), view.lines().size()); y++) {
      long row = view.firstRow() + y;
      if (row < from.row() || row > end.row()) {
        continue;
      }
      int start = row == from.row() ? from.column() : 0;
      int stop = row == end.row() ? end.column() : inside.width();
      int width = Math.min(stop, inside.width()) - start;
      if (width > 0) {
        canvas.restyle(new Rect(inside.x() + start, inside.y() + y, width, 1), _ -> style);
      }
    }
  }

  private static void cursor(Canvas canvas, Rect inside, Pane pane, TerminalView view, Role role) {
    if (!role.focused()) {
      return;
    }
    Console console = pane.console().orElseThrow();
    Optional<Position> own = pane.looking().cursor();
    if (own.isPresent()) {
      place(canvas, inside, own.get().column(), (int) (own.get().row() - view.firstRow()), 0);
    } else if (role.typing() && view.cursorVisible()) {
      int shape = console.hasEnded() ? 0 : console.cursorShape();
      place(canvas, inside, view.cursorColumn(), view.cursorRow(), shape);
    }
    canvas.trackMovement(
        role.typing() && pane.looking().from().isEmpty() && console.tracksMovement());
  }

  private static void place(Canvas canvas, Rect inside, int column, int row, int shape) {
    if (row >= 0 && row < inside.height()) {
      canvas.cursor(inside.x() + Math.min(column, inside.width() - 1), inside.y() + row, shape);
    }
  }
}
