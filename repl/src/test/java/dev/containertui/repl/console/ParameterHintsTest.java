package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterHintsTest {
  private static final List<Documentation.Entry> RUN =
      List.of(
          new Documentation.Entry(
              "Run Words.run(Map<String, Integer> limits, String... words)", ""),
          new Documentation.Entry("Run Words.run()", ""));

  @Test
  void restOfTheParametersIsShown() {
    assertEquals(
        "Map<String, Integer> limits, String... words)  or 1 more, Tab shows them",
        ParameterHints.hint(RUN, 0));
    assertEquals("String... words)", ParameterHints.hint(RUN, 1));
  }

  @Test
  void anyNumberOfArgumentsMeansAnyNumber() {
    assertEquals("String... words)", ParameterHints.hint(RUN, 5));
  }

  @Test
  void nothingIsSaidWhereNothingFits() {
    assertEquals("", ParameterHints.hint(RUN.subList(1, 2), 1));
    assertEquals("", ParameterHints.hint(List.of(), 0));
  }
}
