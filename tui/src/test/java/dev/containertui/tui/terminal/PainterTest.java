package dev.containertui.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.googlecode.lanterna.TerminalSize;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Emulator;
import dev.containertui.tui.vt.Line;
import dev.containertui.tui.vt.Style;
import dev.containertui.tui.vt.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bytes that are sent make a terminal show the picture: our emulator is that terminal. */
class PainterTest {
  private static final int COLUMNS = 40;
  private static final int ROWS = 6;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Emulator terminal = new Emulator(COLUMNS, ROWS, 0, reply -> {});
  private TerminalSize size = new TerminalSize(COLUMNS, ROWS);

  private Painter painter(ColorDepth depth) throws IOException {
    Painter painter = new Painter(output, () -> size, LineStyles.of(depth, Map.of()));
    painter.start();
    return painter;
  }

  private int show(Painter painter, Frame frame) throws IOException {
    painter.paint(frame);
    int sent = output.size();
    terminal.feed(output.toByteArray());
    output.reset();
    return sent;
  }

  private void assertShown(Frame frame) {
    TerminalView view = terminal.view(0);
    for (int y = 0; y < frame.rows(); y++) {
      Line line = view.lines().get(y);
      for (int x = 0; x < frame.columns(); x++) {
        assertEquals(frame.glyph(x, y), line.text(x), "cell " + x + "," + y);
        if (!frame.glyph(x, y).isEmpty()) {
          assertEquals(frame.style(x, y), line.style(x), "style " + x + "," + y);
        }
      }
    }
  }

