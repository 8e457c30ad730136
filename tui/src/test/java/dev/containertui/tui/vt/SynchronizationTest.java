package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Mode 2026, with a clock that stands still unless told. */
class SynchronizationTest {
  private final TerminalFixture terminal = new TerminalFixture(10, 3).write("old");

  @Test
  void theOldPictureStaysUntilTheNewOneIsDone() {
    terminal.write("\\e[?2026h\\e[H\\e[2Jnew");
    assertEquals("old", terminal.screen());
    assertEquals(Synchronization.LIMIT, terminal.emulator.heldStill());
    terminal.write("er\\e[?2026l");
    assertEquals("newer", terminal.screen());
    assertEquals(Duration.ZERO, terminal.emulator.heldStill());
  }

  @Test
  void aGuestThatNeverEndsIsShownAfterTheLimit() {
    terminal.write("\\e[?2026h\\e[H\\e[2Jnew");
    terminal.nanoTime += Synchronization.LIMIT.toNanos();
    assertEquals(Duration.ZERO, terminal.emulator.heldStill());
    assertEquals("new", terminal.screen());
  }

  @Test
  void beginningAgainAndAgainDoesNotDrawItOut() {
    terminal.write("\\e[?2026h\\e[H\\e[2J");
    for (int i = 0; i < 10; i++) {
      terminal.nanoTime += Synchronization.LIMIT.toNanos() / 4;
      terminal.write("\\e[?2026h" + i);
    }
    assertTrue(terminal.screen().length() > 3, terminal.screen());
  }

  @Test
  void beginningAgainShowsNothingHalfDone() {
    terminal.write("\\e[?2026h\\e[H\\e[2Jha\\e[?2026hlf");
    assertEquals("old", terminal.screen());
  }

  @Test
  void aResetAndANewSizeEndIt() {
    terminal.write("\\e[?2026h\\ecnew");
    assertEquals("new", terminal.screen());
    terminal.write("\\e[?2026her").resize(9, 3);
    assertEquals("newer", terminal.screen());
  }

  @Test
  void guestsCanAskForIt() {
    terminal.write("\\e[?2026$p\\e[?2026h\\e[?2026$p");
    assertEquals("\\e[?2026;2$y\\e[?2026;1$y", terminal.replied());
  }
}
