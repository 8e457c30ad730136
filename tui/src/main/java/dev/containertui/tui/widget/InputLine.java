package dev.containertui.tui.widget;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Overlay;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Key;
import java.util.List;
import java.util.Optional;

/** A line typed into the bottom of the screen, for a filter, a search, a name. */
public final class InputLine implements Overlay {
  private static final Slot<Optional<Input>> SLOT = new Slot<>("input", Optional.empty());

  /** What to do with a text. */
  @FunctionalInterface
  public interface WithText {
    Step apply(State state, String text);
  }

  /** What to do with a number of rows, of the cursor keys. */
  @FunctionalInterface
  public interface WithRows {
    Step apply(State state, int rows);
  }

  /**
   * @param proposed whether the text is only proposed: the first key that types replaces it
   * @param typed after every key
   * @param done with Enter
   * @param cancelled with Esc
   * @param moved with the keys up and down
   */
  public record Input(
      String prompt,
      TextLine line,
      boolean proposed,
      String hint,
      WithText typed,
      WithText done,
      Change cancelled,
      WithRows moved) {
    public Input(
        String prompt,
        TextLine line,
        String hint,
        WithText typed,
        WithText done,
        Change cancelled,
        WithRows moved) {
      this(prompt, line, false, hint, typed, done, cancelled, moved);
    }

    /** An input that only its end matters of. */
    public static Input of(String prompt, String text, String hint, WithText done) {
      return of(prompt, text, false, hint, done);
    }

    /** The same with a text that is taken as it is, or replaced by what is typed. */
    public static Input proposing(String prompt, String text, String hint, WithText done) {
      return of(prompt, text, true, hint, done);
    }

    private static Input of(
        String prompt, String text, boolean proposed, String hint, WithText done) {
      return new Input(
          prompt,
          TextLine.of(text),
          proposed,
          hint,
          (s, _) -> Step.to(s),
          done,
          Step::to,
          (s, _) -> Step.to(s));
    }

    Input with(TextLine changed) {
      return new Input(prompt, changed, false, hint, typed, done, cancelled, moved);
    }

    /** The line that a key changes: of a proposed one nothing is left but for who edits it. */
    TextLine base(Key key) {
      boolean replaces =
          switch (key.kind()) {
            case CHARACTER -> !key.ctrl() && !key.alt();
            case PASTE, BACKSPACE, DELETE -> true;
            default -> false;
          };
      return proposed && replaces ? TextLine.EMPTY : line;
    }
  }

  public static State open(State state, Input input) {
    return state.put(SLOT, Optional.of(input));
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  @Override
  public List<Action> actions() {
    return List.of();
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of();
  }

  @Override
  public Optional<Step> capture(State state, Key key) {
    Input input = state.get(SLOT).orElseThrow();
    State closed = state.put(SLOT, Optional.empty());
    if (key.is(Key.Kind.ENTER)) {
      return Optional.of(input.done().apply(closed, input.line().text()));
    } else if (key.is(Key.Kind.ESCAPE)
        || key.isControl('c')
        || key.isControl('g')
        || key.is(Key.Kind.BACKSPACE) && input.line().isEmpty()) {
      return Optional.of(input.cancelled().apply(closed));
    } else if (key.is(Key.Kind.UP) || key.is(Key.Kind.DOWN)) {
      return Optional.of(input.moved().apply(state, key.is(Key.Kind.UP) ? -1 : 1));
    }
    return Optional.of(
        input
            .base(key)
            .edit(key)
            .map(
                line ->
                    input
                        .typed()
                        .apply(state.put(SLOT, Optional.of(input.with(line))), line.text()))
            .orElse(Step.to(state)));
  }

  /** Over the bottom line of {@code area}. */
  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Input input = state.get(SLOT).orElseThrow();
    int y = area.y() + area.height() - 1;
    Theme theme = Theme.of(state);
    canvas.fill(new Rect(area.x(), y, area.width(), 1), theme.style(Look.PLAIN));
    draw(canvas, new Rect(area.x(), y, area.width(), 1), theme, input.prompt(), input.line());
    int prompt = Math.min(area.width() / 2, CharWidth.of(input.prompt()));
    if (input.proposed()) {
      Rect text = new Rect(area.x() + prompt, y, CharWidth.of(input.line().text()), 1);
      TableView.selection(canvas, theme, text);
    }
    int end = area.x() + prompt + CharWidth.of(input.line().text()) + 2;
    if (end < area.x() + area.width()) {
      canvas.text(end, y, area.x() + area.width() - end, input.hint(), theme.style(Look.FAINT));
    }
  }

  /** Draws a line and the cursor in it; scrolls sideways so that the cursor is in sight. */
  public static void draw(Canvas canvas, Rect rect, Theme theme, String prompt, TextLine line) {
    // A prompt may hold a name of any length: what is typed keeps half of the line.
    int x = canvas.text(rect.x(), rect.y(), rect.width() / 2, prompt, theme.style(Look.KEY));
    int room = Math.max(0, rect.x() + rect.width() - x - 1);
    int start = 0;
    while (start < line.cursor()
        && CharWidth.of(line.text().substring(start, line.cursor())) > room) {
      start += Character.charCount(line.text().codePointAt(start));
    }
    canvas.text(x, rect.y(), room, line.text().substring(start), theme.style(Look.PLAIN));
    canvas.cursor(x + CharWidth.of(line.text().substring(start, line.cursor())), rect.y());
  }
}
