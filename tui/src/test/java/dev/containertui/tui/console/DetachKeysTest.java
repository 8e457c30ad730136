package dev.containertui.tui.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that detach are found in whatever form a terminal sends them; all others pass. */
class DetachKeysTest {
  private final DetachKeys keys = new DetachKeys();

  /** What of these bytes the guest gets; {@code ^} stands for ESC. */
  private String pass(String text) {
    byte[] bytes = text.replace('^', '\u001b').getBytes(StandardCharsets.UTF_8);
    return new String(keys.pass(bytes, bytes.length), StandardCharsets.UTF_8)
        .replace('\u001b', '^');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001d",
        "^[93;5u",
        "^[93;5:1u",
        "^[93:125;5u",
        "^[93::93;5;29u",
        "^[93;69u",
        "^[93;133u",
        "^[27;5;93~",
        "\u0010\u0011",
        "^[112;5u^[113;5u",
        "^[112;5:1u^[112;5:3u^[57442;5:3u^[57442;5:1u^[113;5:1u",
        "^[27;5;112~^[27;5;113~",
        "\u0010^[113;5u"
      })
  void theyDetach(String typed) {
    assertEquals("abc", pass("abc" + typed + "lost"));
    assertTrue(keys.found());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "]",
        "^[93u",
        "^[93;1u",
        "^[93;6u",
        "^[93;7u",
        "^[93;5:3u",
        "^[27;6;93~",
        "^[27;5;91~",
        "^[A",
        "^[1;5A",
        "^[15;5~",
        "^OP",
        "^]",
        "\u0011",
        "^[<0;93;5M",
        "^[99999999999999;5u",
        "^[;;;u",
        "漢"
      })
  void othersPass(String typed) {
    assertEquals("a" + typed + "b", pass("a" + typed + "b"));
    assertFalse(keys.found());
  }

  @Test
  void aSequenceMayComeInPieces() {
    assertEquals("x", pass("x^[9"));
    assertEquals("", pass("3;5"));
    assertEquals("", pass("u"));
    assertTrue(keys.found());
  }

  @Test
  void aKeyThatIsNotDetachIsNotKeptBack() {
    assertEquals("^", pass("^"));
    assertEquals("^[", pass("^["));
    assertEquals("a", pass("a"));
    assertEquals("", pass("^[1;5"));
    assertEquals("^[1;5A", pass("A"));
    assertFalse(keys.found());
  }

  @Test
  void controlPWaitsForTheNextKey() {
    assertEquals("", pass("\u0010"));
    assertEquals("\u0010", pass("\u0010"));
    assertEquals("\u0010x", pass("x"));
    assertEquals("", pass("^[112;5u"));
    assertEquals("^[112;5u\r", pass("\r"));
    assertEquals("", pass("\u0010"));
    assertEquals("", pass("\u0011"));
    assertTrue(keys.found());
  }

  @Test
  void whatNeverEndsIsNotKeptForEver() {
    String long0 = "^[" + "1".repeat(5000);
    assertEquals(long0, pass(long0));
    pass("\u0010");
    StringBuilder passed = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      passed.append(pass("^[97;1:3u"));
    }
    assertTrue(passed.toString().startsWith("\u0010^[97;1:3u"));
  }
}
