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
  void controlsOfDigitsAndSigns() {
    String expected = "\0\u001b\u001c\u001d\u001e\u001f\u007f";
    StringBuilder sent = new StringBuilder();
    for (char c = '2'; c <= '8'; c++) {
      sent.append(
          new String(
              KeyEncoder.encode(Key.control(c), KeyModes.DEFAULT), StandardCharsets.US_ASCII));
    }
    assertEquals(expected, sent.toString());
    assertEquals("\u001f", encode(Key.control('/')));
    assertEquals("\u001f", encode(Key.control('_')));
    assertEquals("\u001c", encode(Key.control('\\')));
    assertEquals("\u0001", encode(Key.control('A')));
    assertEquals("9", encode(Key.control('9')), "there is no such control");
    assertEquals("\\e\u0001", encode(Key.control('a').withAlt()));
  }

  @Test
  void theKeypadFollowsTheMode() {
    Key five = new Key(Kind.KEYPAD, '5', false, false, false, "");
    assertEquals("5", encode(five));
    assertEquals("\\eOu", encode(five, APPLICATION));
    Key enter = new Key(Kind.KEYPAD, '\r', false, false, false, "");
    assertEquals("\r", encode(enter));
    assertEquals("\\eOM", encode(enter, APPLICATION));
    assertEquals("\r\n", encode(enter, new KeyModes(false, false, false, true)));
  }

  @Test
  void focus() {
    assertEquals("\u001b[I", new String(KeyEncoder.focus(true), StandardCharsets.US_ASCII));
    assertEquals("\u001b[O", new String(KeyEncoder.focus(false), StandardCharsets.US_ASCII));
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
    assertEquals("\\e[25~", encode(Key.function(13)));
    assertEquals("\\e[34~", encode(Key.function(20)));
    assertEquals("\\e[15;8~", encode(Key.function(5).with(true, true, true)));
    assertEquals("\\e[1;2P", encode(Key.function(1).with(false, false, true)));
    assertEquals("", encode(Key.function(40)));
  }

  @Test
  void pastesAreBracketedIfTheProgramWantsIt() {
    assertEquals("a\rb\rc", encode(Key.paste("a\nb\r\nc")));
    assertEquals("\\e[200~a\rb\\e[201~", encode(Key.paste("a\nb"), APPLICATION));
  }

  @Test
  void aPastePressesNoKeys() {
    assertEquals("ab\tc[Ad", encode(Key.paste("a\u0003b\tc\u001b[A\u009bd")));
  }

  @Test
  void aPasteCannotEndItsOwnBrackets() {
    assertEquals("\\e[200~a[201~rm\\e[201~", encode(Key.paste("a\u001b[201~rm"), APPLICATION));
  }
}
