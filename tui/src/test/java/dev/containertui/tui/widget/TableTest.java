package dev.containertui.tui.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Themes;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final int ROWS = 200_000;

  private final AtomicInteger searched = new AtomicInteger();
  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger drawn = new AtomicInteger();
  private final List<Integer> all = IntStream.range(0, ROWS).boxed().toList();
  private final Table<Integer> table =
      new Table<>(
          "Numbers",
          n -> Integer.toString(n),
          n -> {
            searched.incrementAndGet();
            return Integer.toString(n);
          },
          List.of(
              new Column<>(
                  "N",
                  6,
                  6,
                  Fit.RIGHT,
                  0,
                  n -> {
                    drawn.incrementAndGet();
                    return Cell.of(Integer.toString(n));
                  },
                  Comparator.comparing(
                      n -> {
                        compared.incrementAndGet();
                        return n;
                      }))));
  private final TableState state = TableState.START.filter("7").sort("N", true);

  private String draw(TableState now, List<Integer> rows) {
    Canvas canvas = new Canvas(40, 10);
    TableView.draw(
        canvas,
        new Rect(0, 0, 40, 10),
        Themes.named("mono").orElseThrow(),
        table,
        now,
        rows,
        List.of("none"),
        true);
    return canvas.freeze().text();
  }

  @Test
  void whatIsShownIsFoundOnceForManyPictures() {
    String first = draw(state, all);
    int comparisons = compared.get();
    for (int i = 0; i < 5; i++) {
      assertEquals(first, draw(state, all));
    }
    assertEquals(ROWS, searched.get());
    assertEquals(comparisons, compared.get());
  }

  @Test
  void onlyRowsInSightAreDrawn() {
    draw(state, all);
    assertEquals(7, drawn.get());
  }

  @Test
  void movingNeitherFiltersNorSortsAnew() {
    draw(state, all);
    int comparisons = compared.get();
    TableState moved = table.move(state.toggleMark("177"), all, 3);
    draw(moved, all);
    assertEquals(
        List.of(199979), table.selected(table.moveTo(state, all, 2), all).stream().toList());
    assertEquals(ROWS, searched.get());
    assertEquals(comparisons, compared.get());
  }

  @Test
  void eachChangeIsSeen() {
    assertEquals(199997, table.rows(state, all).getFirst());
    assertEquals(7, table.rows(state.sort("N", false), all).getFirst());
    assertEquals(199999, table.rows(state.filter("9"), all).getFirst());
    assertEquals(List.of(70), table.rows(state, List.of(1, 70)));
    assertEquals(List.of(71), table.rows(state, List.of(1, 71)));
  }
}
