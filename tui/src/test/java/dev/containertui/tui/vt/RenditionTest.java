package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RenditionTest {
  private record Case(String sgr, long expected) {}

  private static long foreground(int color) {
    return Style.withForeground(Style.PLAIN, color);
  }

  private static long background(int color) {
    return Style.withBackground(Style.PLAIN, color);
  }

  private static final List<Case> CASES =
      List.of(
          new Case("1", Style.BOLD),
          new Case("2", Style.DIM),
          new Case("3", Style.ITALIC),
          new Case("4", Style.UNDERLINE),
          new Case("4:1", Style.UNDERLINE),
          new Case("4:2", Style.withUnderline(Style.PLAIN, Underline.DOUBLE)),
          new Case("21", Style.withUnderline(Style.PLAIN, Underline.DOUBLE)),
          new Case("4:3", Style.withUnderline(Style.PLAIN, Underline.CURLY)),
          new Case("4:4", Style.withUnderline(Style.PLAIN, Underline.DOTTED)),
          new Case("4:5", Style.withUnderline(Style.PLAIN, Underline.DASHED)),
          new Case("4:3;4", Style.UNDERLINE),
          new Case("4:3;24", Style.PLAIN),
          new Case("4:9", Style.PLAIN),
          new Case("53", Style.OVERLINE),
          new Case("53;55", Style.PLAIN),
          new Case("4;4:0", Style.PLAIN),
          new Case("5", Style.BLINK),
          new Case("7", Style.INVERSE),
          new Case("8", Style.HIDDEN),
          new Case("9", Style.STRIKE),
          new Case("1;2;22", Style.PLAIN),
          new Case("1;3;4;7;9;23;24;27;29", Style.BOLD),
          new Case("1;", Style.PLAIN),
          new Case("31", foreground(Style.indexed(1))),
          new Case("97", foreground(Style.indexed(15))),
          new Case("42", background(Style.indexed(2))),
          new Case("101", background(Style.indexed(9))),
          new Case("31;39", Style.PLAIN),
          new Case("38;5;200", foreground(Style.indexed(200))),
          new Case("38;5;300", Style.PLAIN),
          new Case("38:5:200", foreground(Style.indexed(200))),
          new Case("38;2;1;4;7", foreground(Style.rgb(1, 4, 7))),
          new Case("38:2:1:4:7", foreground(Style.rgb(1, 4, 7))),
          new Case("38:2::1:4:7", foreground(Style.rgb(1, 4, 7))),
          new Case("48;2;255;255;255", background(Style.rgb(255, 255, 255))),
          new Case("48;2;1;2", Style.PLAIN),
          new Case("58;2;1;4;7", Style.PLAIN),
          new Case("58:2::1:4:7", Style.PLAIN),
          new Case(
              "0;38;2;123;123;123;48;2;231;231;231;1",
              foreground(Style.rgb(123, 123, 123))
                  | background(Style.rgb(231, 231, 231))
                  | Style.BOLD),
          new Case("38", Style.PLAIN),
          new Case("38;9;1", Style.BOLD),
          new Case("99999999999999", Style.PLAIN));

  @TestFactory
  List<DynamicTest> parameters() {
    return CASES.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.sgr(),
                    () ->
                        assertEquals(
                            c.expected(),
                            new TerminalFixture(10, 2).write("\\e[" + c.sgr() + "mx").style(0, 0))))
        .toList();
  }

  @Test
  void aVeryLongSequenceIsNotPrinted() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    terminal.write("\\e[" + "1;".repeat(5000) + "mx");
    assertEquals("x", terminal.screen());
  }

  @Test
  void erasedCellsKeepTheBackground() {
    TerminalFixture terminal = new TerminalFixture(10, 2).write("\\e[1;4;31;44mab\\e[K");
    assertEquals(background(Style.indexed(4)), terminal.style(5, 0));
  }
}
