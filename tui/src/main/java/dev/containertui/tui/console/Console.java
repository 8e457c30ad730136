package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.tui.vt.Emulator;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.KeyEncoder;
import dev.containertui.tui.vt.TerminalView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A process whose output is shown by a terminal emulator and that gets keys. Two threads read and
 * write it, so that a guest which does not read, or writes without end, holds nobody up.
 */
final class Console {
  static final int HISTORY_ROWS = 5000;
  private static final int SIGHUP = 1;
  private static final int INPUT_QUEUE = 512;

  private sealed interface Input {
    record Bytes(byte[] bytes) implements Input {}

    record Size(TerminalSize size) implements Input {}
  }

  /** What kind of process it is: decides what closing does. */
  enum Kind {
    /** A shell opened for this console: goes with it, and the console with it. */
    SHELL,
    /** A command started for this console: goes with it; its output stays to be read. */
    COMMAND,
    /** The container's main process: only looked at. */
    MAIN
  }

  private final String containerId;
  private final Kind kind;
  private final String title;
  private final boolean terminal;
  private final ContainerProcess process;
  private final Emulator emulator;
  private final BlockingQueue<Input> input = new ArrayBlockingQueue<>(INPUT_QUEUE);
  private final Runnable changed;
  private final AtomicBoolean lookingAgain = new AtomicBoolean();
  private volatile String ended = "";

  // Owned by the event loop.
  private boolean attached;
  private int scrolledBack;

  /**
   * @param terminal whether the process has a pseudo terminal
   * @param changed called from any thread when there is something new to see
   */
  Console(
      String containerId,
      Kind kind,
      String title,
      ContainerProcess process,
      boolean terminal,
      TerminalSize size,
      Runnable changed) {
    this.containerId = containerId;
    this.kind = kind;
    this.title = title;
    this.process = process;
    this.terminal = terminal;
    this.changed = changed;
    emulator = new Emulator(size.columns(), size.rows(), HISTORY_ROWS, this::reply);
    emulator.setNewLineMode(!terminal);
  }

  /** Starts reading and writing; {@code onEnd} is called from another thread with the exit code. */
  void start(Consumer<Integer> onEnd) {
    Thread output = Thread.startVirtualThread(() -> pump(process.getInputStream()));
    Thread errors = Thread.startVirtualThread(() -> pump(process.getErrorStream()));
    Thread writer = Thread.startVirtualThread(this::write);
    Thread.startVirtualThread(
        () -> {
          try {
            int code = process.waitFor();
            output.join();
            errors.join();
            ended = "exited " + code;
            writer.interrupt();
            onEnd.accept(code);
            changed.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void pump(InputStream stream) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        emulator.feed(buffer, 0, n);
        changed.run();
        lookAgain();
      }
    } catch (IOException e) {
      // The machine went away under it; waitFor tells.
    }
  }

  /** When the program holds its picture still and forgets about it, it is drawn all the same. */
  private void lookAgain() {
    Duration wait = emulator.heldStill();
    if (wait.isPositive() && lookingAgain.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              Thread.sleep(wait.plusMillis(1));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            lookingAgain.set(false);
            changed.run();
          });
    }
  }

  private void write() {
    OutputStream out = process.getOutputStream();
    try {
      while (true) {
        switch (input.take()) {
          case Input.Bytes b -> {
            out.write(b.bytes());
            out.flush();
          }
          case Input.Size s -> process.resize(s.size());
        }
      }
    } catch (IOException | InterruptedException e) {
      // It has ended or closed its input: nobody is left to write to.
    }
  }

  /** Answers of the emulator; a guest that asks and does not read loses them. */
  private void reply(String text) {
    input.offer(new Input.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a key; false if the program does not read what it was sent before. */
  boolean type(Key key) {
    scrolledBack = 0;
    byte[] bytes = KeyEncoder.encode(key, emulator.keyModes());
    return bytes.length == 0 || input.offer(new Input.Bytes(bytes));
  }

  void resize(TerminalSize size) {
    if (emulator.columns() == size.columns() && emulator.rows() == size.rows()) {
      return;
    }
    emulator.resize(size.columns(), size.rows());
    if (terminal) {
      input.offer(new Input.Size(size));
    }
  }

  /** Looks {@code rows} further back, negative: forward. */
  void scroll(int rows) {
    scrolledBack = emulator.view(scrolledBack + rows).scrolledBack();
  }

  void attach(boolean on) {
    boolean wasAttached = attached;
    attached = on && isInteractive();
    if (attached != wasAttached && isInteractive() && emulator.focusReports()) {
      input.offer(new Input.Bytes(KeyEncoder.focus(attached)));
    }
    if (attached) {
      scrolledBack = 0;
    }
  }

  boolean isAttached() {
    return attached && ended.isEmpty();
  }

  boolean isInteractive() {
    return terminal && ended.isEmpty();
  }

  boolean hasEnded() {
    return !ended.isEmpty();
  }

  int rows() {
    return emulator.rows();
  }

  String containerId() {
    return containerId;
  }

  Kind kind() {
    return kind;
  }

  String title() {
    return title;
  }

  /** Ends a process that was started for this console, as closing a terminal window does. */
  void hangUp() {
    if (kind != Kind.MAIN && ended.isEmpty()) {
      Thread.startVirtualThread(
          () -> {
            process.signal(SIGHUP);
            process.destroy();
          });
    }
  }

  /** What is to be seen now. */
  TerminalView view() {
    return emulator.view(scrolledBack);
  }
}
