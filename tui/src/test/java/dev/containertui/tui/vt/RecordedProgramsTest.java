package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What programs of today really sent to an 80x24 terminal ({@code vt/record} in the test resources
 * made the recordings) gives the screen, character for character and colour for colour, that tmux
 * makes of the same bytes.
 */
class RecordedProgramsTest {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> programs() {
    return Stream.of(
            "vim",
            "vim-colours",
            "busybox-vi",
            "less",
            "less-numbers",
            "top",
            "htop",
            "mc",
            "tmux",
            "bash",
            "busybox-sh",
            "watch")
        .map(name -> DynamicTest.dynamicTest(name, () -> sameAsTmux(name)));
  }

  private void sameAsTmux(String name) throws Exception {
    byte[] stream;
    try (InputStream in = getClass().getResourceAsStream("/vt/" + name + ".stream")) {
      stream = in.readAllBytes();
    }
    for (byte[] part : List.of(Arrays.copyOf(stream, stream.length / 2), stream)) {
      Emulator ours = new Emulator(COLUMNS, ROWS, 100, reply -> {});
      ours.feed(part);
      String captured = Tmux.capture(directory, part, COLUMNS, ROWS, "-e", "-N");
      Emulator theirs = new Emulator(COLUMNS, ROWS, 100, reply -> {});
      theirs.setNewLineMode(true);
      theirs.feed(captured.stripTrailing().getBytes(StandardCharsets.UTF_8));
      assertEquals(theirs.view(0).text(), ours.view(0).text());
      assertSameLook(theirs.view(0), ours.view(0));
      assertTrue(ours.view(0).text().strip().length() > 10, "the recording shows something");
    }
  }

  private static void assertSameLook(TerminalView theirs, TerminalView ours) {
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        if (ours.lines().get(y).glyph(x) > ' ') {
          long expected = theirs.lines().get(y).style(x);
          assertEquals(expected, ours.lines().get(y).style(x), "row " + y + ", column " + x);
        }
      }
    }
  }
}
