package dev.containertui.tui.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {
  private static List<String> wrap(String line, int width) {
    return Wrap.lines(List.of(line), width);
  }

  @Test
  void linesBreakAtWords() {
    assertEquals(List.of("one two", "three"), wrap("one two three", 9));
    assertEquals(List.of("one two", "three"), wrap("one two three", 7));
    assertEquals(List.of("one two three"), wrap("one two three", 13));
  }

  @Test
  void aWordThatIsLongerThanARowIsBroken() {
    assertEquals(List.of("sha256:ab", "cdef and", "more"), wrap("sha256:abcdef and more", 9));
  }

  @Test
  void indentationIsKept() {
    assertEquals(List.of("    indented", "text"), wrap("    indented text", 13));
    assertEquals(List.of("    inden", "ted text"), wrap("    indented text", 9));
  }

  @Test
  void wideCharactersAreNotBroken() {
    assertEquals(List.of("\u65e5\u672c", "\u8a9e"), wrap("\u65e5\u672c\u8a9e", 5));
    assertEquals(List.of("", "x"), Wrap.lines(List.of("", "x"), 1));
  }
}
