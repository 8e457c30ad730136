package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import org.junit.jupiter.api.Test;

class LineEditorTest {
  private final LineEditor line = new LineEditor();

  private void type(String text) {
    text.codePoints().forEach(c -> line.edit(Key.character(c)));
  }

  @Test
  void editsAtTheCursor() {
    line.open("ab");
    line.edit(Key.of(Kind.LEFT));
    type("😀");
    assertEquals("a😀b", line.text());
    line.edit(Key.of(Kind.BACKSPACE));
    line.edit(Key.of(Kind.DELETE));
    assertEquals("a", line.text());
    line.edit(Key.of(Kind.DELETE));
    line.edit(Key.of(Kind.HOME));
    line.edit(Key.of(Kind.BACKSPACE));
    assertEquals("a", line.text());
  }

  @Test
  void knowsTheUsualControls() {
    line.open("one two three");
    line.edit(Key.control('w'));
    assertEquals("one two ", line.text());
    line.edit(Key.control('a'));
    line.edit(Key.control('k'));
    assertEquals("", line.text());
    type("abc");
    line.edit(Key.control('u'));
    assertEquals("", line.text());
    assertFalse(line.edit(Key.control('x')));
  }

  @Test
  void recallsWhatWasTyped() {
    line.remember("first");
    line.remember("second");
    line.remember("second");
    line.open("");
    type("dra");
    line.edit(Key.of(Kind.UP));
    assertEquals("second", line.text());
    line.edit(Key.of(Kind.UP));
    line.edit(Key.of(Kind.UP));
    assertEquals("first", line.text());
    line.edit(Key.of(Kind.DOWN));
    line.edit(Key.of(Kind.DOWN));
    assertEquals("dra", line.text());
  }

  @Test
  void aPasteIsItsFirstLineWithoutControls() {
    line.open("");
    line.edit(Key.paste("pull\u0007 x\u202e\nrm everything"));
    assertEquals("pull x", line.text());
  }
}
