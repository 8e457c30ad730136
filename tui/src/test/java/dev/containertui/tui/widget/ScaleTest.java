package dev.containertui.tui.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.widget.Scale.Unit;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void ceilingsAreRound() {
    assertEquals(5, Scale.upTo(0, Unit.PERCENT).ceiling());
    assertEquals(10, Scale.upTo(5.1, Unit.PERCENT).ceiling());
    assertEquals(20, Scale.upTo(10.5, Unit.PERCENT).ceiling());
    assertEquals(50, Scale.upTo(21, Unit.PERCENT).ceiling());
    assertEquals(100, Scale.upTo(100, Unit.PERCENT).ceiling());
    assertEquals(200, Scale.upTo(100.5, Unit.PERCENT).ceiling());
    assertEquals(512L << 20, Scale.upTo(300L << 20, Unit.BYTES).ceiling());
    assertEquals(512L << 20, Scale.upTo(512L << 20, Unit.BYTES).ceiling());
    assertEquals(1024, Scale.upTo(3, Unit.BYTES_PER_SECOND).ceiling());
    assertEquals(1, Scale.upTo(0.3, Unit.COUNT).ceiling());
    assertEquals(5, Scale.upTo(Double.NaN, Unit.PERCENT).ceiling());
  }

  @Test
  void labelsHaveTheirUnits() {
    assertEquals("2.5%", Scale.upTo(5, Unit.PERCENT).label(2.5));
    assertEquals("50%", Scale.upTo(100, Unit.PERCENT).label(50));
    assertEquals("256 MiB", Scale.upTo(1, Unit.BYTES).label(256 << 20));
    assertEquals("1.5 KiB/s", Scale.upTo(1, Unit.BYTES_PER_SECOND).label(1536));
    assertEquals("0.25", Scale.upTo(1, Unit.COUNT).label(0.25));
  }
}
