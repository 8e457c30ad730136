package dev.containertui.tui.app;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Wrap;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Mouse;
import java.util.List;
import java.util.Optional;

/** The line above the screens, with their names, and the line below, with messages and keys. */
public final class Chrome {
  /** Below this there is no room for anything but a word about it. */
  public static final int MIN_COLUMNS = 40;

  public static final int MIN_ROWS = 8;

  /** A longer message is cut; all of it is one key away. */
  private static final int MAX_ERROR_ROWS = 3;

  private static final String NAME = " container-tui ";

  private final Program program;

  Chrome(Program program) {
    this.program = program;
  }

  /** What is left for a screen. */
  public static Rect body(int columns, int rows) {
    return new Rect(0, 1, columns, Math.max(0, rows - 2));
  }

  static boolean isTooSmall(int columns, int rows) {
    return columns < MIN_COLUMNS || rows < MIN_ROWS;
  }

  static void tooSmall(Canvas canvas) {
    String[] lines = {
      "too small",
      canvas.columns() + "x" + canvas.rows() + ", needs",
      MIN_COLUMNS + "x" + MIN_ROWS,
      "q quits"
    };
    for (int i = 0; i < lines.length; i++) {
      canvas.text(0, i, lines[i], 0);
    }
  }

  // --- above

  /** A narrow terminal sees the numbers, and the name of the current screen only. */
  private String label(State state, WorkScreen screen, boolean current) {
    int columns = state.get(Shell.SLOT).columns();
    String badge = screen.badge(state).map(b -> " " + b).orElse("");
    return columns >= 100 || current ? screen.id().title() + badge : "";
  }

  void header(Canvas canvas, State state) {
    Theme theme = Theme.of(state);
    ScreenId now = state.get(Shell.SLOT).screen();
    int x = start(canvas.columns());
    if (x > 0) {
      canvas.text(0, 0, NAME, theme.style(Look.BRAND));
    }
    for (WorkScreen screen : program.screens()) {
      boolean current = screen.id() == now;
      x = canvas.text(x + 1, 0, Integer.toString(screen.id().number()), theme.style(Look.KEY));
      String label = label(state, screen, current);
      if (!label.isEmpty()) {
        x = canvas.text(x + 1, 0, label, theme.style(current ? Look.TAB_CURRENT : Look.TAB));
      }
      x++;
    }
    Facts facts = Facts.of(state);
    String engine =
        (facts.running() > 0 ? facts.running() + " running · " : "") + facts.engine().words();
    boolean lost = !facts.failure().isEmpty();
    if (lost) {
      engine = "the engine does not answer";
    }
    int width = Math.min(canvas.columns() - x - 2, CharWidth.of(engine));
    if (width > 3) {
      canvas.right(
          canvas.columns() - width - 1,
          0,
          width,
          engine,
          theme.style(lost ? Look.BAD : Look.FAINT));
    }
  }

  private static int start(int columns) {
    return columns >= 80 ? NAME.length() : 0;
  }

  Optional<Step> mouse(State state, Mouse mouse) {
    if (mouse.row() != 0
        || mouse.action() != Mouse.Action.PRESS
        || mouse.button() != Mouse.Button.LEFT) {
      return Optional.empty();
    }
    ScreenId now = state.get(Shell.SLOT).screen();
    int x = start(state.get(Shell.SLOT).columns());
    for (WorkScreen screen : program.screens()) {
      String label = label(state, screen, screen.id() == now);
      int end = x + 2 + (label.isEmpty() ? 0 : 1 + CharWidth.of(label));
      if (mouse.column() > x && mouse.column() < end) {
        return Optional.of(program.go(state, screen.id()));
      }
      x = end + 1;
    }
    return Optional.of(Step.to(state));
  }

  // --- below

  void footer(Canvas canvas, State state) {
    Rect rect = new Rect(0, canvas.rows() - 1, canvas.columns(), 1);
    Optional<Notice> notice = state.get(Shell.SLOT).notice();
    if (notice.isPresent()) {
      notice(canvas, rect, Theme.of(state), notice.get());
    } else {
      hints(canvas, rect, state);
    }
  }

  private void hints(Canvas canvas, Rect rect, State state) {
    Theme theme = Theme.of(state);
    int x = 1;
    for (Context context : program.contexts(state)) {
      for (Action action : program.keys().actions(context)) {
        List<Chord> keys = program.keys().keys(action);
        if (action.hint().isEmpty() || keys.isEmpty()) {
          continue;
        }
        String key = keys.getFirst().toString();
        int width = CharWidth.of(key) + 1 + CharWidth.of(action.hint());
        if (x + width > rect.width()) {
          return;
        }
        x = canvas.text(x, rect.y(), key, theme.style(Look.KEY));
        x = canvas.text(x + 1, rect.y(), action.hint(), theme.style(Look.FAINT)) + 2;
      }
    }
  }

  private void notice(Canvas canvas, Rect rect, Theme theme, Notice notice) {
    if (notice.level() != Notice.Level.ERROR) {
      Look look = notice.level() == Notice.Level.SUCCESS ? Look.SUCCESS_LINE : Look.NOTE_LINE;
      int end = canvas.text(1, rect.y(), rect.width() - 2, notice.text(), theme.style(look));
      canvas.text(
          end + 2, rect.y(), rect.width() - end - 3, notice.hint(), theme.style(Look.FAINT));
      return;
    }
    String more = " ! shows all ";
    String text = notice.text() + (notice.hint().isEmpty() ? "" : " — " + notice.hint());
    int moreWidth = CharWidth.of(more);
    List<String> lines = Wrap.lines(List.of(text), rect.width() - moreWidth - 2);
    int height = Math.min(MAX_ERROR_ROWS, lines.size());
    int top = rect.y() + 1 - height;
    long style = theme.style(Look.ERROR_LINE);
    canvas.fill(new Rect(rect.x(), top, rect.width(), height), style);
    for (int i = 0; i < height; i++) {
      boolean cut = i == height - 1 && height < lines.size();
      canvas.text(1, top + i, lines.get(i) + (cut ? "…" : ""), style);
    }
    canvas.right(rect.width() - moreWidth, rect.y(), moreWidth, more, style);
  }
}
