package dev.containertui.tui.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import dev.containertui.tui.widget.InputLine.Input;
import org.junit.jupiter.api.Test;

class InputLineTest {
  private final InputLine line = new InputLine();
  private State state =
      InputLine.open(
          State.INITIAL,
          Input.proposing(
              "from: ", "1000", "", (s, text) -> Step.to(Shell.note(s, "got " + text, ""))));

  private String taken(Key... keys) {
    for (Key key : keys) {
      state = line.capture(state, key).orElseThrow().state();
    }
    state = line.capture(state, Key.of(Kind.ENTER)).orElseThrow().state();
    return state.get(Shell.SLOT).notice().orElseThrow().text();
  }

  @Test
  void whatIsTypedTakesThePlaceOfWhatIsProposed() {
    assertEquals("got 5m", taken(Key.character('5'), Key.character('m')));
  }

  @Test
  void pastedTextDoesToo() {
    assertEquals("got 2h", taken(Key.paste("2h")));
  }

  @Test
  void enterTakesWhatIsProposed() {
    assertEquals("got 1000", taken());
  }

  @Test
  void whoMovesInItEditsIt() {
    assertEquals("got 1005", taken(Key.of(Kind.END), Key.of(Kind.BACKSPACE), Key.character('5')));
  }

  @Test
  void backspaceClearsIt() {
    assertEquals("got 7", taken(Key.of(Kind.BACKSPACE), Key.character('7')));
  }
}
