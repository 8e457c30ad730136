package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows are kept as they were, in little memory. */
class ScrollbackTest {
  /** A row with all that a row may have. */
  private static Line random(Random random) {
    int columns = 1 + random.nextInt(60);
    Line line = new Line(columns);
    int kind = random.nextInt(4);
    for (int x = 0; x < columns - 1; x += 2) {
      if (random.nextInt(5) == 0) {
        continue;
      }
      long style =
          kind == 0
              ? Style.PLAIN
              : Style.withForeground(Style.BOLD, Style.indexed(random.nextInt(3)));
      long extra =
          random.nextInt(9) == 0 ? CellDetails.extra(Style.rgb(1, 2, 3), random.nextInt(600)) : 0;
      int glyph =
          switch (random.nextInt(1 + kind)) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0x6f22;
            case 2 -> 0xffff;
            default -> 0x1f600;
          };
      line.put(x, glyph, CharWidth.of(glyph), style, extra);
      if (random.nextInt(9) == 0) {
        line.addMark(x, 0x301);
        line.addMark(x, 0xe0041);
      }
    }
    line.setWrapped(random.nextInt(3) == 0);
    return line;
  }

  private static String cells(Line line) {
    StringBuilder cells = new StringBuilder(line.isWrapped() ? line.columns() + "+" : "");
    int end = line.isWrapped() ? line.columns() : line.usedEnd();
    for (int x = 0; x < end; x++) {
      cells.append(line.glyph(x)).append(line.marks(x)).append(' ').append(line.style(x));
      cells.append(' ').append(line.underlineColor(x)).append(' ').append(line.link(x)).append('|');
    }
    return cells.toString();
  }

  @Test
  void theLastRowsAreThereAsTheyWere() {
    Random random = new Random(2);
    for (int bytes : new int[] {300, 3000, 100_000}) {
      Scrollback history = new Scrollback(40, bytes);
      ArrayDeque<String> expected = new ArrayDeque<>();
      for (int i = 0; i < 5000; i++) {
        Line line = random(random);
        history.push(line);
        expected.add(cells(line));
        if (random.nextInt(20) == 0 && history.size() > 0) {
          history.endText();
          line.setWrapped(false);
          expected.removeLast();
          expected.add(cells(line));
        }
        while (expected.size() > history.size()) {
          expected.removeFirst();
        }
        assertEquals(i + 1, history.forgotten() + history.size());
        assertTrue(history.bytes() <= bytes && history.size() <= 40);
        Iterator<String> rows = expected.iterator();
        for (int row = 0; row < history.size(); row++) {
          assertEquals(rows.next(), cells(history.get(row)));
        }
      }
      assertTrue(bytes < 100_000 || history.size() == 40);
    }
  }

  @Test
  void aRowThatIsTooLargeLeavesNone() {
    Scrollback history = new Scrollback(10, 200);
    Line line = new Line(20);
    line.put(0, 'a', 1, Style.PLAIN, 0);
    history.push(line);
    assertEquals(1, history.size());
    Line large = new Line(300);
    large.put(299, 'a', 1, Style.PLAIN, 0);
    history.push(large);
    assertEquals(0, history.size());
    assertEquals(2, history.forgotten());
    history.push(line);
    assertEquals(cells(line), cells(history.get(0)));
  }

  @Test
  void plainTextTakesAboutAByteForACharacter() {
    Scrollback history = new Scrollback(1000, 1 << 20);
    Line line = new Line(200);
    line.putAscii(0, new byte[100], 0, 100, Style.PLAIN, 0);
    line.put(99, 'x', 1, Style.PLAIN, 0);
    for (int i = 0; i < 1000; i++) {
      history.push(line);
    }
    assertTrue(history.bytes() < 300_000, history.bytes() + " bytes");
  }

  @Test
  void aRowThatIsLookedAtAgainIsTheSame() {
    Scrollback history = new Scrollback(10, 10_000);
    Line line = new Line(5);
    history.push(line);
    Line seen = history.get(0);
    history.push(line);
    assertSame(seen, history.get(0));
    line.setWrapped(true);
    history.push(line);
    assertTrue(history.get(2).isWrapped());
    history.endText();
    assertFalse(history.get(2).isWrapped());
  }

  @Test
  void nothingIsKeptWhereNothingMayBe() {
    Scrollback none = new Scrollback(0, 10_000);
    none.push(new Line(5));
    assertEquals(0, none.size());
    assertEquals(1, none.forgotten());
  }
}
