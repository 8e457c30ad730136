package dev.containertui.tui.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.text.Search;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  @Test
  void wordsMustAllOccurAndSomeMustNot() {
    Filter filter = Filter.of("Web !old  prod");
    assertTrue(filter.matches().test("my WEB in production"));
    assertFalse(filter.matches().test("old web in production"));
    assertFalse(filter.matches().test("web"));
    assertTrue(Filter.of("  ").matches().test("anything"));
  }

  @Test
  void anExpressionThatIsNoneSaysSoAndHidesNothing() {
    Filter filter = Filter.of("~(a");
    assertTrue(filter.problem().isPresent());
    assertTrue(filter.matches().test("anything"));
    assertTrue(Filter.of("~^a.c$").matches().test("ABC"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|b)*c", "(a|b)+x", "(a+)+$", "(\\w|-)+:", "(a|aa)+$"})
  void anExpressionThatTakesForEverIsGivenUp(String expression) {
    String planted = "ab".repeat(4096) + "!";
    assertFalse(Filter.of("~" + expression).matches().test(planted));
    Search search = Search.of("~" + expression);
    assertFalse(search.matches(planted));
    assertEquals(List.of(), search.ranges(planted));
  }
}
