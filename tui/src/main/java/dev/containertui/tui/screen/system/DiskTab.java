package dev.containertui.tui.screen.system;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Gauge;
import dev.containertui.tui.widget.Memo;
import dev.containertui.tui.widget.Table;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What takes how much of the disk, and what of it could go. */
final class DiskTab implements SystemTab {
  static final Context CONTEXT = new Context("system.disk", "Disk use");
  static final Slot<TableState> TABLE = new Slot<>("system.disk.table", TableState.START);
  static final Slot<Answer<Disk>> DISK = new Slot<>("system.disk", Answer.none());

  /** With fewer rows the sums are one line. */
  private static final int MIN_ROWS_FOR_SUMS = 18;

  private static final int GAUGE_WIDTH = 20;

  /** So many things change at once when a container ends that counting can wait for a moment. */
  private static final long SETTLE_MILLIS = 500;

  private static final Table<Disk.Row> KIND =
      new Table<>(
          "On the disk",
          r -> r.kind() + " " + r.key(),
          r -> String.join(" ", r.kind(), r.name(), r.key(), r.usedBy()),
          List.of(
              new Column<>(
                  "KIND",
                  9,
                  9,
                  Fit.LEFT,
                  0,
                  r -> new Cell(r.kind(), Look.FAINT),
                  Comparator.comparing(Disk.Row::kind)),
              new Column<>(
                  "NAME",
                  14,
                  40,
                  Fit.TAIL,
                  0,
                  r -> new Cell(r.name(), Look.STRONG),
                  Comparator.comparing(Disk.Row::name)),
              new Column<>(
                  "SIZE",
                  8,
                  9,
                  Fit.RIGHT,
                  0,
                  r -> Cell.of(Units.bytes(r.bytes())),
                  Comparator.comparing(Disk.Row::bytes)),
              new Column<>(
                  "ALONE",
                  8,
                  9,
                  Fit.RIGHT,
                  2,
                  r -> Cell.of(Units.bytes(r.alone())),
                  Comparator.comparing(Disk.Row::alone)),
              new Column<>(
                  "SHARED",
                  8,
                  9,
                  Fit.RIGHT,
                  3,
                  r -> Cell.of(Units.bytes(r.bytes() - r.alone())),
                  Comparator.comparing(r -> r.bytes() - r.alone())),
              new Column<>(
                  "USED BY",
                  12,
                  60,
                  Fit.LEFT,
                  1,
                  r -> new Cell(r.usedBy(), r.unused() ? Look.BUSY : Look.PLAIN),
                  Comparator.comparing(Disk.Row::usedBy))));

  private final TableActions<Disk.Row> table =
      new TableActions<>(CONTEXT, KIND, TABLE, DiskTab::rows);

  private static final Memo<List<Disk.Row>> ROWS = new Memo<>();

  private static List<Disk.Row> rows(State state) {
    Optional<Disk> disk = state.get(DISK).value();
    Facts facts = Facts.of(state);
    return disk.isEmpty() ? List.of() : ROWS.of(() -> disk.get().rows(facts), disk.get(), facts);
  }

  @Override
  public String title() {
    return "Disk use";
  }

  @Override
  public String key() {
    return "d";
  }

  @Override
  public Context context() {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(Prune.actions());
    actions.add(
        Action.of(
            "system.disk.refresh", CONTEXT, "r f5", "count again", "refresh", DiskTab::count));
    actions.addAll(table.all());
    return actions;
  }

  @Override
  public Step settled(State state) {
    return state.get(DISK).isDue(state) ? count(state) : Step.to(state);
  }

  static Step count(State state) {
    if (state.get(DISK).asking()) {
      return Step.to(state);
    }
    boolean first = !state.get(DISK).asked();
    return Step.to(
        state.with(DISK, d -> d.ask(state)),
        new Effect(
            "count the disk's use",
            host -> {
              try {
                Thread.sleep(first ? 0 : SETTLE_MILLIS);
                Disk disk = Disk.count(host.engine());
                host.post("disk use", s -> Step.to(s.with(DISK, d -> d.with(disk))));
              } catch (RuntimeException e) { // else it were asked for ever
                host.post("disk use", s -> Step.to(s.with(DISK, d -> d.failed(e.getMessage()))));
              }
            }));
  }

