package dev.containertui.tui;

import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.settings.Settings;
import dev.containertui.tui.terminal.ColorDepth;
import dev.containertui.tui.terminal.CountingTerminal;
import dev.containertui.tui.terminal.HostTerminal;
import dev.containertui.tui.terminal.Screen;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The workbench under load, for {@code bench/tui}: it prints lines {@code NAME FIGURE}.
 *
 * <pre>
 *   redraw ROUNDS           milliseconds of a full redraw at 200x60, from state to bytes, by the
 *                           clock and of the processor
 *   keys ROUNDS             milliseconds from a key to its picture, with 100 containers
 *   load SECONDS            milliseconds of a picture, lines read and heap, with 1,000 containers
 *   screen CONTAINERS       on the terminal, until it is quit
 * </pre>
 */
final class WorkbenchLoad {
  private static final int COLUMNS = 200;
  private static final int ROWS = 60;
  private static final int WARM_UP_KEYS = 100;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The workbench keeps to itself what is printed while it runs. */
  private static final PrintStream OUT = System.out;

  private WorkbenchLoad() {}

  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "redraw" -> redraw(number);
      case "keys" -> keys(number);
      case "load" -> load(number);
      case "screen" -> {
        Workbench workbench =
            workbench(
                new LoadEngine(number, 10), HostTerminal.open(ColorDepth.of(System.getenv())));
        System.exit(workbench.run());
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  private static Workbench workbench(LoadEngine engine, Screen screen) {
    return new Workbench(
        () -> engine, () -> screen, new NoCommands(), Settings.DEFAULT, Optional.empty());
  }

  private static void print(String name, double figure) {
    OUT.println(name + " " + String.format(Locale.ROOT, "%.4f", figure));
  }

  // --- a full redraw

  private static void redraw(int rounds) throws IOException {
    Program program = Screens.program(Map.of(), new NoCommands());
    State state = Samples.state(program, COLUMNS, ROWS, 90, Samples.many(100));
    CountingTerminal terminal = new CountingTerminal(COLUMNS, ROWS);
    int second = 90;
    for (int round = -rounds; round < rounds; round++) {
      if (round % 20 == 0) {
        second++;
        state = Samples.sampled(state, Samples.NOW.plusSeconds(second - 90), second);
      }
      for (WorkScreen each : program.screens()) {
        int screen = each.id().number();
        Key key = Key.character('0' + screen);
        state = program.update(state, new Event.Pressed(key)).state();
        long sent = terminal.bytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Frame frame = program.render(state, COLUMNS, ROWS);
        terminal.paint(frame, true);
        double millis = (System.nanoTime() - start) / 1e6;
        if (round >= 0) { // those before were to warm up
          print("redraw-" + screen, millis);
          print("cpu-" + screen, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6);
          print("bytes-" + screen, terminal.bytes() - sent);
        }
      }
    }
  }

  // --- a screen in memory that sends bytes

  /** What a picture took, from being begun to being sent: by the clock, and of the processor. */
  private interface Timed {
    void took(double millis, double cpuMillis);
  }

  private static final class Watched implements Screen {
    private static final Key END = Key.control('\0');

    private final CountingTerminal terminal;
    private final LinkedBlockingQueue<Key> keys = new LinkedBlockingQueue<>();
    private final Timed painted;
    private volatile Frame last;
    private long asked;
    private long askedCpu;
    volatile long frames;

    Watched(Timed painted) throws IOException {
      terminal = new CountingTerminal(COLUMNS, ROWS);
      this.painted = painted;
    }

    /** What a picture is begun with. */
    @Override
    public int columns() {
      askedCpu = THREADS.getCurrentThreadCpuTime();
      asked = System.nanoTime();
      return COLUMNS;
    }

    @Override
    public int rows() {
      return ROWS;
    }

    @Override
    public void paint(Frame frame) {
      terminal.paint(frame, false);
      last = frame;
      frames++;
      painted.took(
          (System.nanoTime() - asked) / 1e6, (THREADS.getCurrentThreadCpuTime() - askedCpu) / 1e6);
      synchronized (this) {
        notifyAll();
      }
    }

    /** The picture that has this, waited for. */
    synchronized void await(String text, int row) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (last == null || !row(last, row).contains(text)) {
        wait(1000);
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("no " + text + " in\n" + last.text());
        }
      }
    }

    private static String row(Frame frame, int row) {
      StringBuilder text = new StringBuilder();
      for (int x = 0; x < frame.columns(); x++) {
        text.append(frame.glyph(x, row));
      }
      return text.toString();
    }

    @Override
    public void readKeys(Consumer<Key> sink, Consumer<Mouse> mouse) {
      try {
        for (Key key = keys.take(); key != END; key = keys.take()) {
          sink.accept(key);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void press(int character) {
      keys.add(Key.character(character));
    }

    void end() {
      keys.add(END);
    }

    @Override
    public void repaintAll() {}

    @Override
    public void clipboard(String text) {}

    @Override
    public void mouse(boolean ours) {}

    @Override
    public void suspend(Runnable work) {}

    @Override
    public void onResize(Runnable listener) {}

    @Override
    public void close() {}
  }

  /** Keys at any moment between samples and ticks; each goes to another screen, a whole picture. */
  private static void keys(int rounds) throws Exception {
    Watched screen = new Watched((_, _) -> {});
    Workbench workbench = workbench(new LoadEngine(100, 10), screen);
    Thread running = Thread.ofPlatform().start(workbench::run);
    screen.await("100 running", 0);
    Random random = new Random(42);
    List<String> marks = List.of("─ Containers", "─ Images", "─ Machines", "e Events");
    String digits = "1236";
    int now = 0;
    for (int round = -rounds / 4; round < rounds; round++) {
      Thread.sleep(100 + random.nextInt(120));
      now = (now + 1 + random.nextInt(3)) % 4;
      long start = System.nanoTime();
      screen.press(digits.charAt(now));
      screen.await(marks.get(now), 1);
      if (round >= 0) {
        print("key", (System.nanoTime() - start) / 1e6);
      }
    }
    screen.end();
    running.join(Duration.ofSeconds(20));
  }

  /** The logs are read if the screen of containers shows them. */
  private static void load(int seconds) throws Exception {
    LoadEngine engine = new LoadEngine(1000, 10_000);
    AtomicBoolean warm = new AtomicBoolean();
    Watched screen =
        new Watched(
            (millis, cpuMillis) -> {
              if (warm.get()) {
                print("paint", millis);
                print("paint-cpu", cpuMillis);
              }
            });
    Workbench workbench = workbench(engine, screen);
    Thread running = Thread.ofPlatform().start(workbench::run);
    screen.await("1000 running", 0);
    for (int i = 0; i < WARM_UP_KEYS; i++) {
      screen.press(i % 2 == 0 ? 'j' : 'k');
      Thread.sleep(100);
    }
    warm.set(true);
    long lines = engine.linesRead.get();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long frames = screen.frames;
    long start = System.nanoTime();
    long peak = 0;
    while (System.nanoTime() < end) {
      Thread.sleep(500);
      peak = Math.max(peak, heap());
    }
    double took = (System.nanoTime() - start) / 1e9;
    print("lines-per-second", (engine.linesRead.get() - lines) / took);
    print("frames-per-second", (screen.frames - frames) / took);
    System.gc();
    print("heap-peak-megabytes", peak / 1e6);
    print("heap-live-megabytes", heap() / 1e6);
    screen.end();
    running.join(Duration.ofSeconds(20));
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
