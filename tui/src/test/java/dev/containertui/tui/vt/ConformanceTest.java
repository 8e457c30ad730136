package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of sequences through tmux and through ours: the screens are the same cell by cell, text
 * and looks, but for the known differences.
 *
 * <p>With {@code -Dconformance.report=FILE} the differences are written there as a table.
 */
class ConformanceTest {
  @TempDir Path directory;

  /** What tmux does otherwise, and why ours is meant to be as it is. */
  private static final Map<String, String> KNOWN = known();

  private static Map<String, String> known() {
    Map<String, String> known = new TreeMap<>();
    because(
        known,
        "tmux takes the place behind the last column for a column: moves to the left begin there",
        "BS after the last column",
        "CUB after the last column");
    because(
        known,
        "ours erases the character in the last column, as xterm does, and ends the pending wrap",
        "EL after the last column");
    because(
        known,
        "tmux leaves one half of a wide character behind or keeps it whole; ours empties both cells",
        "DCH cuts a wide character",
        "ECH cuts wide characters",
        "EL 1 cuts a wide character",
        "EL cuts a wide character",
        "ICH cuts a wide character at the end",
        "half over wide");
    because(
        known,
        "tmux does not know HPR and VPR",
        "HPR ",
        "HPR 0",
        "HPR 1",
        "HPR 3",
        "HPR 99",
        "VPR ",
        "VPR 0",
        "VPR 1",
        "VPR 3",
        "VPR 99");
    because(
        known,
        "tmux ignores a count that is as large as the row",
        "ICH 99 at 1;1",
        "ICH 99 at 4;8");
    because(
        known,
        "tmux ends a repetition at the end of the row; ours wraps, as printing does",
        "REP 99",
        "REP over the end of a row");
    because(known, "ours ends a pending wrap with a line feed, tmux does not", "LF at the bottom");
    because(
        known,
        "tmux keeps a pending wrap on the way to the alternate screen, and loses it on the way back",
        "on the alternate screen",
        "the alternate screen");
    because(
        known, "tmux puts the cursor back at the end of 1047, which is what 1049 is for", "1047");
    because(known, "tmux does not know DECSTR", "DECSTR");
    because(
        known,
        "an unfinished colour is taken differently: tmux takes its numbers for codes, ours for nothing or for colour 0",
        "SGR 38;2;1;2",
        "SGR 38;5");
    because(known, "capture-pane writes the code of the overline wrongly", "SGR 53");
    because(
        known,
        "tmux leaves a wide character out that does not fit and may not wrap; ours puts it at the end",
        "a wide character without DECAWM");
    return known;
  }

  private static void because(Map<String, String> known, String why, String... names) {
    for (String name : names) {
      known.put(name, why);
    }
  }

  @Test
  void everySequenceGivesTheScreenThatTmuxMakesOfIt() throws Exception {
    Map<String, String> sequences = ConformanceSequences.all();
    assertTrue(sequences.size() >= 300, "only " + sequences.size() + " sequences");
    List<String> names = new ArrayList<>(sequences.keySet());
    List<String> theirs;
    try (TmuxScreens tmux =
        new TmuxScreens(directory, ConformanceSequences.COLUMNS, ConformanceSequences.ROWS)) {
      theirs = tmux.captures(names.stream().map(sequences::get).toList());
    }
    Map<String, String> differences = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      String difference = difference(sequences.get(names.get(i)), theirs.get(i));
      if (!difference.isEmpty()) {
        differences.put(names.get(i), difference);
      }
    }
    String report = System.getProperty("conformance.report", "");
    if (!report.isEmpty()) {
      report(Path.of(report), names.size(), differences);
    }
    assertEquals(
        String.join("\n", KNOWN.keySet()),
        String.join("\n", differences.keySet()),
        () -> differences.toString());
  }

  /** The first difference of a screen; empty if there is none. */
  private static String difference(String sequence, String captured) {
    int columns = ConformanceSequences.COLUMNS;
    int rows = ConformanceSequences.ROWS;
    Emulator ours = new Emulator(columns, rows, 100, reply -> {});
    ours.feed(sequence.getBytes(StandardCharsets.UTF_8));
    Emulator theirs = new Emulator(columns, rows, 100, reply -> {});
    theirs.setNewLineMode(true);
    theirs.feed("\u001b)0".getBytes(StandardCharsets.UTF_8)); // what capture-pane takes for granted
    theirs.feed(captured.getBytes(StandardCharsets.UTF_8));
    TerminalView our = ours.view(0);
    TerminalView their = theirs.view(0);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        String ourText = our.lines().get(y).content(x);
        String theirText = their.lines().get(y).content(x);
        if (!ourText.equals(theirText)) {
          return "row %d, column %d: tmux has \"%s\", ours \"%s\""
              .formatted(y + 1, x + 1, theirText, ourText);
        }
        // Of empty cells at the end of a row capture-pane does not tell the background.
        if (our.lines().get(y).glyph(x) > ' '
            && our.lines().get(y).style(x) != their.lines().get(y).style(x)) {
          return "row %d, column %d: tmux has the style %x, ours %x"
              .formatted(y + 1, x + 1, their.lines().get(y).style(x), our.lines().get(y).style(x));
        }
      }
    }
    return "";
  }

  private static void report(Path file, int count, Map<String, String> differences)
      throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(count).append(" sequences, ").append(count - differences.size()).append(" same\n");
    differences.forEach(
        (name, what) ->
            text.append(
                "| `%s` | %s | %s |\n".formatted(name, what, KNOWN.getOrDefault(name, "?"))));
    Files.writeString(file, text.toString());
  }
}
