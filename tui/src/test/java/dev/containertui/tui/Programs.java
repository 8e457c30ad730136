package dev.containertui.tui;

import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.vt.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program whose events come from a test, and whose effects are only noted down. */
public final class Programs {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  public final Program program;
  public final List<Effect> effects = new ArrayList<>();
  public State state;
  private int columns;
  private int rows;

  /** With all screens. */
  public Programs(int columns, int rows) {
    this(Screens.program(Map.of(), new NoCommands()), columns, rows);
  }

  /** With one screen, so that its pictures do not depend on others. */
  public static Programs only(WorkScreen screen, int columns, int rows) {
    Program program = Screens.program(_ -> List.of(screen), Map.of(), new NoCommands());
    Programs made = new Programs(program, columns, rows);
    made.state = made.state.with(Shell.SLOT, s -> s.withScreen(screen.id()));
    return made;
  }

  private Programs(Program program, int columns, int rows) {
    this.program = program;
    state = State.INITIAL.with(Facts.SLOT, f -> f.withNow(NOW));
    resize(columns, rows);
  }

  /** With what the engine of {@link MemoryEngine#populated} tells. */
  static Programs populated(int columns, int rows) {
    try (MemoryEngine engine = MemoryEngine.populated()) {
      List<ContainerFacts> containers =
          engine.containers().list(true).stream().map(ContainerFacts::of).toList();
      Programs made = new Programs(columns, rows);
      made.state =
          made.state.with(
              Facts.SLOT,
              f -> f.withContainers(containers, NOW).withImages(engine.images().list()));
      return made;
    }
  }

  public void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    happens(new Event.Resized(newColumns, newRows));
  }

  public void happens(Event event) {
    Step step = program.update(state, event);
    state = step.state();
    // Following a log never ends, and every screen begins with the containers.
    step.effects().stream().filter(e -> !e.name().startsWith("log of ")).forEach(effects::add);
  }

  public void press(Key key) {
    happens(new Event.Pressed(key));
  }

  public void press(Key.Kind kind) {
    press(Key.of(kind));
  }

  public void type(String text) {
    text.codePoints().forEach(c -> press(Key.character(c)));
  }

  public dev.containertui.tui.draw.Frame frame() {
    return program.render(state, columns, rows);
  }

  public String picture() {
    return frame().text();
  }

  public List<String> effectNames() {
    return effects.stream().map(Effect::name).toList();
  }
}
