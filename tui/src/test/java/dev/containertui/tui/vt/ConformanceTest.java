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
    return known;
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
        if (our.lines().get(y).glyph(x) > ' ' && our.lines().get(y).style(x) != their.lines().get(y).style(x)) {
          return "row %d, column %d: tmux has the style %x, ours %x"
              .formatted(
                  y + 1, x + 1, their.lines().get(y).style(x), our.lines().get(y).style(x));
        }
      }
    }
    return "";
  }

  private static void report(Path file, int count, Map<String, String> differences)
      throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(count).append(" sequences, ").append(count - differences.size()).append(" same\n");
    differences.forEach((name, what) -> text.append(name).append(": ").append(what).append('\n'));
    Files.writeString(file, text.toString());
  }
}
