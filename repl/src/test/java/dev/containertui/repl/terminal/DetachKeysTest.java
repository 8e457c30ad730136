package dev.containertui.repl.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
  /** What passes of each piece; the last one is followed by "!" if the keys were complete. */
  private static String passed(String keys, List<String> pieces) {
    DetachKeys.Scanner scanner = DetachKeys.parse(keys).scanner();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
      if (scanner.scan(bytes, bytes.length, out)) {
        return out.toString(StandardCharsets.ISO_8859_1) + "!";
      }
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "abx, xabxy, x!",
    "'a,b', xaby, x!",
    "'a,b', xacab, xac!",
    "'a,b', aab, a!",
    "'a,a,b', aaab, a!",
    "'a,b,a,c', ababac, ab!",
    "'a,b', aaxb, aaxb",
  })
  void whatIsNotTheSequencePassesUnchanged(String keys, String typed, String expected) {
    String list = keys.contains(",") ? keys : String.join(",", keys.split(""));
    assertEquals(expected, passed(list, List.of(typed)));
    assertEquals(expected, passed(list, List.of(typed.split(""))));
  }

  @Test
  void theDefaultIsCtrlPCtrlQ() {
    assertEquals("x!", passed("", List.of("x\u0010\u0011y")));
    assertEquals("\u0010x", passed(DetachKeys.DEFAULT, List.of("\u0010", "x")));
  }

  @Test
  void controlKeysHaveTheirCodes() {
    assertEquals("!", passed("ctrl-a,ctrl-z,ctrl-[,ctrl-_,ctrl-@", List.of("\1\32\33\37\0")));
    assertEquals("!", passed("DEL", List.of("\177")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctrl-", "ctrl-1", "ab", "a,,b", "ctrl-A", "a,"})
  void whatIsNoKeyIsRefused(String keys) {
    assertThrows(EngineException.class, () -> DetachKeys.parse(keys));
  }
}
