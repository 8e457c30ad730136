package dev.containertui.tui.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What charts look like, to the cell. */
class ChartTest {
  private static final float NO = Float.NaN;

  private static Series series(String name, float... values) {
    return new Series(name, Look.CHART_1, values);
  }

  private static String draw(Chart chart, int columns, int rows, Glyphs glyphs) {
    Canvas canvas = new Canvas(columns, rows);
    chart.draw(canvas, new Rect(0, 0, columns, rows), Theme.TERMINAL, glyphs);
    return canvas.freeze().text();
  }

  private static Chart percent(Series... series) {
    return new Chart("CPU", Scale.Unit.PERCENT, "1m", List.of(series), OptionalDouble.empty());
  }

  private static final Series RAMP =
      series("host", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100);
  private static final Series GAP = series("host", 50, 50, 50, 50, NO, NO, NO, NO, 50, 50, 50, 100);
  private static final Series LOW = series("guest", 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20);

  @Test
  void anAreaInBraille() {
    assertEquals(
        """
        CPU  ⣿ host 100%
        100%┤              ⢀⣤⣾⣿⣿
            │           ⢀⣠⣶⣿⣿⣿⣿⣿
         50%┤        ⢀⣠⣶⣿⣿⣿⣿⣿⣿⣿⣿
            │     ⢀⣠⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
            │   ⣠⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
          0%┤⣠⣴⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
             -1m             now
        """,
        draw(percent(RAMP), 24, 8, Glyphs.BRAILLE));
  }

  @Test
  void allFiguresOfTheAxisHaveRoom() {
    String picture = draw(percent(series("host", 1, 2, 9, 3)), 30, 12, Glyphs.BLOCK);
    assertTrue(picture.contains("7.5%┤") && picture.contains("2.5%┤"), picture);
  }

  @Test
  void anAreaInBlocks() {
    assertEquals(
        """
        CPU  ▆ host 100%
        100%┤              ▁▄▇██
            │           ▁▃▆█████
         50%┤         ▃▆████████
            │      ▂▅███████████
            │   ▂▄▇█████████████
          0%┤▁▄▇████████████████
             -1m             now
        """,
        draw(percent(RAMP), 24, 8, Glyphs.BLOCK));
  }

  @Test
  void anAreaInAscii() {
    assertEquals(
        """
        CPU  # host 100%
        100%+              .:###
            |            .######
         50%+         .:########
            |      .:###########
            |   .:##############
          0%+.:#################
             -1m             now
        """,
        draw(percent(RAMP), 24, 8, Glyphs.ASCII));
  }

  @Test
  void aLineCutsThroughTheArea() {
    assertEquals(
        """
        CPU  ⣿ host 100%  ⠒ guest 20%
        100%┤                           ⣀⣤⣴⣶⣿⣿⣿⣿
            │                     ⢀⣠⣤⣶⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿
         50%┤                ⣀⣠⣴⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
            │          ⢀⣀⣤⣶⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
            │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
          0%┤⣀⣤⣴⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
             -1m                             now
        """,
        draw(percent(RAMP, LOW), 40, 8, Glyphs.BRAILLE));
  }

  @Test
  void linesInBlocks() {
    assertEquals(
        """
        CPU  ▆ host 100%  ─ guest 20%
        100%┤                          ▁▂▄▅▇████
            │                     ▁▂▄▅▇█████████
         50%┤                ▁▃▄▆▇██████████████
            │           ▂▃▅▆████████████████████
            │───────────────────────────────────
          0%┤▁▃▄▆▇██████████████████████████████
             -1m                             now
        """,
        draw(percent(RAMP, LOW), 40, 8, Glyphs.BLOCK));
  }

  @Test
  void aGapStaysEmpty() {
    assertEquals(
        """
        CPU  ⣿ host 100%
        100%┤                  ⣼
         50%┤⣀⣀⣀⣀⣀⣀       ⣀⣀⣀⣀⣸⣿
            │⣿⣿⣿⣿⣿⣿       ⣿⣿⣿⣿⣿⣿
          0%┤⣿⣿⣿⣿⣿⣿       ⣿⣿⣿⣿⣿⣿
             -1m             now
        """,
        draw(percent(GAP), 24, 6, Glyphs.BRAILLE));
  }

  @Test
  void nothingIsSaidToBeNothing() {
    assertEquals(
        """
        CPU  ⣿ host -
          5%┤
        2.5%┤      nothing known of this time
            │
          0%┤
             -1m                                 now
        """,
        draw(percent(series("host", NO, NO)), 44, 6, Glyphs.BRAILLE));
  }

  @Test
  void tooLittleRoomForAxesIsASparkline() {
    assertEquals(
        """
        CPU  ⣿ host 100%
        ⣀⣀⣀⣀⣀⣀⣀⣤⣤⣤⣤⣤⣤⣴⣶⣶⣶⣶⣶⣶⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿
        """,
        draw(percent(RAMP), 30, 2, Glyphs.BRAILLE));
  }
}
