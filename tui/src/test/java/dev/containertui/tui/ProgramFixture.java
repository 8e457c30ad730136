package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.fail;

import dev.containertui.engine.Engine;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The whole program over an engine in memory: events in, effects run, pictures out. */
public final class ProgramFixture implements Host, AutoCloseable {
  final MemoryEngine engine;
  public final List<String> clipboard = new CopyOnWriteArrayList<>();
  private final Program program = Screens.program(Map.of(), new NoCommands());
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private int columns;
  private int rows;
  private State state = State.INITIAL;

  public ProgramFixture(int columns, int rows) {
    this(MemoryEngine.populated(), columns, rows);
  }

  ProgramFixture(MemoryEngine engine, int columns, int rows) {
    this.engine = engine;
    resize(columns, rows);
    lookAround();
  }

  /** Lets the workbench know what containers there are. */
  public void lookAround() {
    List<ContainerFacts> containers =
        engine.containers().list(true).stream().map(ContainerFacts::of).toList();
    happened(
        new Event.Arrived(
            "containers",
            s -> Step.to(s.with(Facts.SLOT, f -> f.withContainers(containers, Instant.now())))));
  }

  public State state() {
    return state;
  }

  public Program program() {
    return program;
  }

  /** The id of a container. */
  public String id(String name) {
    return engine.containers().find(name).orElseThrow().id();
  }

  /** The engine, to create containers in. */
  public dev.containertui.engine.Containers containers() {
    return engine.containers();
  }

  public void happened(Event event) {
    Step step = program.update(state, event);
    state = step.state();
    for (Effect effect : step.effects()) {
      Thread.startVirtualThread(
          () -> {
            try {
              effect.work().run(this);
            } catch (Exception e) {
              post("failure", s -> Step.to(dev.containertui.tui.app.Shell.failed(s, e)));
            }
          });
    }
  }

  public void apply(Change change) {
    happened(new Event.Arrived("test", change));
  }

  public void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    happened(new Event.Resized(columns, rows));
  }

  public void press(Key key) {
    settle();
    happened(new Event.Pressed(key));
  }

  public void press(Key.Kind kind) {
    press(Key.of(kind));
  }

  public void type(String text) {
    text.codePoints().forEach(c -> press(c == '\n' ? Key.of(Key.Kind.ENTER) : Key.character(c)));
  }

  public void point(Mouse.Action action, Mouse.Button button, int column, int row) {
    settle();
    happened(new Event.Pointed(Mouse.of(action, button, column, row)));
  }

  /** Takes what effects have come to. */
  public void settle() {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      happened(event);
    }
  }

  public Frame frame() {
    settle();
    return program.render(state, columns, rows);
  }

  public String picture() {
    return frame().text();
  }

  /** Waits until the picture has a text. */
  public void await(String text) throws InterruptedException {
    await(text, () -> picture().contains(text));
  }

  public void awaitGone(String text) throws InterruptedException {
    await("no " + text, () -> !picture().contains(text));
  }

  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      settle();
      if (condition.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + " in:\n" + picture());
      }
      Thread.sleep(10);
    }
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public void post(String what, Change change) {
    events.add(new Event.Arrived(what, change));
  }

  @Override
  public void touch() {}

  @Override
  public void clipboard(String text) {
    clipboard.add(text);
  }

  @Override
  public void mouse(boolean ours) {}

  @Override
  public void repaint() {}

  @Override
  public void suspend(Runnable work) {
    work.run();
  }

  @Override
  public void close() {
    program.close(state);
    engine.close();
  }
}
