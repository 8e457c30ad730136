package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same streams through tmux, an independent emulator, give the same screens. */
class TmuxOracleTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 20;

  /** No margins: outside of them tmux inserts rows all the same, a VT220 does not. */
  private static final String INSIDE = "\u001b7\u001b[r\u001b8\r\u001b[";

  @TempDir Path directory;

  @Test
  void anEditorSession() throws Exception {
    compare(
        "\u001b[?1049h\u001b[1;20r\u001b[?12h\u001b[?12l\u001b[27m\u001b[23m\u001b[29m\u001b[m"
            + "\u001b[H\u001b[2J\u001b[2;1H\u001b[94m~                          \u001b[3;1H~"
            + "\u001b[4;1H~\u001b[m\u001b[20;1H\"file\" 3L, 20B\u001b[1;1Hfirst\u001b[2;1Hsecond"
            + "\u001b[2;10r\u001b[2;1H\u001bM\u001b[1;20r\u001b[2;1Hinserted\u001b[K"
            + "\u001b[5;7H\u001b[1m\u001b[7mmark\u001b[27m\u001b[22m\u001b[20;1H\u001b[K:wq");
  }

  @Test
  void aPagerThatScrollsBothWays() throws Exception {
    StringBuilder stream = new StringBuilder("\u001b[?1h\u001b=\r");
    for (int i = 0; i < 50; i++) {
      stream.append("line ").append(i).append("\u001b[m\r\n");
    }
    stream.append(":\r\u001b[K\u001b[H\u001bMline back\r\n\u001b[20;1H\r\u001b[K:");
    compare(stream.toString());
  }

  @Test
  void boxesAndTabs() throws Exception {
    compare(
        "┌────────┐\r\n│        │\r\n└────────┘\r\na\tb\tc\r\n"
            + "\u001b[10;10Hhere\u001b[3Dx\u001b[5@y\u001b[2Pz\u001b[4X!");
  }

  @Test
  void wideTextAndMarks() throws Exception {
    compare("漢字かな한글 e\u0301a\u0308 ｆｕｌｌ\r\n" + "漢".repeat(31) + "x\r\n");
  }

  @Test
  void randomEdits() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      compare(randomStream(random, 400));
    }
  }

  /** Only operations whose result the two agree on by their documentation. */
  private static String randomStream(Random random, int length) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int n = 1 + random.nextInt(5);
      switch (random.nextInt(18)) {
        case 0 ->
            s.append("\u001b[")
                .append(1 + random.nextInt(22))
                .append(';')
                .append(1 + random.nextInt(60))
                .append('H');
        case 1 -> s.append("\u001b[").append(n).append('A');
        case 2 -> s.append("\u001b[").append(n).append('B');
        case 3 -> s.append("\u001b[").append(n).append('C');
        case 4 -> s.append(INSIDE).append(n).append('L');
        case 5 -> s.append(INSIDE).append(n).append('M');
        case 6 -> s.append("\r\u001b[7C\u001b[").append(n).append('P');
        case 7 -> s.append("\r\u001b[7C\u001b[").append(n).append('@');
        case 8 -> s.append("\r\u001b[9C\u001b[").append(n).append('X');
        case 9 -> s.append("\r\u001b[9C\u001b[").append(random.nextInt(3)).append('K');
        case 10 -> {
          if (random.nextInt(8) == 0) {
            s.append("\r\u001b[9C\u001b[").append(random.nextInt(2)).append('J');
          }
        }
        case 11 -> {
          int top = 1 + random.nextInt(10);
          s.append("\u001b[")
              .append(top)
              .append(';')
              .append(top + 1 + random.nextInt(9))
              .append('r');
        }
        case 12 -> s.append("\r\u001bM");
        case 13 -> s.append("\r\n".repeat(n));
        case 14 -> s.append("\u001b7\u001b[5;5Hsaved\u001b8");
        default -> s.append("word").append(i).append(' ');
      }
    }
    return s.append("\u001b[r").toString();
  }

  private void compare(String stream) throws Exception {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    Emulator emulator = new Emulator(COLUMNS, ROWS, 100, reply -> {});
    emulator.feed(bytes);
    assertEquals(
        Tmux.screen(directory, bytes, COLUMNS, ROWS), Tmux.stripped(emulator.view(0).text()));
  }
}
