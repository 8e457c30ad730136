package dev.containertui.tui.app;

import dev.containertui.tui.draw.Ascii;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workbench as two functions: what an event makes of a state, and what a state looks like.
 *
 * <p>A key goes to the uppermost open overlay; else to the current screen, first as it is ({@link
 * Layer#capture}), then by the table of keys; else to what works everywhere.
 */
public final class Program {
  private final Map<ScreenId, WorkScreen> screens = new EnumMap<>(ScreenId.class);
  private final List<Overlay> overlays;
  private final KeyTable keys;
  private final Chrome chrome;

  /**
   * @param overlays the uppermost first
   * @param globals what works on all screens
   * @param overrides keys that the user gave to actions
   */
  public Program(
      List<WorkScreen> screens,
      List<Overlay> overlays,
      List<Action> globals,
      Map<String, List<Chord>> overrides) {
    screens.forEach(s -> this.screens.put(s.id(), s));
    this.overlays = List.copyOf(overlays);
    List<Action> all = new ArrayList<>();
    this.screens.values().forEach(s -> all.addAll(s.actions()));
    overlays.forEach(o -> all.addAll(o.actions()));
    all.addAll(Navigation.actions(this));
    all.addAll(globals);
    keys = new KeyTable(all, overrides);
    chrome = new Chrome(this);
  }

  public KeyTable keys() {
    return keys;
  }

  /** The screens in the order of their numbers. */
  public List<WorkScreen> screens() {
    return List.copyOf(screens.values());
  }

  public WorkScreen screen(State state) {
    return screens.getOrDefault(state.get(Shell.SLOT).screen(), screens.values().iterator().next());
  }

  public boolean has(ScreenId id) {
    return screens.containsKey(id);
  }

  public Optional<Overlay> overlay(State state) {
    return overlays.stream().filter(o -> o.isOpen(state)).findFirst();
  }

  /** Where keys are looked up now, the most special first. */
  public List<Context> contexts(State state) {
    Optional<Overlay> overlay = overlay(state);
    if (overlay.isPresent()) {
      return overlay.get().contexts(state);
    }
    List<Context> contexts = new ArrayList<>(screen(state).contexts(state));
    if (!screen(state).ownsKeyboard(state)) {
      contexts.add(Context.GLOBAL);
    }
    return contexts;
  }

  /** What becomes of a state; screens learn of it if the user has come to another one. */
  public Step update(State state, Event event) {
    ScreenId before = state.get(Shell.SLOT).screen();
    Step step = take(state, event);
    ScreenId now = step.state().get(Shell.SLOT).screen();
    Step there =
        now == before || !has(now)
            ? step
            : step.then(screens.get(before)::left).then(screens.get(now)::entered);
    return there.then(s -> screen(s).settled(s));
  }

  private Step take(State state, Event event) {
    return switch (event) {
      case Event.Pressed pressed -> press(state, pressed.key());
      case Event.Pointed pointed -> point(state, pointed.mouse());
      case Event.Resized size -> {
        State sized = state.with(Shell.SLOT, s -> s.withSize(size.columns(), size.rows()));
        Step step = Step.to(sized);
        for (WorkScreen screen : screens.values()) {
          step = step.then(s -> screen.resized(s, Chrome.body(size.columns(), size.rows())));
        }
        yield step;
      }
      case Event.Ticked tick -> {
        State at =
            state.with(dev.containertui.tui.facts.Facts.SLOT, facts -> facts.withNow(tick.now()));
        yield screen(at).ticked(at);
      }
      case Event.Arrived arrived -> arrived.change().apply(state);
    };
  }

  private Step press(State state, Key key) {
    Layer layer = overlay(state).map(Layer.class::cast).orElseGet(() -> screen(state));
    Optional<Step> captured = layer.capture(state, key);
    if (captured.isPresent()) {
      return captured.get();
    }
    State cleared = state.with(Shell.SLOT, Shell::withoutNotice);
    return keys.find(contexts(state), Chord.of(key))
        .map(action -> action.run().apply(cleared))
        .orElse(Step.to(cleared));
  }

  private Step point(State state, Mouse mouse) {
    Shell shell = state.get(Shell.SLOT);
    Optional<Overlay> overlay = overlay(state);
    if (overlay.isPresent()) {
      Rect all = new Rect(0, 0, shell.columns(), shell.rows());
      return overlay.get().mouse(state, mouse, all).orElse(Step.to(state));
    }
    Optional<Step> header = chrome.mouse(state, mouse);
    return header
        .or(() -> screen(state).mouse(state, mouse, Chrome.body(shell.columns(), shell.rows())))
        .orElse(Step.to(state));
  }

  /** Goes to another screen. */
  public Step go(State state, ScreenId to) {
    if (!has(to) || to == state.get(Shell.SLOT).screen()) {
      return Step.to(state);
    }
    return Step.to(state.with(Shell.SLOT, shell -> shell.withScreen(to)));
  }

  /** Called once, when the workbench ends; may block for seconds. */
  public void close(State state) {
    screens.values().forEach(screen -> screen.closed(state));
  }

  /** The picture; depends on nothing else than the state (and what emulators hold). */
  public Frame render(State state, int columns, int rows) {
    Canvas canvas = new Canvas(columns, rows);
    if (Chrome.isTooSmall(columns, rows)) {
      Chrome.tooSmall(canvas);
      return canvas.freeze();
    }
    chrome.header(canvas, state);
    screen(state).draw(canvas, Chrome.body(columns, rows), state);
    chrome.footer(canvas, state);
    List<Overlay> open = overlays.stream().filter(o -> o.isOpen(state)).toList();
    for (Overlay overlay : open.reversed()) {
      canvas.cursor(-1, -1);
      canvas.trackMovement(false);
      overlay.draw(canvas, new Rect(0, 0, columns, rows), state);
    }
    Frame frame = canvas.freeze();
    return Glyphs.of(state) == Glyphs.ASCII ? Ascii.of(frame) : frame;
  }
}
