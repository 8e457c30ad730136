package dev.containertui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.view.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Style BOXES = new Style(true, false, 80);

  private static Tree node(String name, String note, Tree... children) {
    return new Tree(Cell.of(name), note, List.of(children));
  }

  @Test
  void treesHaveBranches() {
    Tree tree = node("/etc", "", node("init.d", "", node("a", "1 B")), node("hosts", "12 B"));
    assertEquals(
        """
        /etc
        ├─ init.d
        │  └─ a  1 B
        └─ hosts  12 B""",
        tree.render(BOXES));
    assertEquals(
        """
        /etc
        |- init.d
        |  `- a  1 B
        `- hosts  12 B""",
        tree.render(Style.PLAIN));
  }

  @Test
  void treesFitTheTerminalAndAreHarmless() {
    Tree tree = node("x".repeat(50), "note", node("\u001b[2J" + "y".repeat(50), "note"));
    String shown = tree.render(new Style(true, false, 20));
    assertTrue(shown.lines().allMatch(line -> line.length() <= 20), shown);
    assertTrue(shown.chars().noneMatch(c -> c == 0x1b), shown);
  }

  @Test
  void chartsAreOnOneScale() {
    Chart chart =
        new Chart(
            List.of(Column.left("WHAT")),
            List.of(
                Chart.Bar.of(48, Cell.of("all")),
                new Chart.Bar(List.of(Cell.of("end")), 24, 48),
                Chart.Bar.of(0.01, Cell.of("little")),
                Chart.Bar.of(0, Cell.of("none"))));
    assertEquals(
        """
        WHAT
        all     ########################
        end                 ############
        little  #
        none""",
        chart.render(Style.PLAIN));
  }

  @Test
  void widthsAreThoseOfTerminals() {
    assertEquals(3, SafeText.width("abc"));
    assertEquals(4, SafeText.width("三か"));
    assertEquals(2, SafeText.width("한"));
    assertEquals(2, SafeText.width("😀"));
    assertEquals(1, SafeText.width("e\u0301"));
    assertEquals(1, SafeText.width("ｱ")); // halfwidth
    assertEquals(2, SafeText.width("Ａ")); // fullwidth
    assertEquals("三…", SafeText.clip("三か国", 4, "…"));
  }

  @Test
  void whatTurnsTheOrderOfTextRoundIsShownAsWhatItIs() {
    assertEquals(
        "a\\u202eb\\u2066\\u200f\\ufeff\\ue0041",
        SafeText.line("a\u202eb\u2066\u200f\ufeff\udb40\udc41"));
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      byte direction = Character.getDirectionality(c);
      boolean turns =
          switch (direction) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
                true;
            default -> false;
          };
      assertTrue(!turns || SafeText.isHidden(c), Integer.toHexString(c));
    }
    String family = "\ud83d\udc68\u200d\ud83d\udc69";
    assertEquals(family, SafeText.line(family));
  }
}
