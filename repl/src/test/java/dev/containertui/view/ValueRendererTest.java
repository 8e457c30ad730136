package dev.containertui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueRendererTest {
  private record Disk(String name, long sizeBytes, Duration took, Optional<String> label) {}

  private final ValueRenderer plain = new ValueRenderer(Style.PLAIN);

  @Test
  void recordsAreATableWithUnits() {
    List<Disk> disks =
        List.of(
            new Disk("root", 4_215_000, Duration.ofMillis(1250), Optional.of("x")),
            new Disk("upper disk", 12, Duration.ofSeconds(75), Optional.empty()));
    assertEquals(
        """
        NAME        SIZE BYTES        TOOK  LABEL
        root           4.22 MB      1.25 s  x
        upper disk        12 B  1 min 15 s  -""",
        plain.render(disks));
  }

  @Test
  void boxesAreDrawnWhereTheTerminalCan() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("one", 1);
    map.put("三", 3);
    assertEquals(
        """
        ╭─────┬───╮
        │ one │ 1 │
        │ 三  │ 3 │
        ╰─────┴───╯""",
        new ValueRenderer(new Style(true, false, 80)).render(map));
  }

  @Test
  void tablesFitTheTerminal() {
    var narrow = new ValueRenderer(new Style(true, false, 40));
    String table = narrow.render(Map.of("key", "x".repeat(200)));
    assertTrue(table.contains("…"), table);
    assertTrue(table.lines().allMatch(line -> line.length() <= 40), table);
  }

  @Test
  void whatAGuestSaysCannotDriveTheTerminal() {
    String hostile = "a\u001b]0;title\u0007\u009b31m\r\nb";
    for (Object value : List.of(hostile, List.of(hostile, hostile), Map.of(hostile, hostile))) {
      String shown = new ValueRenderer(new Style(true, false, 80)).render(value);
      assertFalse(shown.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), shown);
      assertTrue(shown.contains("\\x1b"), shown);
    }
  }

  @Test
  void everydayValues() {
    assertEquals("null", plain.render(null));
    assertEquals("\"text \\\"x\\\"\"", plain.render("text \"x\""));
    assertEquals("two\nlines", plain.render("two\nlines\n"));
    assertEquals("[1, 2]", plain.render(new int[] {1, 2}));
    assertEquals("[1, null]", plain.render(Arrays.asList(1, null)));
    assertEquals("none", plain.render(List.of()));
    assertEquals("empty", plain.render(Optional.empty()));
    assertEquals("3 h 20 min", plain.render(Duration.ofMinutes(200)));
    assertEquals("'c'", plain.render('c'));
  }

  @Test
  void longListsAreCut() {
    String shown = plain.render(IntStream.range(0, 100_000).boxed().toList());
    assertTrue(shown.endsWith("and 99800 more"), shown.substring(shown.length() - 40));
  }

  @Test
  void colourIsOnlyUsedIfAllowed() {
    assertFalse(plain.render(Map.of("a", 1)).contains("\u001b"));
    assertTrue(
        new ValueRenderer(new Style(false, true, 80)).render(Map.of("a", 1)).contains("\u001b[1m"));
  }
}
