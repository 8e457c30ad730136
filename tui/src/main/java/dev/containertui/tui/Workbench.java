package dev.containertui.tui;

import dev.containertui.engine.Engine;
import dev.containertui.engine.StateDirectories;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.facts.EngineDescription;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.Sampler;
import dev.containertui.tui.screen.jshell.JShellScreen;
import dev.containertui.tui.settings.Remembered;
import dev.containertui.tui.settings.Settings;
import dev.containertui.tui.terminal.ColorDepth;
import dev.containertui.tui.terminal.HostTerminal;
import dev.containertui.tui.terminal.Screen;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.theme.Themes;
import dev.containertui.view.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The full-screen workbench. {@link #run} takes the terminal over, and whatever happens (quit, an
 * exception, SIGINT, SIGTERM, SIGHUP) puts it back, ends the engine's containers and only then
 * returns or lets the JVM end.
 */
public final class Workbench {
  /** How long a signal waits for containers to end before the JVM goes down anyway. */
  private static final long SHUTDOWN_SECONDS = 60;

  private static final long OPENING_SECONDS = 30;

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Supplier<? extends Engine> opener;
  private final Callable<? extends Screen> screens;
  private final EventLoop loop = new EventLoop();
  private final Effects effects = new Effects(new WorkbenchHost());
  private final Program program;
  private final Settings settings;
  private final Optional<Remembered> remembered;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final CountDownLatch opening = new CountDownLatch(1);
  private final AtomicReference<Engine> engine = new AtomicReference<>();
  private Optional<Sampler> sampler = Optional.empty();
  private Screen screen;
  private boolean drawingFailed;
  private State state = State.INITIAL; // owned by the event loop

  /**
   * A workbench that opens its engine while the screen is already there, and closes it.
   *
   * @param commands what can be typed behind {@code :}
   */
  public static Workbench of(
      Supplier<? extends Engine> opener, CommandLine commands, StateDirectories directories) {
    return new Workbench(
        opener,
        () -> HostTerminal.open(ColorDepth.of(System.getenv())),
        commands,
        Settings.read(directories.config().resolve(Settings.FILE_NAME)),
        Optional.of(
            new Remembered(directories.data().resolve("workbench.json"), Screens.tables())));
  }

  Workbench(
      Supplier<? extends Engine> opener,
      Callable<? extends Screen> screens,
      CommandLine commands,
      Settings settings,
      Optional<Remembered> remembered) {
    this.opener = opener;
    this.screens = screens;
    this.settings = settings;
    this.remembered = remembered;
    program = Screens.program(settings.keys(), commands);
  }

  /** Where it begins: what was remembered, and above that what the user has set. */
  private State begin() {
    State initial =
        State.INITIAL.put(JShellScreen.HISTORY, remembered.map(r -> r.beside("repl-history")));
    State recalled = remembered.map(r -> r.recall(initial)).orElse(initial);
    State begun =
        program.has(recalled.get(Shell.SLOT).screen())
            ? recalled
            : recalled.with(Shell.SLOT, s -> s.withScreen(ScreenId.CONTAINERS));
    State themed =
        settings
            .theme()
            .flatMap(Themes::named)
            .map(theme -> begun.put(Theme.SLOT, theme))
            .orElse(begun)
            .put(Glyphs.SLOT, settings.charts().orElseGet(() -> Glyphs.of(System.getenv())));
    List<String> problems = new ArrayList<>(settings.problems());
    for (String name : settings.keys().keySet()) {
      if (program.keys().action(name).isEmpty()) {
        problems.add("keys: there is no action \"" + name + "\"; ? lists those of a screen");
      }
    }
    problems.addAll(program.keys().clashes());
    return problems.isEmpty()
        ? themed
        : themed.with(
            Shell.SLOT,
            s -> s.said(new Notice(Notice.Level.ERROR, problems.getFirst(), "", problems)));
  }

  /**
   * Shows the workbench until the user quits.
   *
   * @return the exit code: 0, or 1 after a failure that was reported on standard error
   */
  public int run() {
    Thread hook = new Thread(this::onShutdown, "workbench-shutdown");
    CapturedOutput captured = new CapturedOutput();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      screen = screens.call();
      startThreads();
      state = begin();
      screen.mouse(settings.mouse());
      happened(new Event.Resized(screen.columns(), screen.rows()));
      readInput();
      loop.run(this::draw);
    } catch (Throwable e) { // whatever it is, the terminal comes first
      failure.compareAndSet(null, e);
    } finally {
      // In this order, and each whatever became of the one before.
      attempt(effects::stop);
      attempt(() -> remembered.ifPresent(r -> r.keep(state)));
      attempt(this::closeScreen);
      attempt(() -> program.close(state));
      attempt(captured::close);
      attempt(this::closeEngine);
      attempt(this::report);
      finished.countDown();
      unhook(hook);
    }
    return failure.get() == null ? 0 : 1;
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void closeScreen() {
    if (screen != null) {
      screen.close();
    }
  }

