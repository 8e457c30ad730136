package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateListTest {
  private static final Style NARROW = new Style(true, false, 30);

  @Test
  void columnsAreFilledDownwards() {
    List<Completion> words =
        List.of("alpha", "beta", "gamma", "delta", "eta").stream().map(Completion::of).toList();
    assertEquals(
        List.of("alpha  gamma  eta", "beta   delta"),
        CandidateList.lines(words, new Style(true, false, 21), 9));
  }

  @Test
  void listFitsItsRoom() {
    List<Completion> many =
        IntStream.range(0, 500).mapToObj(i -> Completion.of("word" + i)).toList();
    List<String> lines = CandidateList.lines(many, NARROW, 6);
    assertEquals(6, lines.size());
    assertEquals("and 485 more: type another letter", lines.getLast());
    assertTrue(
        lines.stream().limit(5).allMatch(line -> SafeText.width(line) <= 30), lines.toString());
  }

  @Test
  void explanationsStandBesideTheirWords() {
    List<Completion> words =
        List.of(
            new Completion("a", "a", "the first of them all, which is long", true),
            new Completion("bcd", "bcd", "second", true));
    assertEquals(
        List.of("a    the first of them all, w…", "bcd  second"),
        CandidateList.lines(words, NARROW, 9).stream().map(l -> l).toList());
  }
}
