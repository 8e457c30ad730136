package dev.containertui.tui.terminal;

import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.io.IOException;
import java.util.function.Consumer;

/** Where pictures go and keys come from. */
public interface Screen extends AutoCloseable {
  int columns();

  int rows();

  void paint(Frame frame);

  /** The next picture is sent whole: something else may have written on the terminal. */
  void repaintAll();

  /** Calls {@code listener}, from any thread, when the size may have changed. */
  void onResize(Runnable listener);

  /** Hands keys and the mouse on, in the calling thread, until there are no more. */
  void readKeys(Consumer<Key> keys, Consumer<Mouse> mouse) throws IOException;

  /** Whether the terminal tells us of its mouse; else its own selection works. */
  void mouse(boolean ours);

  /** Puts a text on the terminal's clipboard (OSC 52), if the terminal lets us. */
  void clipboard(String text);

  /**
   * Runs {@code work} with the terminal in its ordinary mode, and takes it back afterwards. Blocks;
   * keys go to {@code work}.
   */
  void suspend(Runnable work);

  /** Puts the terminal back as it was; may be called more than once, from any thread. */
  @Override
  void close();
}