  private void startThreads() {
    Thread.ofVirtual().name("engine-opener").start(this::openEngine);
    Thread.ofVirtual().name("ticks").start(this::tick);
    screen.onResize(() -> post(new Event.Resized(screen.columns(), screen.rows())));
  }

  private void readInput() {
    Thread.ofPlatform()
        .name("keys")
        .daemon()
        .start(
            () -> {
              try {
                screen.readKeys(
                    key -> loop.postUrgently(() -> happened(new Event.Pressed(key))),
                    mouse -> loop.postUrgently(() -> happened(new Event.Pointed(mouse))));
              } catch (IOException | RuntimeException e) {
                // A terminal that cannot be read any more is a terminal that is gone.
              }
              loop.post(loop::stop);
            });
  }

  /** Time passes on the screen only while something runs: idle, nothing is drawn. */
  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        loop.postQuietly(
            () -> {
              if (Facts.of(state).alive() > 0 || program.screen(state).ticks(state)) {
                happened(new Event.Ticked(Instant.now()));
                loop.touch();
              }
            });
      }
    } catch (InterruptedException e) {
      // the workbench has ended
    }
  }

  private void post(Event event) {
    loop.post(() -> happened(event));
  }

  /** In the event loop. */
  private void happened(Event event) {
    Step step;
    try {
      step = program.update(state, event);
    } catch (RuntimeException | StackOverflowError e) {
      step = Step.to(Shell.failed(state, e)); // one key that fails must not end all consoles
    }
    state = step.state();
    step.effects().forEach(effects::run);
    if (state.get(Shell.SLOT).quitting()) {
      loop.stop();
    }
  }

  private void draw() {
    Frame frame;
    try {
      frame = program.render(state, screen.columns(), screen.rows());
    } catch (RuntimeException | StackOverflowError e) {
      if (drawingFailed) {
        throw e; // without a picture there is no going on
      }
      drawingFailed = true;
      state = Shell.failed(state, e);
      loop.touch();
      return;
    }
    drawingFailed = false;
    screen.paint(frame);
  }

  /** What is asked for while the engine starts waits for it, but not for ever; null if in vain. */
  private Engine awaitEngine() {
    try {
      if (!opening.await(OPENING_SECONDS, TimeUnit.SECONDS)) {
        return null;
      }
      return engine.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }

  private final class WorkbenchHost implements Host {
    @Override
    public Engine engine() {
      Engine opened = awaitEngine();
      if (opened == null) {
        throw new EngineException(
            EngineException.Kind.UNAVAILABLE,
            "the engine is still starting",
            "try again in a moment");
      }
      return opened;
    }

    @Override
    public void post(String what, Change change) {
      Workbench.this.post(new Event.Arrived(what, change));
    }

    @Override
    public void touch() {
      loop.touch();
    }

    @Override
    public void clipboard(String text) {
      screen.clipboard(text);
    }

    @Override
    public void mouse(boolean ours) {
      screen.mouse(ours);
    }

    @Override
    public void repaint() {
      screen.repaintAll();
      loop.touch();
    }

    @Override
    public void suspend(Runnable work) {
      screen.suspend(work);
      loop.touch();
    }
  }

  // --- the engine

  private void openEngine() {
    try {
      Engine opened = opener.get();
      engine.set(opened);
      opening.countDown();
      if (finished.getCount() == 0) { // the user was faster
        closeEngine();
        return;
      }
      // Here, because the first request may have to start an engine.
      Sampler looking =
          new Sampler(opened, (what, change) -> post(new Event.Arrived(what, change)));
      looking.start();
      loop.post(() -> sampler = Optional.of(looking));
      EngineDescription description = EngineDescription.of(opened);
      boolean ends = opened.endsWithCaller();
      post(
          new Event.Arrived(
              "engine",
              s -> {
                State known = s.with(Facts.SLOT, f -> f.withEngine(description, ends));
                return Step.to(
                    description.problem().map(p -> Shell.failed(known, p)).orElse(known));
              }));
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      loop.post(loop::stop);
    }
  }

  // --- the end

  private void closeEngine() {
    sampler.ifPresent(Sampler::stop);
    Engine opened = engine.getAndSet(null);
    if (opened == null) {
      return;
    }
    int alive = Facts.of(state).alive();
    if (alive > 0 && Facts.of(state).endsWithCaller()) {
      System.err.println("stopping " + alive + (alive == 1 ? " container…" : " containers…"));
    }
    opened.close();
  }

  private void report() {
    switch (failure.get()) {
      case null -> {}
      case EngineException known -> {
        System.err.println("container-tui: " + SafeText.block(known.getMessage()));
        if (!known.hint().isEmpty()) {
          System.err.println(SafeText.block(known.hint()));
        }
      }
      case IOException e ->
          System.err.println("container-tui: the screen needs a terminal: " + e.getMessage());
      case Throwable e -> {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        System.err.print(SafeText.block(trace.toString()));
      }
    }
  }

  /** A signal came, or someone called System.exit: end as quitting does, and wait for it. */
  private void onShutdown() {
    loop.post(loop::stop);
    try {
      finished.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is going down: the hook runs and finds everything done
    }
  }
}
