package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
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
import java.util.List;
import java.util.Optional;

/** Asks before something is lost. */
public final class Confirm implements Overlay {
  private static final Context CONTEXT = new Context("confirm", "A question");
  private static final Slot<Optional<Question>> SLOT = new Slot<>("confirm", Optional.empty());

  /**
   * @param details what will happen, to what; one line each
   */
  private record Question(String question, List<String> details, Change yes) {}

  /** Asks; {@code yes} happens if the user wants it. */
  public static State ask(State state, String question, List<String> details, Change yes) {
    return state.put(SLOT, Optional.of(new Question(question, details, yes)));
  }

  @Override
  public boolean isOpen(State state) {
    return state.get(SLOT).isPresent();
  }

  @Override
  public List<Action> actions() {
    return List.of(
        Action.of("confirm.yes", CONTEXT, "y Y enter", "yes", "yes", this::yes),
        Action.of("confirm.no", CONTEXT, "n N q esc ctrl-c", "no", "no", Confirm::close));
  }

  private static Step close(State state) {
    return Step.to(state.put(SLOT, Optional.empty()));
  }

  private Step yes(State state) {
    return close(state).then(state.get(SLOT).orElseThrow().yes());
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Question question = state.get(SLOT).orElseThrow();
    Theme theme = Theme.of(state);
    int inside = Box.widest(38, question.question(), question.details(), area.width() - 6);
    List<String> asked = Wrap.lines(List.of(question.question()), inside);
    List<String> details = Wrap.lines(question.details(), inside);
    int room = area.height() - 7 - asked.size();
    int shown = Math.clamp(details.size(), 0, Math.max(0, room));
    Rect box =
        Box.open(canvas, area, inside + 6, asked.size() + shown + 4, "Sure?", theme, Look.BUSY);
    int x = box.x() + 3;
    int y = box.y() + 1;
    for (String line : asked) {
      canvas.text(x, y++, inside, line, theme.style(Look.STRONG));
    }
    for (String line : details.subList(0, shown)) {
      canvas.text(x, y++, inside, line, theme.style(Look.FAINT));
    }
    if (shown < details.size()) {
      canvas.right(x, y - 1, inside, "… " + (details.size() - shown + 1) + " more", 0);
    }
    int end = canvas.text(x, y + 1, "y enter", theme.style(Look.KEY));
    end = canvas.text(end + 1, y + 1, "yes", theme.style(Look.PLAIN));
    end = canvas.text(end + 3, y + 1, "n esc", theme.style(Look.KEY));
    canvas.text(end + 1, y + 1, "no", theme.style(Look.PLAIN));
  }
}