  private record Parts(Rect sums, Rect table) {}

  private static Parts parts(State state, Rect area) {
    boolean room = area.height() >= MIN_ROWS_FOR_SUMS;
    int sums = state.get(DISK).value().isEmpty() ? 0 : room ? 8 : 1;
    return new Parts(
        new Rect(area.x(), area.y(), area.width(), sums),
        new Rect(area.x(), area.y() + sums, area.width(), area.height() - sums));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return table.mouse(state, mouse, parts(state, area).table());
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    Parts parts = parts(state, area);
    state
        .get(DISK)
        .value()
        .ifPresent(
            disk -> {
              if (parts.sums().height() == 1) {
                line(canvas, parts.sums(), theme, disk, Facts.of(state));
              } else {
                sums(canvas, parts.sums(), state, disk);
              }
            });
    TableView.draw(
        canvas, parts.table(), theme, KIND, state.get(TABLE), rows(state), whyEmpty(state), true);
  }

  private static void line(Canvas canvas, Rect rect, Theme theme, Disk disk, Facts facts) {
    StringBuilder text = new StringBuilder();
    for (Disk.Sum sum : disk.sums(facts)) {
      text.append(text.isEmpty() ? "" : " · ").append(sum.title()).append(' ');
      text.append(Units.bytes(sum.bytes()));
    }
    canvas.text(rect.x() + 1, rect.y(), rect.width() - 2, text.toString(), theme.style(Look.FAINT));
  }

  private static void sums(Canvas canvas, Rect rect, State state, Disk disk) {
    Theme theme = Theme.of(state);
    Facts facts = Facts.of(state);
    long total = disk.total(facts);
    canvas.box(
        rect,
        Units.bytes(total) + " in all" + (state.get(DISK).asking() ? "  counting …" : ""),
        theme.style(Look.BORDER),
        theme.style(Look.TITLE));
    List<Disk.Sum> sums = disk.sums(facts);
    int y = rect.y() + 1;
    for (Disk.Sum sum : sums) {
      int x = rect.x() + 2;
      canvas.text(x, y, 10, sum.title(), theme.style(Look.PLAIN));
      canvas.right(x + 10, y, 5, sum.count(), theme.style(Look.FAINT));
      canvas.right(x + 16, y, 10, Units.bytes(sum.bytes()), theme.style(Look.STRONG));
      double share = total == 0 ? 0 : (double) sum.bytes() / total;
      canvas.text(x + 28, y, "[", theme.style(Look.FAINT));
      canvas.text(
          x + 29, y, Gauge.bar(share, GAUGE_WIDTH, Glyphs.of(state)), theme.style(Look.METER));
      canvas.text(x + 29 + GAUGE_WIDTH, y, "]", theme.style(Look.FAINT));
      if (sum.reclaimable() > 0) {
        canvas.text(
            x + 32 + GAUGE_WIDTH,
            y,
            rect.width() - 36 - GAUGE_WIDTH,
            Units.bytes(sum.reclaimable()) + " could go",
            theme.style(Look.BUSY));
      }
      y++;
    }
    canvas.text(
        rect.x() + 2,
        y,
        rect.width() - 4,
        "Holes in sparse files are not counted; what images share is counted once.",
        theme.style(Look.FAINT));
  }

  private static List<String> whyEmpty(State state) {
    Answer<Disk> disk = state.get(DISK);
    if (!state.get(TABLE).filter().isEmpty() && !rows(state).isEmpty()) {
      return List.of("Nothing matches the filter.", "esc clears it.");
    } else if (!disk.failure().isEmpty()) {
      return List.of("The disk's use cannot be counted.", disk.failure(), "r tries again.");
    } else if (!Facts.of(state).failure().isEmpty()) {
      return List.of("The engine cannot be asked.", Facts.of(state).failure());
    }
    return List.of("Counting …");
  }
}
