package dev.containertui.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import dev.containertui.tui.vt.Mouse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyDecoderTest {
  private final List<Key> keys = new ArrayList<>();
  private final List<Mouse> mouse = new ArrayList<>();
  private final KeyDecoder decoder = new KeyDecoder(keys::add, mouse::add);

  private List<Key> decode(String text) {
    keys.clear();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      decoder.accept(b & 0xff);
    }
    return List.copyOf(keys);
  }

  @Test
  void characters() {
    assertEquals(List.of(Key.character('a'), Key.character('é')), decode("aé"));
    assertEquals(List.of(Key.character(0x6f22), Key.character(0x1f600)), decode("漢😀"));
  }

  @Test
  void controls() {
    assertEquals(List.of(Key.control('a'), Key.control(']')), decode("\u0001\u001d"));
    assertEquals(List.of(Key.control(' '), Key.control('\\')), decode("\u0000\u001c"));
    assertEquals(List.of(Key.of(Kind.ENTER), Key.of(Kind.TAB)), decode("\r\t"));
    assertEquals(List.of(Key.of(Kind.BACKSPACE)), decode("\u007f"));
  }

  @Test
  void cursorKeysInBothModes() {
    assertEquals(
        List.of(Key.of(Kind.UP), Key.of(Kind.LEFT), Key.of(Kind.HOME), Key.of(Kind.END)),
        decode("\u001b[A\u001b[D\u001b[H\u001b[F"));
    assertEquals(List.of(Key.of(Kind.DOWN), Key.of(Kind.RIGHT)), decode("\u001bOB\u001bOC"));
  }

  @Test
  void editingAndFunctionKeys() {
    assertEquals(
        List.of(
            Key.of(Kind.HOME),
            Key.of(Kind.INSERT),
            Key.of(Kind.DELETE),
            Key.of(Kind.PAGE_UP),
            Key.of(Kind.PAGE_DOWN)),
        decode("\u001b[1~\u001b[2~\u001b[3~\u001b[5~\u001b[6~"));
    assertEquals(
        List.of(
            Key.function(1), Key.function(1), Key.function(5), Key.function(10), Key.function(12)),
        decode("\u001bOP\u001b[[A\u001b[15~\u001b[21~\u001b[24~"));
  }

  @Test
  void modifiers() {
    assertEquals(
        List.of(
            Key.of(Kind.UP).with(true, false, false),
            Key.of(Kind.PAGE_UP).with(false, false, true),
            Key.of(Kind.TAB).with(false, false, true),
            Key.function(2).with(false, true, false)),
        decode("\u001b[1;5A\u001b[5;2~\u001b[Z\u001b[1;3Q"));
  }

  @Test
  void altIsEscapeBeforeACharacter() {
    assertEquals(List.of(Key.character('x').withAlt()), decode("\u001bx"));
    assertEquals(List.of(Key.character('é').withAlt()), decode("\u001bé"));
    assertEquals(List.of(Key.control('a').withAlt()), decode("\u001b\u0001"));
  }

  @Test
  void aLoneEscapeIsKnownAfterAPause() {
    assertEquals(List.of(), decode("\u001b"));
    assertTrue(decoder.isOpen());
    decoder.pause();
    assertEquals(List.of(Key.of(Kind.ESCAPE)), keys);
    assertFalse(decoder.isOpen());
    assertEquals(List.of(Key.of(Kind.ESCAPE)), decode("\u001b\u001b"));
    decoder.pause();
    decode("\u001b[");
    decoder.pause();
    assertEquals(List.of(Key.character('[').withAlt()), keys);
  }

  @Test
  void pastes() {
    assertEquals(
        List.of(Key.paste("a\nb\u001b[Ac é"), Key.character('x')),
        decode("\u001b[200~a\nb\u001b[Ac é\u001b[201~x"));
    assertEquals(List.of(Key.paste("\u001b[20")), decode("\u001b[200~\u001b[20\u001b[201~"));
    assertEquals(List.of(Key.paste("\u001b")), decode("\u001b[200~\u001b\u001b[201~"));
  }

  @Test
  void longPastesAreCut() {
    decode("\u001b[200~" + "x".repeat(KeyDecoder.MAX_PASTE_BYTES + 5000) + "\u001b[201~y");
    assertEquals(2, keys.size());
    assertTrue(keys.getFirst().text().length() <= KeyDecoder.MAX_PASTE_BYTES);
  }

  @Test
  void mouseAndUnknownReportsAreSwallowed() {
    assertEquals(
        List.of(Key.character('x')),
        decode("\u001b[<0;10;20M\u001b[<0;10;20m\u001b[?62;22c\u001b[I\u001b[99~x"));
  }

  @Test
  void anyBytesAreSurvived() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      decoder.accept(random.nextInt(4) == 0 ? 0x1b : random.nextInt(256));
      if (random.nextInt(50) == 0) {
        decoder.pause();
      }
    }
  }

  @Test
  void theMouse() {
    decode("\u001b[<0;3;5M\u001b[<0;3;5m\u001b[<65;300;1M\u001b[<36;1;1M");
    assertEquals(
        List.of(
            Mouse.of(Mouse.Action.PRESS, Mouse.Button.LEFT, 2, 4),
            Mouse.of(Mouse.Action.RELEASE, Mouse.Button.LEFT, 2, 4),
            Mouse.of(Mouse.Action.PRESS, Mouse.Button.WHEEL_DOWN, 299, 0),
            new Mouse(Mouse.Action.MOVE, Mouse.Button.LEFT, 0, 0, false, false, true)),
        mouse);
    assertEquals(List.of(), keys);
  }
}
