package dev.containertui.tui.screen.images;

import dev.containertui.image.ImageSummary;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Names;
import dev.containertui.tui.widget.Table;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cache of images. */
public final class ImagesScreen implements WorkScreen {
  static final Context CONTEXT = new Context("images", "Images");
  static final Slot<TableState> TABLE = new Slot<>("images.table", TableState.START);

  private static final Table<ImageSummary> KIND =
      new Table<>(
          "Images",
          ImageSummary::digest,
          i -> String.join(" ", i.references()) + " " + i.id(),
          List.of(
              new Column<>(
                  "REFERENCE",
                  16,
                  60,
                  Fit.TAIL,
                  0,
                  i -> new Cell(name(i), Look.STRONG),
                  Comparator.comparing(ImagesScreen::name)),
              new Column<>(
                  "SIZE",
                  8,
                  9,
                  Fit.RIGHT,
                  0,
                  i -> Cell.of(Units.bytes(i.sizeBytes())),
                  Comparator.comparing(ImageSummary::sizeBytes))));

  private final TableActions<ImageSummary> table =
      new TableActions<>(CONTEXT, KIND, TABLE, s -> Facts.of(s).images());

  private static String name(ImageSummary image) {
    return image.references().isEmpty()
        ? Names.shortDigest(image.id())
        : Names.shortReference(image.references().getFirst());
  }

  @Override
  public ScreenId id() {
    return ScreenId.IMAGES;
  }

  @Override
  public List<Action> actions() {
    return table.all();
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return table.mouse(state, mouse, area);
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    TableView.draw(
        canvas,
        area,
        Theme.of(state),
        KIND,
        state.get(TABLE),
        Facts.of(state).images(),
        List.of("No images yet.", "Press p, or type :pull busybox"),
        true);
  }
}
