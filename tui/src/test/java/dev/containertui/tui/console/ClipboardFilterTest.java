package dev.containertui.tui.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClipboardFilterTest {
  private static String filtered(String text, int piece) {
    ClipboardFilter filter = new ClipboardFilter();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] passed = filter.filter(bytes, at, Math.min(piece, bytes.length - at));
      out.append(new String(passed, StandardCharsets.ISO_8859_1));
    }
    return new String(out.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void assertFiltered(String expected, String text) {
    for (int piece : new int[] {1, 2, 3, 1000}) {
      assertEquals(expected, filtered(text, piece));
    }
  }

  @Test
  void commandsForTheClipboardAreTakenOutHoweverTheyEndAndArrive() {
    assertFiltered("ab", "a\u001b]52;c;aGk=\u0007b");
    assertFiltered("ab", "a\u001b]52;c;aGk=\u001b\\b");
    assertFiltered("ab", "a\u001b]0052;c;aGk=\u0007b");
    assertFiltered("ab", "a\u009d52;c;aGk=\u0007b");
    assertFiltered("a\u001b[1mb", "a\u001b]52;c;aGk=\u001b[1mb");
    assertFiltered("a\u001bb", "a\u001b\u001b]52;;aGk=\u0007b");
  }

  @Test
  void controlsAndZerosWithinHideNothing() {
    for (char c = 0; c < 0x80; c = c == 0x1f ? 0x7f : (char) (c + 1)) {
      if (c == 0x07 || c == 0x18 || c == 0x1a || c == 0x1b) {
        continue; // these end a sequence
      }
      assertFiltered("ab", "a\u001b" + c + "]52;c;aGk=\u0007b");
      assertFiltered("ab", "a\u001b]" + c + "52;c;aGk=\u0007b");
      assertFiltered("ab", "a\u001b]5" + c + "2;c;aGk=\u0007b");
      assertFiltered("ab", "a\u001b]52" + c + ";c;aGk=\u0007b");
    }
    assertFiltered("ab", "a\u001b]" + "0".repeat(500) + "52;c;aGk=\u0007b");
    assertFiltered("ab", "a\u001b]1337;Copy=:aGk=\u0007b");
  }

  @Test
  void allElseIsLeftAsItIs() {
    String text =
        "é£ 漢字 \u001b[1;31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://x\u001b\\y \u001b]520;z\u0007\u001bM";
    assertFiltered(text, text);
  }
}
