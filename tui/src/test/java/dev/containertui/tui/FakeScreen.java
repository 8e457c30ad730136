package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.fail;

import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.terminal.Screen;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A screen in memory: keys are put in, the last picture is looked at. */
final class FakeScreen implements Screen {
  private static final Key END = Key.control('\0');

  private final LinkedBlockingQueue<Key> keys = new LinkedBlockingQueue<>();
  private volatile int columns = 100;
  private volatile int rows = 30;
  private volatile Frame last;
  private volatile Runnable resized = () -> {};
  volatile boolean closed;
  volatile String clipboard = "";
  volatile int paints;

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void paint(Frame frame) {
    last = frame;
    paints++;
  }

  @Override
  public void repaintAll() {}

  @Override
  public void mouse(boolean ours) {}

  @Override
  public void clipboard(String text) {
    clipboard = text;
  }

  @Override
  public void suspend(Runnable work) {
    work.run();
  }

  @Override
  public void onResize(Runnable listener) {
    resized = listener;
  }

  void resize(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    resized.run();
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

  @Override
  public void close() {
    closed = true;
  }

  void press(Key key) {
    keys.add(key);
  }

  void press(Key.Kind kind) {
    press(Key.of(kind));
  }

  void type(String text) {
    text.codePoints().forEach(c -> press(Key.character(c)));
  }

  /** The terminal goes away. */
  void hangUp() {
    keys.add(END);
  }

  Frame last() {
    return last;
  }

  /** Waits until the screen shows {@code text}. */
  void await(String text) throws InterruptedException {
    await(text, t -> t.contains(text));
  }

  void awaitGone(String text) throws InterruptedException {
    await("no " + text, t -> !t.contains(text));
  }

  private void await(String what, Predicate<String> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (last == null || !wanted.test(last.text())) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + " in:\n" + (last == null ? "nothing" : last.text()));
      }
      Thread.sleep(10);
    }
  }
}
