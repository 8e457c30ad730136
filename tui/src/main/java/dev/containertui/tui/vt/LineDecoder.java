package dev.containertui.tui.vt;

import dev.containertui.view.SafeText;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts output into lines without being a terminal: colours and attributes stay, everything else
 * that is no text goes. A carriage return begins the line anew, as progress bars mean it; what is
 * longer than {@value #MAX_LENGTH} characters becomes several lines. Not for several threads.
 */
public final class LineDecoder {
  public static final int MAX_LENGTH = 8192;

  private static final int MAX_SPANS = 1024;
  private static final int TAB = 8;
  private static final int[] NOWHERE = {};
  private static final long[] NOTHING = {};

  private final Utf8Decoder utf8 = new Utf8Decoder();
  private final Parser parser = new Parser(new Output());
  private final Cursor cursor = new Cursor();
  private final StringBuilder text = new StringBuilder();
  private int[] starts = new int[8];
  private long[] styles = new long[8];
  private int spans;
  private boolean returned;
  private Consumer<StyledLine> sink = _ -> {};

  /** Takes output, split anywhere; {@code lines} gets the lines that it completes. */
  public void feed(byte[] bytes, Consumer<StyledLine> lines) {
    sink = lines;
    for (byte b : bytes) {
      if (b >= 0x20 && b != 0x7f && utf8.isIdle() && parser.isGround()) {
        print(b);
      } else {
        utf8.decode(b & 0xff, parser::accept);
      }
    }
    sink = _ -> {};
  }

  /** The line that is not complete, if one has begun. */
  public Optional<StyledLine> open() {
    return text.isEmpty() ? Optional.empty() : Optional.of(line());
  }

  private StyledLine line() {
    return spans == 0
        ? new StyledLine(text.toString(), NOWHERE, NOTHING)
        : new StyledLine(
            text.toString(), Arrays.copyOf(starts, spans), Arrays.copyOf(styles, spans));
  }

  private void end() {
    sink.accept(line());
    clear();
  }

  private void clear() {
    text.setLength(0);
    spans = 0;
    returned = false;
  }

  private void print(int c) {
    if (returned) {
      clear();
    }
    if (text.length() >= MAX_LENGTH) {
      end();
    }
    long style = cursor.style & ~(Style.BLINK | Style.HIDDEN);
    long before = spans == 0 ? Style.PLAIN : styles[spans - 1];
    if (style != before && spans < MAX_SPANS) {
      if (spans == starts.length) {
        starts = Arrays.copyOf(starts, 2 * spans);
        styles = Arrays.copyOf(styles, 2 * spans);
      }
      starts[spans] = text.length();
      styles[spans++] = style;
    }
    text.appendCodePoint(c);
  }

  private void backspace() {
    if (!text.isEmpty() && !returned) {
      text.setLength(text.offsetByCodePoints(text.length(), -1));
      while (spans > 0 && starts[spans - 1] >= text.length()) {
        spans--;
      }
    }
  }

  private final class Output implements Parser.Handler {
    @Override
    public void print(int c) {
      if (c == 0x7f) {
        return;
      }
      if (!Character.isDefined(c) || SafeText.isHidden(c)) {
        LineDecoder.this.print('·');
      } else if (CharWidth.of(c) > 0) {
        LineDecoder.this.print(c);
      }
    }

    @Override
    public void control(int code) {
      switch (code) {
        case '\n' -> end();
        case '\r' -> returned = true;
        case '\b' -> backspace();
        case '\t' -> {
          do {
            LineDecoder.this.print(' ');
          } while (text.length() % TAB != 0);
        }
        default -> {}
      }
    }

    @Override
    public void escape(int intermediate, int last) {}

    @Override
    public void csi(int prefix, Parameters parameters, int intermediate, int last) {
      if (prefix == 0 && intermediate == 0 && last == 'm') {
        Rendition.apply(parameters, cursor);
      }
    }

    @Override
    public void osc(String command) {}

    @Override
    public void dcs(int prefix, Parameters parameters, int intermediate, int last, String string) {}
  }
}
