package dev.containertui.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.vt.StyledLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
  static List<TextRow> rows(int from, int to) {
    List<TextRow> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(TextRow.of(StyledLine.plain("line " + i)));
    }
    return rows;
  }

  @Test
  void linesKeepTheirNumbersWhenTheFirstAreForgotten() {
    Lines lines = Lines.NONE;
    for (int i = 0; i < 30_000; i += 100) {
      lines = lines.add(rows(i, i + 100), List.of());
    }
    assertEquals(30_000, lines.end());
    assertTrue(lines.end() - lines.first() >= Lines.MAX_LINES, "as many as are kept");
    assertTrue(lines.end() - lines.first() < Lines.MAX_LINES + 600, "and no more");
    assertEquals("line 29999", lines.get(29_999).text());
    assertEquals("line " + lines.first(), lines.get(lines.first()).text());
  }

  @Test
  void longLinesAreForgottenSooner() {
    List<TextRow> wide = List.of(TextRow.of(StyledLine.plain("x".repeat(8000))));
    Lines lines = Lines.NONE;
    for (int i = 0; i < 5000; i++) {
      lines = lines.add(wide, List.of());
    }
    assertTrue((lines.end() - lines.first()) * 8000 < Lines.MAX_WEIGHT + 256 * 8100);
  }

  @Test
  void anOpenLineFollowsTheOthersUntilItIsComplete() {
    Lines lines = Lines.of(rows(0, 3)).add(List.of(), rows(99, 100));
    assertEquals(4, lines.end());
    assertEquals("line 99", lines.get(3).text());
    lines = lines.add(rows(3, 4), List.of());
    assertEquals(4, lines.end());
    assertEquals("line 3", lines.get(3).text());
  }

  @Test
  void searchingFindsWhatLookingAtEveryLineFinds() {
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      Lines lines = Lines.NONE;
      int count = random.nextInt(700);
      for (int i = 0; i < count; i++) {
        String text = random.nextInt(9) == 0 ? "needle" : "hay";
        lines = lines.add(List.of(TextRow.of(StyledLine.plain(text))), List.of());
      }
      lines = lines.add(List.of(), List.of(TextRow.of(StyledLine.plain("open needle"))));
      Search search = Search.of("needle");
      for (int probe = 0; probe < 50; probe++) {
        long from = random.nextInt(count + 3) - 1;
        assertEquals(slowly(lines, from, 1, search), lines.next(from, search));
        assertEquals(slowly(lines, from, -1, search), lines.previous(from, search));
        long at = Math.max(0, from);
        long expected = 0;
        for (long i = 0; i < Math.min(at, lines.end()); i++) {
          expected += search.matches(lines.get(i).text()) ? 1 : 0;
        }
        assertEquals(expected, lines.countBefore(at, search));
      }
    }
  }

  private static OptionalLong slowly(Lines lines, long from, int step, Search search) {
    long at = step > 0 ? Math.max(0, from) : Math.min(from, lines.end() - 1);
    for (; at >= 0 && at < lines.end(); at += step) {
      if (search.matches(lines.get(at).text())) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  @Test
  void capitalsCountOnlyIfThereIsOne() {
    assertTrue(Search.of("error").matches("An ERROR"));
    assertFalse(Search.of("Error").matches("an ERROR"));
    assertTrue(Search.of("~err.r").matches("ERROR"));
    assertTrue(Search.of("a.b").matches("a.b"));
    assertFalse(Search.of("a.b").matches("axb"));
    assertTrue(Search.of("~(").problem().isPresent());
  }
}