  @Test
  void wideAndCombiningAndEmojiArriveWhole() throws IOException {
    Painter painter = painter(ColorDepth.TRUE_COLOR);
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.text(0, 0, "漢字 😀 ⌚ ✅ x │ ▁█ ● \ue0b0 ｱ 𝔘 é", Style.PLAIN);
    Emulator inner = new Emulator(30, 2, 0, reply -> {});
    inner.feed("e\u0301a\u0308 漢\u0301 👍 z".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    canvas.terminal(new dev.containertui.tui.draw.Rect(0, 1, 30, 2), inner.view(0));
    Frame frame = canvas.freeze();
    show(painter, frame);
    assertShown(frame);
  }

  @Test
  void kindsAndColoursOfUnderlinesArrive() throws IOException {
    Painter painter = painter(ColorDepth.TRUE_COLOR);
    Emulator inner = new Emulator(30, 2, 0, reply -> {});
    inner.feed(
        "\u001b[4:3;58:2::1:2:3mcurly\u001b[0m plain \u001b[4:2mdouble\u001b[0;53m over\u001b[0;4;58:5:9m 漢"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.terminal(new dev.containertui.tui.draw.Rect(0, 1, 30, 2), inner.view(0));
    Frame frame = canvas.freeze();
    show(painter, frame);
    assertShown(frame);
    Line line = terminal.view(0).lines().get(1);
    assertEquals(Style.rgb(1, 2, 3), line.underlineColor(0));
    assertEquals(Style.DEFAULT_COLOR, line.underlineColor(6));
    assertEquals(Style.indexed(9), line.underlineColor(24));
  }

  @Test
  void aTerminalOfFewColoursGetsPlainUnderlines() throws IOException {
    Painter painter = painter(ColorDepth.ANSI_16);
    Emulator inner = new Emulator(30, 2, 0, reply -> {});
    inner.feed("\u001b[4:3;58:2::1:2:3mcurly".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.terminal(new dev.containertui.tui.draw.Rect(0, 0, 30, 2), inner.view(0));
    show(painter, canvas.freeze());
    assertEquals(Style.UNDERLINE, terminal.view(0).lines().get(0).style(0));
  }

  /** A terminal that takes the warning sign for {@code theirs} shows all else in its place. */
  private void assertOnlyTheSignDiffers(String theirs, int upTo) throws IOException {
    Painter painter = painter(ColorDepth.TRUE_COLOR);
    Canvas before = new Canvas(COLUMNS, ROWS);
    Canvas after = new Canvas(COLUMNS, ROWS);
    for (Canvas canvas : java.util.List.of(before, after)) {
      canvas.text(0, 0, "0123456789".repeat(4), Style.PLAIN);
      canvas.text(0, 1, "│" + "0123456789".repeat(3) + "       │", Style.PLAIN);
    }
    Emulator inner = new Emulator(4, 1, 0, reply -> {});
    inner.feed("\u26a0\ufe0f ".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    after.terminal(new dev.containertui.tui.draw.Rect(5, 1, 3, 1), inner.view(0));
    for (Canvas canvas : java.util.List.of(before, after, before)) {
      Frame frame = canvas.freeze();
      painter.paint(frame);
      String sent = output.toString(java.nio.charset.StandardCharsets.UTF_8);
      output.reset();
      terminal.feed(
          sent.replace("\u26a0\ufe0f", theirs).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          if (y == 0 || x < 5 || x > upTo || canvas == before) {
            String shown = terminal.view(0).lines().get(y).text(x);
            assertEquals(frame.glyph(x, y), shown, "cell " + x + "," + y);
          }
        }
      }
    }
  }

  @Test
  void aTerminalThatTakesAnEmojiForNarrowerShowsTheRestInItsPlace() throws IOException {
    assertOnlyTheSignDiffers("w", 6);
    assertOnlyTheSignDiffers("", 6);
  }

  @Test
  void aTerminalThatTakesAnEmojiForWiderShowsTheRestInItsPlace() throws IOException {
    assertOnlyTheSignDiffers("漢字", 6);
  }

  @Test
  void stylesAndColoursArrive() throws IOException {
    Painter painter = painter(ColorDepth.TRUE_COLOR);
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    long[] flags = {
      Style.BOLD,
      Style.DIM,
      Style.ITALIC,
      Style.UNDERLINE,
      Style.BLINK,
      Style.INVERSE,
      Style.STRIKE,
      Style.BOLD | Style.DIM,
      Style.DIM | Style.INVERSE,
      Style.DIM,
      Style.BOLD
    };
    for (int i = 0; i < flags.length; i++) {
      canvas.text(i * 2, 0, "x", flags[i]);
    }
    long rgb = Style.withForeground(Style.PLAIN, Style.rgb(1, 2, 3));
    canvas.text(0, 1, "rgb", Style.withBackground(rgb, Style.rgb(200, 100, 50)));
    canvas.text(0, 2, "index", Style.withForeground(Style.BOLD, Style.indexed(208)));
    canvas.text(0, 3, "basic", Style.withBackground(Style.PLAIN, Style.indexed(12)));
    Frame frame = canvas.freeze();
    show(painter, frame);
    assertShown(frame);
  }

  @Test
  void randomChangesArriveAsDifferences() throws IOException {
    Painter painter = painter(ColorDepth.TRUE_COLOR);
    Random random = new Random(5);
    String[] texts = {"word", "漢字", "😀", "é", "│", " ", "longer text here"};
    for (int round = 0; round < 60; round++) {
      Canvas canvas = new Canvas(COLUMNS, ROWS);
      for (int i = 0; i < 25; i++) {
        long style =
            Style.withForeground(
                random.nextBoolean() ? Style.BOLD : Style.DIM, Style.indexed(random.nextInt(256)));
        canvas.text(
            random.nextInt(COLUMNS),
            random.nextInt(ROWS),
            texts[random.nextInt(texts.length)],
            style);
      }
      Frame frame = canvas.freeze();
      show(painter, frame);
      assertShown(frame);
    }
  }

  @Test
  void anUnchangedPictureCostsAlmostNothing() throws IOException {
    Painter painter = painter(ColorDepth.INDEXED_256);
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.text(0, 0, "the same as before", Style.PLAIN);
    Frame frame = canvas.freeze();
    show(painter, frame);
    assertTrue(show(painter, frame) < 32);
  }

  @Test
  void moreStrangeGlyphsThanThereAreStandInsAreStillShown() throws IOException {
    Painter painter = painter(ColorDepth.NONE);
    for (int round = 0; round < 40; round++) {
      Emulator inner = new Emulator(COLUMNS, ROWS, 0, reply -> {});
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < COLUMNS * ROWS - 1; i++) {
        text.appendCodePoint(0x12000 + (round * COLUMNS * ROWS + i) % 0x390);
        text.append((char) (0x300 + round));
      }
      inner.feed(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Canvas canvas = new Canvas(COLUMNS, ROWS);
      canvas.terminal(new dev.containertui.tui.draw.Rect(0, 0, COLUMNS, ROWS), inner.view(0));
      Frame frame = canvas.freeze();
      show(painter, frame);
      assertShown(frame);
    }
  }

  @Test
  void withoutColourOnlyAttributesAreSent() throws IOException {
    Painter painter = painter(ColorDepth.NONE);
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.text(0, 0, "x", Style.withForeground(Style.BOLD, Style.rgb(255, 0, 0)));
    show(painter, canvas.freeze());
    assertEquals(Style.BOLD, terminal.view(0).lines().getFirst().style(0));
  }

  @Test
  void aSmallerScreenClipsAndALargerOneShowsAll() throws IOException {
    Painter painter = painter(ColorDepth.NONE);
    Canvas canvas = new Canvas(COLUMNS, ROWS);
    canvas.text(0, 0, "0123456789".repeat(4), Style.PLAIN);
    Frame frame = canvas.freeze();
    size = new TerminalSize(10, 3);
    terminal.resize(10, 3);
    show(painter, frame);
    assertEquals("0123456789", terminal.view(0).lines().getFirst().toString());
    size = new TerminalSize(COLUMNS, ROWS);
    terminal.resize(COLUMNS, ROWS);
    show(painter, frame);
    assertShown(frame);
  }

  @Test
  void colourDepthFollowsTheEnvironment() {
    assertEquals(ColorDepth.NONE, ColorDepth.of(Map.of("NO_COLOR", "1", "TERM", "xterm")));
    assertEquals(ColorDepth.ANSI_16, ColorDepth.of(Map.of("NO_COLOR", "", "TERM", "xterm")));
    assertEquals(ColorDepth.INDEXED_256, ColorDepth.of(Map.of("TERM", "xterm-256color")));
    assertEquals(
        ColorDepth.TRUE_COLOR,
        ColorDepth.of(Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor")));
    assertEquals(ColorDepth.NONE, ColorDepth.of(Map.of("TERM", "dumb")));
  }

  @Test
  void coloursGoToTheNearestThereIs() {
    assertEquals(196, ColorDepth.nearestIndexed(0xff0000));
    assertEquals(244, ColorDepth.nearestIndexed(0x808080));
    assertEquals(9, ColorDepth.nearestBasic(0xf01010));
    assertEquals(0, ColorDepth.nearestBasic(0x101010));
  }
}
