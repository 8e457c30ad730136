package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.CharWidth;
import java.util.List;

/** The bottom line: what is typed, else the last message, else the keys that work here. */
final class FooterView {
  private record Hint(String key, String text) {}

  private static final List<Hint> CONTAINERS =
      List.of(
          new Hint("e", "shell"),
          new Hint("a", "attach"),
          new Hint("s", "stop"),
          new Hint("d", "remove"),
          new Hint("i", "inspect"),
          new Hint("/", "filter"),
          new Hint(":", "command"),
          new Hint("?", "help"),
          new Hint("q", "quit"));

  private static final List<Hint> IMAGES =
      List.of(
          new Hint("r", "run"),
          new Hint("p", "pull"),
          new Hint("d", "remove"),
          new Hint("i", "inspect"),
          new Hint("/", "filter"),
          new Hint(":", "command"),
          new Hint("?", "help"),
          new Hint("q", "quit"));

  private static final List<Hint> DETACHED =
      List.of(
          new Hint("Enter", "attach"),
          new Hint("PgUp", "scroll back"),
          new Hint("[ ]", "other consoles"),
          new Hint("x", "close"),
          new Hint("Tab", "next pane"),
          new Hint("?", "help"));

  private static final List<Hint> ATTACHED =
      List.of(new Hint("Ctrl-]", "detach"), new Hint("Shift-PgUp", "scroll back"));

  private static final List<Hint> NO_CONSOLE =
      List.of(new Hint("1", "containers"), new Hint("2", "images"), new Hint("?", "help"));

  private static final List<Hint> SCROLLING =
      List.of(new Hint("↑ ↓ PgUp PgDn", "scroll"), new Hint("Esc q", "close"));

  /** A longer message is cut; all of it is one key away. */
  private static final int MAX_ERROR_ROWS = 3;

  private FooterView() {}

  static void draw(Canvas canvas, Rect rect, Model model) {
    if (model.input().isPresent()) {
      input(canvas, rect, model.input().get());
    } else if (model.dialog().isEmpty() && model.notice().isPresent()) {
      notice(canvas, rect, model.notice().get());
    } else {
      hints(canvas, rect, hints(model));
    }
  }

  private static List<Hint> hints(Model model) {
    if (model.dialog().isPresent()) {
      return model.dialog().get() instanceof Dialog.Confirm ? List.of() : SCROLLING;
    }
    return switch (model.pane()) {
      case CONTAINERS -> CONTAINERS;
      case IMAGES -> IMAGES;
      case CONSOLE ->
          model.console().map(c -> c.attached() ? ATTACHED : DETACHED).orElse(NO_CONSOLE);
    };
  }

  private static void hints(Canvas canvas, Rect rect, List<Hint> hints) {
    int x = 1;
    for (Hint hint : hints) {
      int width = CharWidth.of(hint.key()) + 1 + CharWidth.of(hint.text());
      if (x + width > rect.width()) {
        return;
      }
      x = canvas.text(x, rect.y(), hint.key(), Theme.KEY);
      x = canvas.text(x + 1, rect.y(), hint.text(), Theme.FAINT) + 2;
    }
  }

  private static void notice(Canvas canvas, Rect rect, Notice notice) {
    if (!notice.error()) {
      int end = canvas.text(1, rect.y(), rect.width() - 2, notice.text(), Theme.STRONG);
      canvas.text(end + 2, rect.y(), rect.width() - end - 3, notice.hint(), Theme.FAINT);
      return;
    }
    String more = " ! shows all ";
    String text = notice.text() + (notice.hint().isEmpty() ? "" : " — " + notice.hint());
    int moreWidth = CharWidth.of(more);
    List<String> lines = DialogView.wrap(List.of(text), rect.width() - moreWidth - 2);
    int height = Math.min(MAX_ERROR_ROWS, lines.size());
    int top = rect.y() + 1 - height;
    canvas.fill(new Rect(rect.x(), top, rect.width(), height), Theme.ERROR_LINE);
    for (int i = 0; i < height; i++) {
      boolean cut = i == height - 1 && height < lines.size();
      canvas.text(1, top + i, lines.get(i) + (cut ? "…" : ""), Theme.ERROR_LINE);
    }
    canvas.right(rect.width() - moreWidth, rect.y(), moreWidth, more, Theme.ERROR_LINE);
  }

  /** Scrolls sideways so that the cursor is in sight. */
  private static void input(Canvas canvas, Rect rect, InputLine input) {
    int x = canvas.text(0, rect.y(), Character.toString(input.prompt()), Theme.KEY);
    int room = rect.width() - x - 1;
    int start = 0;
    while (CharWidth.of(input.text().substring(start, input.cursor())) > room) {
      start += Character.charCount(input.text().codePointAt(start));
    }
    int end = canvas.text(x, rect.y(), room, input.text().substring(start), Theme.PLAIN);
    if (end + 2 < rect.width()) {
      canvas.text(end + 2, rect.y(), input.hint(), Theme.FAINT);
    }
    canvas.cursor(x + CharWidth.of(input.text().substring(start, input.cursor())), rect.y());
  }
}
