package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.view.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocPageTest {
  private static String page(String comment, int width) {
    return String.join("\n", DocPage.lines(comment, width, Style.PLAIN));
  }

  @Test
  void tagsAreToldInWords() {
    assertEquals(
        """
            Waits until it has ended, at most so long.
            Then it is over.
            takes   limit   how long, which is more than
                            nothing
                    unused
            gives   its exit code
            throws  EngineException  TIMEOUT
                    IOException      if x & y\
        """,
        page(
            """
             Waits until it has {@linkplain #ended ended}, at most so long.

             <p>Then it is over.

             @throws EngineException TIMEOUT
             @return its exit
                 code
             @param limit how long, which is more than nothing
             @param unused
             @throws IOException if {@code x & y}
             @author nobody
            """,
            48));
  }

  @Test
  void examplesStayAsTheyAre() {
    assertEquals(
        """
            So:
              var c = run("a").detach();
              if (1 < 2) {
                @Deprecated int n;
              }
            And so on.\
        """,
        page(
            """
             So:
             <pre>{@code
             var c = run("a").detach();
             if (1 < 2) {
               @Deprecated int n;
             }
             }</pre>
             And so on.
            """,
            60));
    assertEquals("      a <b>", page("<pre>a &lt;b&gt;</pre>", 60));
  }

  @Test
  void whatIsNotThereTakesNoLine() {
    assertEquals(List.of(), DocPage.lines(null, 80, Style.PLAIN));
    assertEquals(List.of(), DocPage.lines(" ", 80, Style.PLAIN));
    assertEquals("    gives   x", page("@return x", 80));
  }

  @Test
  void controlCharactersBecomeVisible() {
    assertEquals("    a\\x1b[2J", page("a\u001b[2J", 80));
    assertEquals("      \\x1b[2J", page("<pre>\u001b[2J</pre>", 80));
  }
}
