package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.vt.Mouse.Action;
import dev.containertui.tui.vt.Mouse.Button;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MouseEncoderTest {
  private static final Mouse PRESS = Mouse.of(Action.PRESS, Button.LEFT, 4, 9);
  private static final Mouse RELEASE = Mouse.of(Action.RELEASE, Button.LEFT, 4, 9);
  private static final Mouse DRAG = Mouse.of(Action.MOVE, Button.LEFT, 5, 9);
  private static final Mouse HOVER = Mouse.of(Action.MOVE, Button.NONE, 5, 9);
  private static final Mouse WHEEL = Mouse.of(Action.PRESS, Button.WHEEL_DOWN, 4, 9);

  /** What is sent after a guest wrote {@code modes}; bytes as characters. */
  private static String sent(String modes, Mouse... events) {
    Emulator emulator = new TerminalFixture(300, 300).write(modes).emulator;
    StringBuilder sent = new StringBuilder();
    for (Mouse event : events) {
      byte[] bytes = MouseEncoder.encode(event, emulator.mouseModes());
      sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return sent.toString().replace("\u001b", "\\e");
  }

  @Test
  void nothingIsSentUnasked() {
    assertEquals("", sent("", PRESS, RELEASE, DRAG, HOVER, WHEEL));
    assertEquals("", sent("\\e[?1006h", PRESS, WHEEL));
    assertEquals("", sent("\\e[?1003h\\e[?1003l", PRESS, HOVER));
  }

  @Test
  void eachTrackingModeReportsItsEvents() {
    assertEquals("\\e[M %*", sent("\\e[?9h", PRESS, RELEASE, DRAG, HOVER, WHEEL));
    assertEquals(
        "\\e[M %*\\e[M#%*\\e[Ma%*", sent("\\e[?1000h", PRESS, RELEASE, DRAG, HOVER, WHEEL));
    assertEquals(
        "\\e[M %*\\e[M#%*\\e[M@&*\\e[Ma%*", sent("\\e[?1002h", PRESS, RELEASE, DRAG, HOVER, WHEEL));
    assertEquals(
        "\\e[M %*\\e[M#%*\\e[M@&*\\e[MC&*\\e[Ma%*",
        sent("\\e[?1003h", PRESS, RELEASE, DRAG, HOVER, WHEEL));
  }

  @Test
  void sgrReportsTellWhichButtonWasReleased() {
    assertEquals(
        "\\e[<0;5;10M\\e[<0;5;10m\\e[<32;6;10M\\e[<35;6;10M\\e[<65;5;10M",
        sent("\\e[?1003;1006h", PRESS, RELEASE, DRAG, HOVER, WHEEL));
    assertEquals(
        "\\e[<2;5;10m", sent("\\e[?1000;1006h", Mouse.of(Action.RELEASE, Button.RIGHT, 4, 9)));
    assertEquals(
        "\\e[<128;1;1M", sent("\\e[?1000;1006h", Mouse.of(Action.PRESS, Button.BACKWARD, 0, 0)));
  }

  @Test
  void urxvtReports() {
    assertEquals(
        "\\e[32;5;10M\\e[35;5;10M\\e[64;6;10M\\e[97;5;10M",
        sent("\\e[?1002;1015h", PRESS, RELEASE, DRAG, WHEEL));
  }

  @Test
  void modifiersAreAdded() {
    Mouse all = new Mouse(Action.PRESS, Button.MIDDLE, 0, 0, true, true, true);
    assertEquals("\\e[<29;1;1M", sent("\\e[?1000;1006h", all));
    Mouse ctrl = new Mouse(Action.PRESS, Button.WHEEL_UP, 0, 0, true, false, false);
    assertEquals("\\e[<80;1;1M", sent("\\e[?1000;1006h", ctrl));
    assertEquals("\\e[M!!!", sent("\\e[?9h", all), "X10 knows none");
  }

  @Test
  void positionsThatAnEncodingCannotWriteAreNotSent() {
    Mouse near = Mouse.of(Action.PRESS, Button.LEFT, 222, 0);
    Mouse far = Mouse.of(Action.PRESS, Button.LEFT, 223, 0);
    assertEquals("\\e[M \u00ff!", sent("\\e[?1000h", near));
    assertEquals("", sent("\\e[?1000h", far));
    assertEquals("\\e[M \u00c4\u0080!", sent("\\e[?1000;1005h", far)); // U+0100 in UTF-8
    assertEquals("", sent("\\e[?1000;1005h", Mouse.of(Action.PRESS, Button.LEFT, 2015, 0)));
    assertEquals(
        "\\e[<0;2016;1M", sent("\\e[?1000;1006h", Mouse.of(Action.PRESS, Button.LEFT, 2015, 0)));
    assertEquals("", sent("\\e[?1000;1006h", Mouse.of(Action.PRESS, Button.LEFT, -1, 0)));
  }

  @Test
  void theWheelScrollsProgramsOnTheAlternateScreen() {
    assertEquals("\\e[B\\e[B\\e[B", sent("\\e[?1049h", WHEEL));
    assertEquals("\\eOB\\eOB\\eOB", sent("\\e[?1049h\\e[?1h", WHEEL));
    assertEquals("", sent("\\e[?1049h\\e[?1007l", WHEEL));
    assertEquals("", sent("\\e[?1049h", PRESS));
  }

  @Test
  void oneEncodingTakesThePlaceOfAnother() {
    assertEquals("\\e[32;5;10M", sent("\\e[?1000;1006;1015h", PRESS));
    assertEquals("\\e[M %*", sent("\\e[?1000;1006h\\e[?1006l", PRESS));
    assertEquals("\\e[<0;5;10M", sent("\\e[?1000;1006h\\e[?1015l", PRESS));
  }
}
