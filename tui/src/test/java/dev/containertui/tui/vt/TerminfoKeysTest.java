package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.vt.Key.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Keys send what the system's terminfo entry for xterm-256color, which guests have too, says that
 * they do: it describes the terminal in application mode.
 */
class TerminfoKeysTest {
  private static final KeyModes APPLICATION = new KeyModes(true, true, false, false);

  private static Map<String, String> terminfo() throws Exception {
    Process process = new ProcessBuilder("infocmp", "-x", "-1", "xterm-256color").start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "infocmp must be there");
    Map<String, String> capabilities = new HashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> line.contains("="))
        .forEach(
            line -> {
              int at = line.indexOf('=');
              String value = line.substring(at + 1, line.length() - 1);
              capabilities.put(
                  line.substring(0, at), value.replace("\\E", "\u001b").replace("^?", "\u007f"));
            });
    return capabilities;
  }

  private static String sent(Key key) {
    return new String(KeyEncoder.encode(key, APPLICATION), StandardCharsets.UTF_8);
  }

  /** Modifiers as xterm numbers them: 1 plus shift 1, alt 2, ctrl 4. */
  private static Key modified(Key key, int number) {
    int bits = number - 1;
    return key.with((bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0);
  }

  @Test
  void plainKeys() throws Exception {
    Map<String, String> terminfo = terminfo();
    Map<String, Key> keys = new HashMap<>();
    keys.put("kcuu1", Key.of(Kind.UP));
    keys.put("kcud1", Key.of(Kind.DOWN));
    keys.put("kcub1", Key.of(Kind.LEFT));
    keys.put("kcuf1", Key.of(Kind.RIGHT));
    keys.put("khome", Key.of(Kind.HOME));
    keys.put("kend", Key.of(Kind.END));
    keys.put("kich1", Key.of(Kind.INSERT));
    keys.put("kdch1", Key.of(Kind.DELETE));
    keys.put("kpp", Key.of(Kind.PAGE_UP));
    keys.put("knp", Key.of(Kind.PAGE_DOWN));
    keys.put("kbs", Key.of(Kind.BACKSPACE));
    keys.put("kcbt", Key.of(Kind.TAB).with(false, false, true));
    keys.put("kent", keypad('\r'));
    keys.put("kpADD", keypad('+'));
    keys.put("kpSUB", keypad('-'));
    keys.put("kpMUL", keypad('*'));
    keys.put("kpDIV", keypad('/'));
    keys.put("kpCMA", keypad(','));
    keys.put("kpDOT", keypad('.'));
    keys.put("kpZRO", keypad('0'));
    keys.put("ka1", keypad('7'));
    keys.put("ka2", keypad('8'));
    keys.put("ka3", keypad('9'));
    keys.put("kb1", keypad('4'));
    keys.put("kb2", keypad('5'));
    keys.put("kb3", keypad('6'));
    keys.put("kc1", keypad('1'));
    keys.put("kc2", keypad('2'));
    keys.put("kc3", keypad('3'));
    keys.forEach((name, key) -> assertEquals(terminfo.get(name), sent(key), name));
  }

  private static Key keypad(int c) {
    return new Key(Kind.KEYPAD, c, false, false, false, "");
  }

  @Test
  void functionKeysWithModifiers() throws Exception {
    Map<String, String> terminfo = terminfo();
    int[] modifiers = {1, 2, 5, 6, 3, 4}; // kf1, kf13, kf25, … are F1 with these
    for (int n = 1; n <= 63; n++) {
      Key key = modified(Key.function((n - 1) % 12 + 1), modifiers[(n - 1) / 12]);
      assertEquals(terminfo.get("kf" + n), sent(key), "kf" + n);
    }
  }

  @Test
  void cursorAndEditingKeysWithModifiers() throws Exception {
    Map<String, String> terminfo = terminfo();
    Map<String, Kind> names = new HashMap<>();
    names.put("kUP", Kind.UP);
    names.put("kDN", Kind.DOWN);
    names.put("kLFT", Kind.LEFT);
    names.put("kRIT", Kind.RIGHT);
    names.put("kHOM", Kind.HOME);
    names.put("kEND", Kind.END);
    names.put("kIC", Kind.INSERT);
    names.put("kDC", Kind.DELETE);
    names.put("kPRV", Kind.PAGE_UP);
    names.put("kNXT", Kind.PAGE_DOWN);
    names.forEach(
        (name, kind) -> {
          for (int modifier = 2; modifier <= 7; modifier++) {
            String capability = modifier == 2 ? name : name + modifier;
            String expected = terminfo.get(capability);
            assertTrue(expected != null, capability);
            assertEquals(expected, sent(modified(Key.of(kind), modifier)), capability);
          }
        });
  }
}
