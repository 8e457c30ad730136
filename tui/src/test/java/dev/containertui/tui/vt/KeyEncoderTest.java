package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.vt.Key.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {
  private static final KeyModes APPLICATION = new KeyModes(true, true, true, false);

  private static String encode(Key key, KeyModes modes) {
    return new String(KeyEncoder.encode(key, modes), StandardCharsets.UTF_8)
        .replace("\u001b", "\\e");
  }

  private static String encode(Key key) {
    return encode(key, KeyModes.DEFAULT);
  }

  @Test
  void charactersAndControls() {
    assertEquals("é", encode(Key.character('é')));
    assertEquals("\\ex", encode(Key.character('x').withAlt()));
    assertEquals("\u0003", encode(Key.control('c')));
    assertEquals("\u0000", encode(Key.control(' ')));
    assertEquals("\u001d", encode(Key.control(']')));
    assertEquals("\u007f", encode(Key.of(Kind.BACKSPACE)));
    assertEquals("\r", encode(Key.of(Kind.ENTER)));
    assertEquals("\\e[Z", encode(Key.of(Kind.TAB).with(false, false, true)));
  }

  @Test
  void cursorKeysFollowTheMode() {
    assertEquals("\\e[A", encode(Key.of(Kind.UP)));
    assertEquals("\\eOA", encode(Key.of(Kind.UP), APPLICATION));
    assertEquals("\\e[1;5A", encode(Key.of(Kind.UP).with(true, false, false), APPLICATION));
    assertEquals("\\e[H", encode(Key.of(Kind.HOME)));
    assertEquals("\\e[5;2~", encode(Key.of(Kind.PAGE_UP).with(false, false, true)));
  }

  @Test
  void functionKeys() {
    assertEquals("\\eOP", encode(Key.function(1)));
    assertEquals("\\e[15~", encode(Key.function(5)));
    assertEquals("\\e[24~", encode(Key.function(12)));
    assertEquals("\\e[1;2P", encode(Key.function(1).with(false, false, true)));
    assertEquals("", encode(Key.function(40)));
  }

  @Test
  void pastesAreBracketedIfTheProgramWantsIt() {
    assertEquals("a\rb\rc", encode(Key.paste("a\nb\r\nc")));
    assertEquals("\\e[200~a\rb\\e[201~", encode(Key.paste("a\nb"), APPLICATION));
  }

  @Test
  void aPasteCannotEndItsOwnBrackets() {
    assertEquals("\\e[200~a[201~rm\\e[201~", encode(Key.paste("a\u001b[201~rm"), APPLICATION));
  }
}
