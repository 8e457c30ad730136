package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that can be done with one console: for the screens that have some. */
public final class PaneControls {
  private final PanePlace place;
  private final Supplier<Program> program;
  private final Context context;
  private final Typing typing;
  private final Scrolling scrolling;
  private final CopyMode copyMode;
  private final PaneMouse mouse;

  /**
   * @param title as the help calls it
   * @param program asked when a key is pressed
   */
  public PaneControls(PanePlace place, String title, Supplier<Program> program) {
    this.place = place;
    this.program = program;
    context = new Context(place.name(), title);
    typing = new Typing(place, title, program);
    scrolling = new Scrolling(place, context);
    copyMode = new CopyMode(place, title, scrolling);
    mouse = new PaneMouse(place, typing);
  }

  /**
   * Gives a pane's console the size of its place, or of the whole terminal while it has that.
   *
   * @param inside without the frame
   */
  public static Pane fit(Pane pane, Rect inside, State state) {
    return Consoles.fit(pane, inside, state);
  }

  /** Where the keys of a console work that does not have the keyboard. */
  public Context context() {
    return context;
  }

  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(typing.actions());
    actions.add(
        Action.of(
            place.name() + ".attach",
            context,
            "enter i",
            "give it the keyboard",
            "type",
            typing::attach));
    actions.add(
        Action.of(
            place.name() + ".copy",
            context,
            "c v",
            "copy mode: a cursor that selects and copies",
            "copy",
            copyMode::enter));
    actions.add(
        Action.of(
            place.name() + ".full",
            context,
            "f",
            "on the bare terminal, until the keyboard is taken back",
            "full",
            s -> HandOver.start(s, place, typing)));
    actions.addAll(scrolling.actions());
    actions.add(
        Action.of(
            place.name() + ".clipboard",
            context,
            "C",
            "decide whether its program may write to the clipboard",
            "",
            s -> GuestClipboard.decide(s, place)));
    actions.addAll(copyMode.actions());
    return actions;
  }

  public List<Context> contexts(State state) {
    if (typing.isOn(state)) {
      return List.of(typing.context(state));
    }
    return List.of(copyMode.isOn(state) ? copyMode.context() : context);
  }

  /** Whether keys go to the console's program. */
  public boolean isTyping(State state) {
    return typing.isOn(state);
  }

  public boolean isCopying(State state) {
    return !typing.isOn(state) && copyMode.isOn(state);
  }

  public Step attach(State state) {
    return typing.attach(state);
  }

  public Step detach(State state) {
    return typing.detach(state);
  }

  public Optional<Step> capture(State state, Key key) {
    return typing.capture(state, key);
  }

  /**
   * @param rect of the pane with the focus, with its frame
   */
  public Optional<Step> mouse(State state, Mouse happened, Rect rect) {
    return mouse.mouse(state, happened, rect.inset(1));
  }

  /** A text that this console's guest wants on the clipboard. */
  public Step clipboardWanted(State state, String text) {
    return GuestClipboard.wanted(state, place, text);
  }

  /**
   * Draws a pane with its frame.
   *
   * @param focused whether it is the one with the focus
   */
  public void draw(
      Canvas canvas, Rect rect, State state, Pane pane, String title, boolean focused) {
    PaneView.draw(
        canvas,
        rect,
        Theme.of(state),
        pane,
        title,
        new PaneView.Role(focused, focused && typing.isOn(state), detachKey()));
  }

  private String detachKey() {
    return typing.actions().stream()
        .flatMap(
            a ->
                program.get().keys().action(a.name()).stream()
                    .flatMap(known -> program.get().keys().keys(known).stream()))
        .findFirst()
        .map(Chord::toString)
        .orElse("ctrl-p ctrl-q");
  }
}
