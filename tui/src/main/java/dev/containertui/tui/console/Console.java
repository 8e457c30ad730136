package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.tui.vt.Emulator;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.KeyEncoder;
import dev.containertui.tui.vt.Match;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.vt.MouseEncoder;
import dev.containertui.tui.vt.MouseModes.Tracking;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.TerminalHost;
import dev.containertui.tui.vt.TerminalView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process whose output is shown by a terminal emulator and that gets keys. Threads of its own
 * read and write it, so that a guest which does not read, or writes without end, holds nobody up.
 * No method blocks, but for {@link #close}.
 */
public final class Console {
  public static final int HISTORY_ROWS = 10_000;

  /** More places are not looked for. */
  static final int MAX_MATCHES = 5000;

  private static final int INPUT_QUEUE = 512;

  /** While a window is being dragged, only the size that it comes to rest at is told. */
  private static final long RESIZE_REST_MILLIS = 60;

  /** Whom a console tells what happens; called from any thread, must not block. */
  public interface Listener {
    /** There is something new to see. */
    void changed();

    /** The guest wants a text on the clipboard; nothing has been done about it. */
    void clipboard(String text);

    /** It has ended; all of its output has been shown. */
    void ended();
  }

  private sealed interface Input {
    record Bytes(byte[] bytes) implements Input {}

    record Size(TerminalSize size) implements Input {}

    record End() implements Input {}
  }

  private record Found(String text, long revision, List<Match> matches) {}

  private final ConsoleProcess process;
  private final Listener listener;
  private final Emulator emulator;
  private final BlockingQueue<Input> input = new ArrayBlockingQueue<>(INPUT_QUEUE);
  private final AtomicBoolean lookingAgain = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile String ended = "";
  private volatile OutputStream mirror;
  private final ClipboardFilter mirrored = new ClipboardFilter();
  private Thread reader;
  private Thread writer;
  private Found found = new Found("", -1, List.of());

  public Console(ConsoleProcess process, TerminalSize size, Listener listener) {
    this.process = process;
    this.listener = listener;
    emulator = new Emulator(size.columns(), size.rows(), HISTORY_ROWS, new Guest());
    emulator.setNewLineMode(!process.onTerminal());
  }

  /** What the guest wants of the world outside. */
  private final class Guest implements TerminalHost {
    /** A guest that asks and does not read loses the answers. */
    @Override
    public void reply(String answer) {
      if (mirror == null) { // else the user's own terminal answers
        input.offer(new Input.Bytes(answer.getBytes(StandardCharsets.UTF_8)));
      }
    }

    @Override
    public void clipboard(String text) {
      listener.clipboard(text);
    }
  }

  /** Begins to read and write. */
  public void start() {
    TerminalSize size = new TerminalSize(emulator.columns(), emulator.rows());
    if (process.onTerminal()) {
      input.offer(new Input.Size(size)); // that of a main process is still another's
    }
    reader = Thread.ofVirtual().name("console-output").start(this::read);
    writer = Thread.ofVirtual().name("console-input").start(this::write);
  }

  private void read() {
    String end;
    try {
      process.read(this::show);
      end = process.end();
    } catch (IOException e) {
      end = closed.get() ? "closed" : "lost: " + e.getMessage();
    } catch (InterruptedException e) {
      end = "closed";
    } catch (RuntimeException e) {
      end = "lost: " + e.getMessage();
    }
    ended = end;
    writer.interrupt();
    listener.ended();
    listener.changed();
  }

  private void show(byte[] bytes, int offset, int length) {
    emulator.feed(bytes, offset, length);
    OutputStream bare = mirror;
    if (bare != null) {
      try {
        bare.write(mirrored.filter(bytes, offset, length));
        bare.flush();
      } catch (IOException e) {
        mirror = null; // that terminal has gone
      }
      return;
    }
    listener.changed();
    lookAgain();
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
            listener.changed();
          });
    }
  }

  private void write() {
    OutputStream out = process.input();
    try {
      Input next = input.take();
      while (true) {
        switch (next) {
          case Input.Bytes bytes -> {
            out.write(bytes.bytes());
            out.flush();
            next = input.take();
          }
          case Input.Size size -> {
            Input after = input.poll(RESIZE_REST_MILLIS, TimeUnit.MILLISECONDS);
            if (!(after instanceof Input.Size)) {
              resizeProcess(size.size());
            }
            next = after == null ? input.take() : after;
          }
          case Input.End _ -> {
            out.close();
            return;
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      // It has ended or closed its input: nobody is left to write to.
    }
  }

  private void resizeProcess(TerminalSize size) {
    try {
      process.resize(size);
    } catch (EngineException e) {
      // It has ended meanwhile, or its container does not run yet.
    }
  }

  // --- from the user

  /** Sends a key; false if the program does not read what it was sent before. */
  public boolean type(Key key) {
    if (!isInteractive()) {
      return true;
    }
    if (!process.onTerminal()) {
      return typeLine(key);
    }
    return send(KeyEncoder.encode(key, emulator.keyModes()));
  }

  /** Nobody echoes what a program without a terminal is sent, and its lines end with LF. */
  private boolean typeLine(Key key) {
    if (key.isControl('d')) {
      return input.offer(new Input.End());
    }
    byte[] bytes = KeyEncoder.encode(key, emulator.keyModes());
    String text = new String(bytes, StandardCharsets.UTF_8).replace('\r', '\n');
    if (text.codePoints().anyMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c))) {
      return true; // a key without a character
    }
    byte[] typed = text.getBytes(StandardCharsets.UTF_8);
    emulator.feed(typed);
    return send(typed);
  }

  /** Reports the mouse, whose position is in cells of this terminal, if the guest wants that. */
  public boolean point(Mouse mouse) {
    return !isInteractive() || send(MouseEncoder.encode(mouse, emulator.mouseModes()));
  }

  /** Whether the guest wants to be told this of the mouse. */
  boolean wants(Mouse mouse) {
    return isInteractive() && MouseEncoder.encode(mouse, emulator.mouseModes()).length > 0;
  }

  /** Whether the guest wants to hear of the mouse at all. */
  boolean tracksMouse() {
    return isInteractive() && emulator.mouseModes().tracking() != Tracking.OFF;
  }

  /** Whether it wants to hear of the mouse when no button is pressed. */
  boolean tracksMovement() {
    return isInteractive() && emulator.mouseModes().tracking() == Tracking.MOVEMENT;
  }

  /** Tells the guest, if it wants to know, that the keyboard is its, or not any more. */
  public void focus(boolean gained) {
    if (isInteractive() && emulator.focusReports()) {
      send(KeyEncoder.focus(gained));
    }
  }

  /** Waits until it has ended. */
  void awaitEnd() throws InterruptedException {
    reader.join();
  }

  /** Whether it has the user's terminal to itself. */
  boolean isBare() {
    return mirror != null;
  }

  /** Sends bytes as they are; false if there is no room for them. */
  boolean send(byte[] bytes) {
    return bytes.length == 0 || input.offer(new Input.Bytes(bytes));
  }

  /** Whether a text of several lines would be run line by line. */
  boolean pastesAreTyped() {
    return !emulator.keyModes().bracketedPaste();
  }

  public void resize(TerminalSize size) {
    if (emulator.columns() == size.columns() && emulator.rows() == size.rows()) {
      return;
    }
    emulator.resize(size.columns(), size.rows());
    if (process.onTerminal() && ended.isEmpty()) {
      input.offer(new Input.Size(size));
    }
  }

  /** Whether keys have a meaning to it. */
  public boolean isInteractive() {
    return ended.isEmpty() && process.hasInput();
  }

  public boolean hasEnded() {
    return !ended.isEmpty();
  }

  /** How it ended, in a few words; empty if it has not. */
  public String ended() {
    return ended;
  }

  /** Lets go of the process; its last screen stays. Blocks for as long as the engine takes. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      process.close();
      if (reader != null) {
        reader.interrupt();
        writer.interrupt();
      }
    }
  }

  /**
   * Writes what comes from now on to the user's terminal itself too; null: not any more. What the
   * guest asks of its terminal is answered by that one.
   */
  void mirror(OutputStream bare) {
    mirror = bare;
    if (bare == null) {
      listener.changed();
    }
  }

  // --- what is to be seen

  /** The present, or what is seen from a row on; see {@link Emulator#viewFrom}. */
  public TerminalView view(OptionalLong from) {
    return from.isPresent() ? emulator.viewFrom(from.getAsLong()) : emulator.view(0);
  }

  TerminalView viewBack(int rows) {
    return emulator.view(rows);
  }

  /** The places of a text, oldest first; without capital letters in it, case does not matter. */
  List<Match> search(String text) {
    long revision = emulator.revision();
    if (!found.text().equals(text) || found.revision() != revision) {
      boolean ignoreCase = text.codePoints().noneMatch(Character::isUpperCase);
      found = new Found(text, revision, emulator.search(text, ignoreCase, MAX_MATCHES));
    }
    return found.matches();
  }

  String text(Position from, Position to) {
    return emulator.text(from, to);
  }

  /** The shape that the guest gave its cursor, see {@link Emulator#cursorShape}. */
  int cursorShape() {
    return emulator.cursorShape();
  }

  /** What makes another terminal's keys, mouse and cursor as the guest wants them. */
  String modes() {
    return TerminalModes.of(emulator);
  }

  /** The title the guest gave itself, clean. */
  public String title() {
    return emulator.title();
  }

  public long bells() {
    return emulator.bells();
  }

  Optional<String> link(int number) {
    return Optional.of(emulator.link(number)).filter(l -> !l.isEmpty());
  }

  int columns() {
    return emulator.columns();
  }

  int rows() {
    return emulator.rows();
  }
}
