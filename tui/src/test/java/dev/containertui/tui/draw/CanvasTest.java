package dev.containertui.tui.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.containertui.tui.vt.Style;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static String drawn(Canvas canvas) {
    return canvas.freeze().text().stripTrailing().replace("\n", "|");
  }

  @Test
  void longTextEndsInAnEllipsis() {
    Canvas canvas = new Canvas(10, 1);
    canvas.text(0, 0, 6, "abcdefgh", Style.PLAIN);
    assertEquals("abcde…", drawn(canvas));
  }

  @Test
  void anEllipsisNeverCutsAWideCharacter() {
    Canvas canvas = new Canvas(10, 1);
    int end = canvas.text(0, 0, 6, "漢漢漢漢", Style.PLAIN);
    assertEquals("漢漢…", drawn(canvas));
    assertEquals(5, end);
  }

  @Test
  void aLongReferenceShowsItsEnd() {
    Canvas canvas = new Canvas(12, 2);
    canvas.textEnd(0, 0, 8, "registry/app:7", Style.PLAIN);
    canvas.textEnd(0, 1, 8, "app:7", Style.PLAIN);
    assertEquals("…y/app:7|app:7", drawn(canvas));
  }

  @Test
  void namesCannotTurnTheOrderOfALineRound() {
    Canvas canvas = new Canvas(20, 1);
    canvas.text(0, 0, "a\u202egnp.exe\u2066\ufeff\u200fz", Style.PLAIN);
    assertEquals("a·gnp.exe···z", drawn(canvas));
  }

  @Test
  void theEndOfAWideTextIsShownWithoutCuttingACharacter() {
    Canvas canvas = new Canvas(12, 2);
    canvas.textEnd(0, 0, 6, "漢字漢字", Style.PLAIN);
    canvas.textEnd(0, 1, 1, "long", Style.PLAIN);
    assertEquals("…漢字|…", drawn(canvas));
  }

  @Test
  void textOutsideIsClipped() {
    Canvas canvas = new Canvas(4, 2);
    canvas.text(-2, 0, 10, "abcdef", Style.PLAIN);
    canvas.text(0, 7, "x", Style.PLAIN);
    canvas.text(3, 1, 9, "漢", Style.PLAIN);
    assertEquals("cdef", drawn(canvas));
  }

  @Test
  void overwritingHalfAWideCharacterEmptiesTheOtherHalf() {
    Canvas canvas = new Canvas(6, 1);
    canvas.text(0, 0, "漢字", Style.PLAIN);
    canvas.text(1, 0, "x", Style.PLAIN);
    canvas.text(2, 0, "y", Style.PLAIN);
    assertEquals(" xy", drawn(canvas));
  }

  @Test
  void boxesHaveTitles() {
    Canvas canvas = new Canvas(12, 3);
    canvas.box(new Rect(0, 0, 12, 3), "a title that is long", Style.PLAIN, Style.PLAIN);
    assertEquals("╭─ a titl…─╮|│          │|╰──────────╯", drawn(canvas));
  }

  @Test
  void rightAlignedTextEndsAtTheEdge() {
    Canvas canvas = new Canvas(8, 1);
    canvas.right(0, 0, 8, "12 B", Style.PLAIN);
    assertEquals("    12 B", drawn(canvas));
  }

  @Test
  void aCursorOutsideIsNone() {
    Canvas canvas = new Canvas(2, 2);
    canvas.cursor(5, 0);
    assertFalse(canvas.freeze().hasCursor());
  }
}
