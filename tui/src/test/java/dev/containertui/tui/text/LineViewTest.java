package dev.containertui.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.StyledLine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineViewTest {
  private static final Rect RECT = new Rect(0, 0, 11, 5);

  private static Lines texts(String... texts) {
    return Lines.of(Arrays.stream(texts).map(t -> TextRow.of(StyledLine.plain(t))).toList());
  }

  private static List<String> seen(Lines lines, Viewport view) {
    Canvas canvas = new Canvas(RECT.width(), RECT.height());
    LineView.draw(canvas, RECT, Theme.TERMINAL, lines, view);
    return canvas.freeze().text().lines().map(String::strip).toList();
  }

  private final Lines twenty = Lines.of(LinesTest.rows(0, 20));

  @Test
  void aViewThatSticksShowsWhatIsAdded() {
    assertEquals("line 19", seen(twenty, Viewport.TAIL).getLast());
    Lines more = twenty.add(LinesTest.rows(20, 23), List.of());
    assertEquals("line 22", seen(more, Viewport.TAIL).getLast());
  }

  @Test
  void scrollingReleasesItAndTheEndCatchesItAgain() {
    Viewport up = LineView.scroll(twenty, Viewport.TAIL, RECT, -3);
    assertFalse(up.stick());
    assertEquals("line 16", seen(twenty, up).getLast());
    Lines more = twenty.add(LinesTest.rows(20, 30), List.of());
    assertEquals("line 16", seen(more, up).getLast());
    assertTrue(LineView.scroll(more, up, RECT, 13).stick());
    assertFalse(LineView.scroll(more, up, RECT, 12).stick());
  }

  @Test
  void aViewOfForgottenLinesShowsTheFirstThatAreLeft() {
    Lines many = Lines.NONE;
    for (int i = 0; i < 12_000; i += 1000) {
      many = many.add(LinesTest.rows(i, i + 1000), List.of());
    }
    assertEquals("line " + many.first(), seen(many, Viewport.TAIL.at(3, 0)).getFirst());
  }

  @Test
  void longLinesAreWrappedOrCut() {
    Lines lines = texts("0123456789abcdefghijXYZ", "next");
    assertEquals(
        List.of("0123456789", "abcdefghij", "XYZ", "next"),
        seen(lines, Viewport.HEAD).subList(0, 4));
    Viewport cut = Viewport.HEAD.wrap(false);
    assertEquals(List.of("012345678…", "next"), seen(lines, cut).subList(0, 2));
    assertEquals("89abcdefg…", seen(lines, cut.shift(8)).getFirst());
  }

  @Test
  void scrollingGoesByRowsOfWrappedLines() {
    Lines lines = texts("a".repeat(35), "b".repeat(35), "c");
    Viewport end = Viewport.TAIL;
    assertEquals(
        List.of("b".repeat(10), "b".repeat(10), "b".repeat(10), "bbbbb", "c"), seen(lines, end));
    Viewport up = LineView.scroll(lines, end, RECT, -2);
    assertEquals("a".repeat(10), seen(lines, up).getFirst());
    assertEquals("aaaaa", seen(lines, up).get(1));
    assertTrue(LineView.scroll(lines, up, RECT, 2).stick());
  }

  @Test
  void wideCharactersAreNotTornApart() {
    Lines lines = texts("漢字漢字漢字漢字");
    assertEquals(List.of("漢字漢字漢", "字漢字"), seen(lines, Viewport.HEAD).subList(0, 2));
    Canvas narrow = new Canvas(2, 3);
    LineView.draw(narrow, new Rect(0, 0, 2, 3), Theme.TERMINAL, lines, Viewport.HEAD);
  }

  @Test
  void aFilterHidesLinesAndScrollingSkipsThem() {
    Viewport filtered = Viewport.TAIL.filter("~[05]$");
    assertEquals(
        List.of("line 0", "line 5", "line 10", "line 15"), seen(twenty, filtered).subList(0, 4));
    Lines hundred = Lines.of(LinesTest.rows(0, 100));
    Viewport up = LineView.scroll(hundred, filtered, RECT, -2);
    assertEquals("line 85", seen(hundred, up).getLast());
  }

  @Test
  void aFilterAfterAnExclamationMarkLeavesOutWhatMatches() {
    Lines lines = texts("get /", "GET /health", "error", "!odd");
    assertEquals(
        List.of("get /", "error", "!odd", "", ""), seen(lines, Viewport.HEAD.filter("!health")));
    assertEquals("  &!health  3 of 4", LineView.status(lines, Viewport.HEAD.filter("!health")));
    assertEquals(List.of("error", "!odd", "", "", ""), seen(lines, Viewport.HEAD.filter("!~^get")));
    assertEquals(List.of("!odd", "", "", "", ""), seen(lines, Viewport.HEAD.filter("~!")));
    assertEquals("  &!  4 of 4", LineView.status(lines, Viewport.HEAD.filter("!")));
    assertEquals("get /", seen(lines, Viewport.HEAD.filter("!")).getFirst());
  }

  @Test
  void aSearchGoesFromMatchToMatchRoundTheEnds() {
    Viewport view = Viewport.HEAD.search("line 1");
    view = LineView.find(twenty, view, RECT, 1);
    assertEquals(1, view.hit().getAsLong());
    view = LineView.find(twenty, view, RECT, 1);
    assertEquals(10, view.hit().getAsLong());
    assertTrue(seen(twenty, view).contains("▸line 10"), seen(twenty, view).toString());
    view = LineView.find(twenty, LineView.find(twenty, view, RECT, -1), RECT, -1);
    assertEquals(19, view.hit().getAsLong());
    assertEquals("  /line 1  11/11 lines", LineView.status(twenty, view));
  }

  @Test
  void aSearchDoesNotStopAtLinesThatAFilterHides() {
    Viewport view = Viewport.HEAD.filter("5").search("line 1");
    view = LineView.find(twenty, view, RECT, 1);
    assertEquals(15, view.hit().getAsLong());
    Viewport nothing = Viewport.HEAD.filter("5").search("line 10");
    assertEquals(nothing, LineView.find(twenty, nothing, RECT, 1));
  }

  @Test
  void anEmptyTextIsNoTrouble() {
    assertEquals(Viewport.TAIL, LineView.scroll(Lines.NONE, Viewport.TAIL, RECT, -5));
    assertEquals("", String.join("", seen(Lines.NONE, Viewport.HEAD)));
  }
}
