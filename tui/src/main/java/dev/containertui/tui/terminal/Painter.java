package dev.containertui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen.RefreshType;
import com.googlecode.lanterna.screen.TerminalScreen;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Puts {@link Frame}s on a terminal by way of Lanterna's screen, which sends only what changed. */
final class Painter {
  /**
   * Making a Lanterna character is dear (a BreakIterator each), so they are kept; at most so many.
   */
  private static final int MAX_CACHED = 20_000;

  private record Look(String glyph, int cells, long style, int underlineColor) {}

  private static final Map<Long, SGR> FLAGS =
      Map.of(
          Style.BOLD, SGR.BOLD,
          Style.DIM, LanternaTerminal.DIM,
          Style.ITALIC, SGR.ITALIC,
          Style.UNDERLINE, SGR.UNDERLINE,
          Style.BLINK, SGR.BLINK,
          Style.INVERSE, SGR.REVERSE,
          Style.STRIKE, SGR.CROSSED_OUT);

  private final ColorDepth depth;
  private final LineStyles lines;
  private final GlyphTokens tokens = new GlyphTokens();
  private final Map<Look, TextCharacter> cache = new HashMap<>();
  private final Buffers screen;

  /** Lanterna's screen, with a way to say that it does not know what the terminal shows. */
  private static final class Buffers extends TerminalScreen {
    /** Nothing that is ever shown. */
    private static final TextCharacter UNKNOWN = TextCharacter.fromString("\uf8ff")[0];

    Buffers(LanternaTerminal terminal) throws IOException {
      super(terminal);
    }

    boolean shows(int x, int y, TextCharacter character) {
      return character.equals(getFrontBuffer().getCharacterAt(x, y));
    }

    /** Sends the row from there on again, whatever it was. */
    void forget(int x, int y) {
      for (int i = x; i < getTerminalSize().getColumns(); i++) {
        getFrontBuffer().setCharacterAt(i, y, UNKNOWN);
      }
    }
  }

  Painter(OutputStream output, Supplier<TerminalSize> size, LineStyles lines) throws IOException {
    this.depth = lines.depth();
    this.lines = lines;
    screen = new Buffers(new LanternaTerminal(output, size, tokens));
  }

  void start() throws IOException {
    screen.startScreen();
  }

  void stop() throws IOException {
    screen.stopScreen(false);
  }

  /** Forgets what is on the terminal: the next picture is sent whole. */
  void invalidate() {
    screen.clear();
  }

  void paint(Frame frame) throws IOException {
    screen.getTerminal().getTerminalSize(); // tells the screen about a change
    screen.doResizeIfNecessary();
    fill(frame);
    if (tokens.hasOverflowed()) {
      tokens.reset();
      cache.clear();
      screen.clear();
      fill(frame);
    }
    screen.setCursorPosition(
        frame.hasCursor() ? new TerminalPosition(frame.cursorColumn(), frame.cursorRow()) : null);
    screen.refresh(RefreshType.AUTOMATIC);
  }

  private void fill(Frame frame) {
    TerminalSize size = screen.getTerminalSize();
    int columns = Math.min(frame.columns(), size.getColumns());
    int rows = Math.min(frame.rows(), size.getRows());
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        String glyph = frame.glyph(x, y);
        if (!glyph.isEmpty()) {
          boolean wide = x + 1 < frame.columns() && frame.glyph(x + 1, y).isEmpty();
          Look look = new Look(glyph, wide ? 2 : 1, frame.style(x, y), frame.underlineColor(x, y));
          TextCharacter character = character(look);
          // A terminal that takes it for wider overwrites what follows.
          if (DisputedWidth.in(glyph) && !screen.shows(x, y, character)) {
            screen.forget(x + look.cells(), y);
          }
          screen.setCharacter(x, y, character);
        }
      }
    }
  }

  private TextCharacter character(Look look) {
    if (cache.size() > MAX_CACHED) {
      cache.clear();
    }
    return cache.computeIfAbsent(look, this::make);
  }

  private TextCharacter make(Look look) {
    EnumSet<SGR> modifiers = EnumSet.noneOf(SGR.class);
    FLAGS.forEach(
        (flag, sgr) -> {
          if (Style.has(look.style(), flag)) {
            modifiers.add(sgr);
          }
        });
    String glyph = look.glyph();
    if (lines.isNeeded(look.style(), look.underlineColor())) {
      modifiers.remove(SGR.UNDERLINE);
      glyph = lines.around(glyph, look.style(), look.underlineColor());
    }
    TextColor foreground = depth.color(Style.foreground(look.style()));
    TextColor background = depth.color(Style.background(look.style()));
    String token = tokens.token(glyph, look.cells());
    return TextCharacter.fromString(token, foreground, background, modifiers)[0];
  }
}
