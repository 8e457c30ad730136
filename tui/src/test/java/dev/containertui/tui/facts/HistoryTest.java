package dev.containertui.tui.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.facts.History.Range;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

  private enum Figure {
    A,
    B
  }

  private static Instant at(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }

  private static History<Figure> with(History<Figure> history, double seconds, double a, double b) {
    return history.with(at(seconds), figure -> figure == Figure.A ? a : b);
  }

  /** The newest values. */
  private static float[] tail(float[] values, int count) {
    return Arrays.copyOfRange(values, values.length - count, values.length);
  }

  @Test
  void keepsEachFigureOfEachSecond() {
    History<Figure> history = History.of(Figure.class);
    for (int i = 0; i < 200; i++) {
      history = with(history, i, i, 2 * i);
    }
    float[] a = history.values(Figure.A, Range.MINUTE, at(199));
    assertEquals(60, a.length);
    assertEquals(140, a[0]);
    assertEquals(199, a[59]);
    assertArrayEquals(
        new float[] {396, 398}, tail(history.values(Figure.B, Range.MINUTE, at(199)), 2));
  }

  @Test
  void longerRangesHaveMeans() {
    History<Figure> history = History.of(Figure.class);
    for (int i = 0; i < 60; i++) {
      history = with(history, i, i, 0);
    }
    assertArrayEquals(
        new float[] {47, 52, 57}, tail(history.values(Figure.A, Range.TEN_MINUTES, at(59)), 3));
    assertArrayEquals(
        new float[] {14.5f, 44.5f}, tail(history.values(Figure.A, Range.HOUR, at(59)), 2), 1e-4f);
    assertTrue(Float.isNaN(history.values(Figure.A, Range.HOUR, at(59))[117]));
  }

  @Test
  void aSampleThatComesLateIsNoGap() {
    History<Figure> history = with(with(History.of(Figure.class), 0, 5, 0), 2.2, 7, 0);
    assertArrayEquals(
        new float[] {Float.NaN, 5, 7, 7}, tail(history.values(Figure.A, Range.MINUTE, at(2.9)), 4));
  }

  @Test
  void aTimeOfWhichNothingIsKnownIsAGap() {
    History<Figure> history = with(with(History.of(Figure.class), 0, 5, 0), 5, 7, 0);
    assertArrayEquals(
        new float[] {5, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 7},
        tail(history.values(Figure.A, Range.MINUTE, at(5)), 6));
    assertArrayEquals(
        new float[] {7, Float.NaN, Float.NaN, Float.NaN, Float.NaN},
        tail(history.values(Figure.A, Range.MINUTE, at(9)), 5),
        "and so is the time since the last sample");
  }

  @Test
  void whatIsOlderThanARangeIsForgotten() {
    History<Figure> history = with(with(History.of(Figure.class), 0, 5, 0), 4000, 7, 0);
    for (Range range : Range.values()) {
      float[] values = history.values(Figure.A, range, at(4000));
      for (int i = 0; i < values.length - 1; i++) {
        assertTrue(Float.isNaN(values[i]), range + " " + i);
      }
    }
  }

  @Test
  void anOldSampleAndAClockThatWentBackChangeNothing() {
    History<Figure> history = with(with(History.of(Figure.class), 10, 5, 0), 3, 99, 0);
    assertArrayEquals(
        new float[] {Float.NaN, 5}, tail(history.values(Figure.A, Range.MINUTE, at(10)), 2));
  }

  @Test
  void whatWasKeptBeforeStaysAsItWas() {
    History<Figure> before = with(History.of(Figure.class), 0, 1, 1);
    with(before, 1, 2, 2);
    assertArrayEquals(
        new float[] {Float.NaN, 1}, tail(before.values(Figure.A, Range.MINUTE, at(0)), 2));
  }
}
