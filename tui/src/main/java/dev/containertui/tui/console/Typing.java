package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.vt.Key;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Keys that go to a console, and how to take them back: Ctrl-], or Ctrl-P Ctrl-Q as in Docker. */
final class Typing {
  private final PanePlace place;
  private final Context context;
  private final Context ended;
  private final Supplier<Program> program;

  Typing(PanePlace place, String title, Supplier<Program> program) {
    this.place = place;
    this.program = program;
    context = new Context(place.name() + ".typing", title + ", while it has the keyboard");
    ended = new Context(place.name() + ".ended", title + ", when its program has just ended");
  }

  /** Where the keys work while this is on. */
  Context context(State state) {
    return place.pane(state).flatMap(Pane::console).map(Console::hasEnded).orElse(false)
        ? ended
        : context;
  }

  List<Action> actions() {
    return List.of(
        Action.of(
            place.name() + ".detach",
            context,
            "ctrl-]",
            "take the keyboard back; also ctrl-p ctrl-q",
            "detaches",
            this::detach),
        Action.of(
            place.name() + ".leave",
            ended,
            "enter esc ctrl-]",
            "go on, with the keys of the workbench",
            "goes on with the workbench's keys",
            this::detach));
  }

  /**
   * Whether keys go to the console. When its program ends that stays so until it was seen: what is
   * typed a moment too late must not be taken for commands.
   */
  boolean isOn(State state) {
    return place.keyboard(state).attached() && place.pane(state).isPresent();
  }

  Step attach(State state) {
    Optional<Pane> pane = place.pane(state);
    if (pane.isEmpty() || !pane.get().isInteractive()) {
      String why =
          pane.flatMap(Pane::console)
              .map(c -> c.hasEnded() ? "it has " + c.ended() : "it reads no input")
              .orElse("there is nothing to type to");
      return Step.to(Shell.note(state, why, ""));
    }
    pane.get().console().ifPresent(c -> c.focus(true));
    State there = place.with(state, pane.get().with(Looking.PRESENT));
    return Step.to(place.with(there, Keyboard.ATTACHED));
  }

  Step detach(State state) {
    place.pane(state).flatMap(Pane::console).ifPresent(c -> c.focus(false));
    return Step.to(place.with(state, Keyboard.DETACHED));
  }

  Optional<Step> capture(State state, Key key) {
    if (!isOn(state)
        || program.get().keys().find(List.of(context(state)), Chord.of(key)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(typed(state.with(Shell.SLOT, Shell::withoutNotice), key));
  }

  private Step typed(State state, Key key) {
    Pane pane = place.pane(state).orElseThrow();
    if (pane.console().isPresent() && !pane.isInteractive()) {
      boolean done = key.is(Key.Kind.ENTER) || key.is(Key.Kind.ESCAPE);
      return done ? detach(state) : Step.to(state);
    }
    boolean held = place.keyboard(state).held();
    if (held && key.isControl('q')) {
      return detach(state);
    }
    if (key.isControl('p') && !held) {
      return Step.to(place.with(state, new Keyboard(true, true)));
    }
    State now = place.with(state, Keyboard.ATTACHED);
    if (held) {
      now = type(now, Key.control('p')).state();
      if (key.isControl('p')) {
        return Step.to(place.with(now, new Keyboard(true, true)));
      }
    }
    return key.is(Key.Kind.PASTE) ? paste(now, pane.console(), key) : type(now, key);
  }

  private Step type(State state, Key key) {
    Pane pane = place.pane(state).orElseThrow();
    if (pane.console().isEmpty()) {
      return early(state, pane, key);
    }
    boolean taken = pane.console().get().type(key);
    State there =
        place.with(
            state,
            pane.with(
                pane.looking().from(OptionalLong.empty()).selection(Optional.empty(), false)));
    return Step.to(
        taken
            ? there
            : Shell.note(there, pane.name() + " does not read what is typed", "ctrl-] detaches"));
  }

  /** Keys that come before the console does go to it later. */
  private Step early(State state, Pane pane, Key key) {
    Pane more = pane.typedEarly(key);
    State there = place.with(state, more);
    return Step.to(
        more == pane ? Shell.note(there, pane.name() + " is still being opened", "") : there);
  }

  /** Without brackets around it, each line of a pasted text is run as soon as it is there. */
  private Step paste(State state, Optional<Console> console, Key key) {
    long lines = key.text().lines().count();
    boolean several = key.text().strip().lines().count() > 1;
    if (several && console.isEmpty()) {
      return Step.to(
          Shell.note(state, "not pasted: the console is still being opened", "paste again"));
    }
    if (!several || !console.get().pastesAreTyped()) {
      return type(state, key);
    }
    return Step.to(
        Confirm.ask(
            state,
            "Paste " + lines + " lines?",
            GuestClipboard.preview(
                key.text(), "The program there takes them as if you had typed them:"),
            s -> place.pane(s).isPresent() ? type(s, key) : Step.to(s)));
  }
}
