package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.terminal.ColorDepth;
import dev.containertui.tui.terminal.HostTerminal;
import dev.containertui.tui.terminal.Screen;
import dev.containertui.tui.view.ImageRow;
import dev.containertui.tui.view.Layout;
import dev.containertui.tui.view.Renderer;
import java.io.IOException;
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

  private final Supplier<? extends Engine> opener;
  private final Callable<? extends Screen> screens;
  private final EventLoop loop = new EventLoop();
  private final Workspace workspace = new Workspace(version());
  private final CommandRunner commands = new CommandRunner(workspace, loop::stop);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicReference<Engine> engine = new AtomicReference<>();
  private Optional<Sampler> sampler = Optional.empty();
  private Screen screen;

  /** A workbench of an engine that is open; it closes it. */
  public Workbench(Engine engine) {
    this(() -> engine);
  }

  /** A workbench that opens its engine while the screen is already there, and closes it. */
  public Workbench(Supplier<? extends Engine> opener) {
    this(opener, () -> HostTerminal.open(ColorDepth.of(System.getenv())));
  }

  Workbench(Supplier<? extends Engine> opener, Callable<? extends Screen> screens) {
    this.opener = opener;
    this.screens = screens;
  }

  private static String version() {
    return Optional.ofNullable(Workbench.class.getPackage().getImplementationVersion()).orElse("");
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
      KeyBindings keys = new KeyBindings(workspace, commands, () -> screen.repaintAll());
      readKeys(keys);
      loop.run(this::draw);
    } catch (Throwable e) { // whatever it is, the terminal comes first
      failure.compareAndSet(null, e);
    } finally {
      // In this order, and each whatever became of the one before.
      attempt(this::closeScreen);
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
    screen.onResize(() -> loop.post(() -> workspace.consoles.resize(consoleSize())));
  }

  private void readKeys(KeyBindings keys) {
    Thread.ofPlatform()
        .name("keys")
        .daemon()
        .start(
            () -> {
              try {
                screen.readKeys(key -> loop.post(() -> keys.press(key)));
              } catch (IOException | RuntimeException e) {
                // A terminal that cannot be read any more is a terminal that is gone.
              }
              loop.post(loop::stop);
            });
  }

  private void draw() {
    screen.paint(Renderer.render(workspace.model(), screen.columns(), screen.rows()));
  }

  private TerminalSize consoleSize() {
    Rect rect = Layout.consoleSize(screen.columns(), screen.rows());
    return new TerminalSize(Math.max(1, rect.width()), Math.max(1, rect.height()));
  }

  // --- the engine

  private void openEngine() {
    try {
      Engine opened = opener.get();
      engine.set(opened);
      if (finished.getCount() == 0) { // the user was faster
        closeEngine();
        return;
      }
      loop.post(() -> engineReady(opened));
      EngineDescription description = EngineDescription.of(opened);
      loop.post(() -> workspace.engine(description));
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      loop.post(loop::stop);
    }
  }

  private void engineReady(Engine opened) {
    Sampler looking =
        new Sampler(
            opened,
            loop,
            facts -> {
              workspace.tracker.update(facts);
              workspace.consoles.retain(workspace.tracker.ids());
              workspace.containersKnown();
              refreshRows();
            },
            (id, stats) -> {
              workspace.tracker.sample(id, stats);
              refreshRows();
            },
            workspace::failed);
    sampler = Optional.of(looking);
    Runnable imagesChanged = () -> Thread.startVirtualThread(() -> listImages(opened));
    commands.engineReady(
        new Actions(loop, workspace, opened, this::consoleSize, looking::nudge, imagesChanged));
    opened.onEvent(
        event -> {
          looking.nudge();
          if (event instanceof EngineEvent.ImageChanged) {
            imagesChanged.run();
          }
        });
    looking.start();
    imagesChanged.run();
  }

  private void refreshRows() {
    workspace.containers.set(workspace.tracker.rows(Instant.now()));
  }

  private void listImages(Engine opened) {
    try {
      Instant now = Instant.now();
      List<ImageRow> rows = new ArrayList<>();
      for (ImageSummary image : opened.images().list()) {
        List<String> names = image.references().isEmpty() ? List.of("<none>") : image.references();
        Optional<Duration> age = image.created().map(c -> Duration.between(c, now));
        for (String name : names) {
          rows.add(
              new ImageRow(image.id(), name, image.platform().toString(), image.sizeBytes(), age));
        }
      }
      loop.post(
          () -> {
            workspace.images.set(rows);
            workspace.imagesKnown();
          });
    } catch (RuntimeException e) {
      loop.post(() -> workspace.failed(e));
    }
  }

  // --- the end

  private void closeEngine() {
    sampler.ifPresent(Sampler::stop);
    Engine opened = engine.getAndSet(null);
    if (opened == null) {
      return;
    }
    int alive = workspace.tracker.alive();
    if (alive > 0) {
      System.err.println("stopping " + alive + (alive == 1 ? " container…" : " containers…"));
    }
    opened.close();
  }

  private void report() {
    switch (failure.get()) {
      case null -> {}
      case EngineException known -> {
        System.err.println("container-tui: " + known.getMessage());
        if (!known.hint().isEmpty()) {
          System.err.println(known.hint());
        }
      }
      case IOException e ->
          System.err.println("container-tui: the screen needs a terminal: " + e.getMessage());
      case Throwable e -> e.printStackTrace();
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
