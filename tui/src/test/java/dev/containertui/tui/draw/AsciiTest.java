package dev.containertui.tui.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.vt.Style;
import org.junit.jupiter.api.Test;

class AsciiTest {
  private static String drawn(String text) {
    Canvas canvas = new Canvas(30, 1);
    canvas.text(0, 0, text, Style.PLAIN);
    return Ascii.of(canvas.freeze()).text().stripTrailing();
  }

  @Test
  void symbolsBecomeWhatIsNearest() {
    assertEquals("* running | 2 > x ~", drawn("● running · 2 → ✗ …"));
    assertEquals("+-+|+-+", drawn("╭─╮│╰─╯"));
    assertEquals("_.-=+*##", drawn("▁▂▃▄▅▆▇█"));
  }

  @Test
  void whatHasNoStandInKeepsItsPlace() {
    assertEquals("a?b? c", drawn("aéb漢c"));
  }

  @Test
  void noCharacterIsLeftBeyondAscii() {
    for (int c = 0x20; c < 0x3000; c++) {
      String text = drawn("x" + Character.toString(c) + "y");
      assertTrue(text.chars().allMatch(k -> k <= 0x7e), Integer.toHexString(c));
    }
  }
}
