package dev.containertui.repl.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuestPathsTest {
  @Test
  void namesThatCouldHarmAreLeftOut() {
    assertEquals(
        List.of("bin/", "a b", "größe"),
        GuestPaths.names("bin/\na b\nesc\u001b[2J\nquote\"\nback\\slash\n\ngröße\nbad\uFFFD\n"));
  }

  @Test
  void listIsBounded() {
    assertEquals(2000, GuestPaths.names("x\n".repeat(10_000)).size());
  }
}
