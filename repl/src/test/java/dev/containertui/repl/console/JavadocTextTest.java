package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavadocTextTest {
  private static final String COMMENT =
      """
       Starts <em>one</em>, as {@link Other#run(String, int) the other} and {@link #stop()} say. More
       of it, {@code a < b}.

       <p>See {@linkplain Foo}.
       <ul>
         <li>first
         <li>second
       </ul>
       @param name of it
       @return nothing &amp; no more
      """;

  @Test
  void markupIsGone() {
    assertEquals(
        List.of(
            "Starts one, as the other and stop() say. More of it, a < b.",
            "See Foo.",
            "- first",
            "- second",
            "@param name of it",
            "@return nothing & no more"),
        JavadocText.paragraphs(COMMENT));
  }

  @Test
  void summaryIsTheFirstSentence() {
    assertEquals("Starts one, as the other and stop() say.", JavadocText.summary(COMMENT));
    assertEquals("", JavadocText.summary("@return x"));
    assertEquals("", JavadocText.summary(""));
  }

  @Test
  void controlCharactersBecomeVisible() {
    assertEquals(List.of("a\\x1b[2J"), JavadocText.paragraphs("a\u001b[2J"));
  }

  @Test
  void longParagraphsAreWrapped() {
    assertEquals(
        List.of("  one two three four", "  five"),
        JavadocText.wrap("one two three four five", "  ", 22));
  }
}
