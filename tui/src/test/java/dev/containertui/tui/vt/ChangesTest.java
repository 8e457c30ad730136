package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a renderer learns about what it must draw. */
class ChangesTest {
  private static List<Integer> changed(TerminalFixture terminal, TerminalView before) {
    return terminal.view().changedSince(before).stream().boxed().toList();
  }

  @Test
  void onlyRowsThatWereWrittenChange() {
    TerminalFixture terminal = new TerminalFixture(10, 5).write("a\r\nb\r\nc");
    TerminalView before = terminal.view();
    assertEquals(List.of(), changed(terminal, before));
    terminal.write("x\\e[5;1Hy");
    assertEquals(List.of(2, 4), changed(terminal, before));
    before = terminal.view();
    terminal.write("\\e[2;1H\\e[K");
    assertEquals(List.of(1), changed(terminal, before));
    before = terminal.view();
    terminal.write("\\e[1;1H\\e[5n");
    assertEquals(List.of(), changed(terminal, before), "a moved cursor changes no row");
  }

  @Test
  void rowsThatScrolledAreTheSameObjects() {
    TerminalFixture terminal = new TerminalFixture(10, 3).write("a\r\nb\r\nc");
    TerminalView before = terminal.view();
    terminal.write("\r\nd");
    assertSame(before.lines().get(1), terminal.view().lines().get(0));
    assertSame(before.lines().get(2), terminal.view().lines().get(1));
    assertEquals(List.of(0, 1, 2), changed(terminal, before));
  }

  @Test
  void anotherSizeOrReversedColoursChangeAll() {
    TerminalFixture terminal = new TerminalFixture(10, 3).write("a");
    TerminalView before = terminal.view();
    terminal.write("\\e[?5h");
    assertEquals(3, changed(terminal, before).size());
    before = terminal.view();
    assertEquals(4, changed(terminal.resize(10, 4), before).size());
  }

  @Test
  void theRevisionTellsWhetherAnythingArrived() {
    TerminalFixture terminal = new TerminalFixture(10, 3);
    long revision = terminal.emulator.revision();
    assertEquals(revision, terminal.emulator.revision());
    assertNotEquals(revision, terminal.write("a").emulator.revision());
  }

  @Test
  void aPictureThatIsKeptUpByChangesEqualsTheWhole() {
    Random random = new Random(11);
    TerminalFixture terminal = new TerminalFixture(12, 6);
    TerminalView before = terminal.view();
    String[] picture = new String[6];
    for (int y = 0; y < 6; y++) {
      picture[y] = cells(before.lines().get(y));
    }
    for (int i = 0; i < 3000; i++) {
      terminal.write(HostileStreamTest.piece(random));
      TerminalView now = terminal.view();
      BitSet changed = now.changedSince(before);
      for (int y = 0; y < 6; y++) {
        if (changed.get(y)) {
          picture[y] = cells(now.lines().get(y));
        }
        assertEquals(cells(now.lines().get(y)), picture[y]);
      }
      before = now;
    }
  }

  private static String cells(Line line) {
    StringBuilder cells = new StringBuilder();
    for (int x = 0; x < line.columns(); x++) {
      cells.append(line.content(x)).append(line.style(x)).append(line.link(x));
    }
    return cells.toString();
  }
}
