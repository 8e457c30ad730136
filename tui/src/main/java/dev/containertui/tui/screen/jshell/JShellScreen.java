package dev.containertui.tui.screen.jshell;

import dev.containertui.agent.TerminalSize;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.ConsoleSetup;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.console.Console;
import dev.containertui.tui.console.Keyboard;
import dev.containertui.tui.console.Pane;
import dev.containertui.tui.console.PaneControls;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The console of {@code container-tui repl} in a pane, on the workbench's engine. */
public final class JShellScreen implements WorkScreen {
  /** Where lines that were typed are kept; empty: nowhere. */
  public static final Slot<Optional<Path>> HISTORY = new Slot<>("jshell.history", Optional.empty());

  private static final long PAUSE_MILLIS = 100;

  private final JShellPlace place = new JShellPlace();
  private final PaneControls controls;

  /**
   * @param program asked when a key is pressed
   */
  public JShellScreen(Supplier<Program> program) {
    controls = new PaneControls(place, "JShell", program);
  }

  @Override
  public ScreenId id() {
    return ScreenId.JSHELL;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(controls.actions());
    actions.add(
        Action.of(
            "jshell.again",
            controls.context(),
            "r",
            "start it again when it has ended",
            "",
            this::again));
    return actions;
  }

  @Override
  public List<Context> contexts(State state) {
    return controls.contexts(state);
  }

  @Override
  public boolean ownsKeyboard(State state) {
    return controls.isTyping(state);
  }

  @Override
  public Optional<Step> capture(State state, Key key) {
    return controls.capture(state, key);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return controls.mouse(state, mouse, area);
  }

  /** It is there to be typed into: whoever comes here does. */
  @Override
  public Step entered(State state) {
    Optional<Pane> pane = place.pane(state);
    State fitted = place.fitted(state);
    return pane.flatMap(Pane::console).map(c -> !c.hasEnded()).orElse(false)
        ? controls.attach(fitted)
        : Step.to(fitted);
  }

  /** It is started when it is first looked at. */
  @Override
  public Step settled(State state) {
    return place.pane(state).isEmpty() ? start(state) : Step.to(state);
  }

  @Override
  public Step left(State state) {
    return controls.detach(state);
  }

  @Override
  public Step resized(State state, Rect area) {
    return Step.to(place.fitted(state));
  }

  @Override
  public void closed(State state) {
    place.pane(state).flatMap(Pane::console).ifPresent(Console::close);
  }

  private Step again(State state) {
    Optional<Pane> pane = place.pane(state);
    boolean runs = pane.flatMap(Pane::console).map(c -> !c.hasEnded()).orElse(false);
    return runs ? Step.to(state) : start(state);
  }

  private Step start(State state) {
    State opening =
        place.with(
            place.with(state, Pane.opening(0, "JShell", Optional.empty())), Keyboard.ATTACHED);
    Rect inside = JShellPlace.inside(state);
    TerminalSize size = new TerminalSize(Math.max(1, inside.width()), Math.max(1, inside.height()));
    Optional<Path> history = state.get(HISTORY);
    return Step.to(opening, new Effect("start JShell", host -> start(host, size, history)));
  }

  private void start(Host host, TerminalSize size, Optional<Path> history)
      throws InterruptedException {
    ConsoleSetup setup =
        history.map(ConsoleSetup.plain()::withHistory).orElse(ConsoleSetup.plain());
    Console console =
        new Console(
            new JShellProcess(engine(host), setup, size),
            size,
            new Console.Listener() {
              @Override
              public void changed() {
                host.touch();
              }

              @Override
              public void clipboard(String text) {
                host.post("clipboard", s -> controls.clipboardWanted(s, text));
              }

              @Override
              public void ended() {
                host.touch();
              }
            });
    console.start();
    host.post(
        "JShell",
        s ->
            Step.to(
                place.fitted(
                    place
                        .pane(s)
                        .map(pane -> place.with(s, pane.opened("JShell", console)))
                        .orElse(s))));
  }

  /** It may still be starting; if it cannot, the workbench ends. */
  private static Engine engine(Host host) throws InterruptedException {
    while (true) {
      try {
        return host.engine();
      } catch (EngineException e) {
        if (e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Pane pane = place.pane(state).orElseGet(() -> Pane.opening(0, "JShell", Optional.empty()));
    controls.draw(canvas, area, state, pane, pane.title(), true);
  }
}
