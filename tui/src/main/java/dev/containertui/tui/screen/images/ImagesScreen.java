package dev.containertui.tui.screen.images;

import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.Images;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.rootfs.LayerFile;
import dev.containertui.rootfs.LayerFiles;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cache of images, the layers of the selected one, the files of a layer, and the pulls. */
public final class ImagesScreen implements WorkScreen {
  static final Context LIST = new Context("images", "Images");
  static final Context LAYERS = new Context("images.layers", "Layers of the image");
  static final Context FILES = new Context("images.files", "Files of the layer");

  public static final Slot<TableState> LIST_TABLE = new Slot<>("images.table", TableState.START);
  static final Slot<TableState> LAYERS_TABLE = new Slot<>("images.layers", TableState.START);
  static final Slot<TableState> FILES_TABLE = new Slot<>("images.files", TableState.START);
  static final Slot<Focus> FOCUS = new Slot<>("images.focus", Focus.LIST);
  static final Slot<Map<String, ImageDetail>> DETAILS = new Slot<>("images.details", Map.of());
  private static final Slot<Asked> ASKED = new Slot<>("images.asked", new Asked(List.of(), ""));

  /** More are forgotten, the oldest first. */
  private static final int MAX_DETAILS = 20;

  private static final int MAX_FILES = 20_000;

  enum Focus {
    LIST,
    LAYERS,
    FILES
  }

  /** What was asked of the engine and may not be answered yet. */
  private record Asked(List<ImageSummary> useOf, String detail) {}

  private final TableActions<ImageRow> images =
      new TableActions<>(LIST, ImageTables.IMAGES, LIST_TABLE, ImageRow::all);
  private final TableActions<ImageDetail.Layer> layers =
      new TableActions<>(LAYERS, ImageTables.LAYERS, LAYERS_TABLE, this::layersOf);
  private final TableActions<LayerFile> files =
      new TableActions<>(FILES, ImageTables.FILES, FILES_TABLE, this::filesOf);

  @Override
  public ScreenId id() {
    return ScreenId.IMAGES;
  }

  @Override
  public List<Action> actions() {
    List<Action> all = new ArrayList<>();
    all.addAll(new ImageActions(LIST, images).all());
    all.add(
        Action.of(
            "images.open",
            LIST,
            "enter l right",
            "look at its layers",
            "layers",
            focus(Focus.LAYERS)));
    all.addAll(images.all());
    all.add(
        Action.of(
            "images.layers.open",
            LAYERS,
            "enter l right",
            "look at its files",
            "files",
            s ->
                layers.selected(s).isEmpty()
                    ? Step.to(s)
                    : focus(Focus.FILES).apply(s.put(FILES_TABLE, TableState.START))));
    all.add(
        Action.of(
            "images.layers.back",
            LAYERS,
            "q h left",
            "back to the images",
            "back",
            focus(Focus.LIST)));
    all.addAll(back(layers.all(), "images.layers.clear", LAYERS_TABLE, Focus.LIST));
    all.add(
        Action.of(
            "images.files.back",
            FILES,
            "q h left",
            "back to the layers",
            "back",
            focus(Focus.LAYERS)));
    all.addAll(back(files.all(), "images.files.clear", FILES_TABLE, Focus.LAYERS));
    return all;
  }

  private static dev.containertui.tui.app.Change focus(Focus focus) {
    return s -> Step.to(s.put(FOCUS, focus));
  }

  /** With the escape key, a table without filter and marks is left. */
  private static List<Action> back(
      List<Action> actions, String clear, Slot<TableState> slot, Focus to) {
    return actions.stream()
        .map(
            a ->
                !a.name().equals(clear)
                    ? a
                    : new Action(
                        a.name(),
                        a.context(),
                        a.keys(),
                        "clear the filter, then go back",
                        "",
                        s ->
                            s.get(slot).filter().isEmpty() && s.get(slot).marked().isEmpty()
                                ? focus(to).apply(s)
                                : a.run().apply(s)))
        .toList();
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(
        switch (state.get(FOCUS)) {
          case LIST -> LIST;
          case LAYERS -> LAYERS;
          case FILES -> FILES;
        });
  }

  @Override
  public Optional<String> badge(State state) {
    int pulls = state.get(Pulls.SLOT).size();
    return pulls == 0 ? Optional.empty() : Optional.of("↓" + pulls);
  }

  // --- what is shown

  private Optional<ImageDetail> detail(State state) {
    return images.selected(state).map(row -> state.get(DETAILS).get(row.key()));
  }

  private List<ImageDetail.Layer> layersOf(State state) {
    return detail(state).map(ImageDetail::layers).orElse(List.of());
  }

  private Optional<LayerFiles> layerFiles(State state) {
    return detail(state).flatMap(d -> layers.selected(state).map(l -> d.files().get(l.index())));
  }

  private List<LayerFile> filesOf(State state) {
    return layerFiles(state).map(LayerFiles::files).orElse(List.of());
  }

  // --- asking for it

  @Override
  public Step settled(State state) {
    return askForUse(state).then(this::askForDetail).then(this::askForFiles);
  }

  private Step askForUse(State state) {
    List<ImageSummary> now = Facts.of(state).images();
    Asked asked = state.get(ASKED);
    if (now.isEmpty() || asked.useOf() == now) {
      return Step.to(state);
    }
    return Step.to(
        state.put(ASKED, new Asked(now, asked.detail())),
        new Effect(
            "count what images take",
            host -> {
              Map<String, ImageUse> use =
                  host.engine().diskUsage().images().stream()
                      .collect(Collectors.toMap(ImageUse::digest, u -> u, (a, _) -> a));
              host.post("use", s -> Step.to(s.put(ImageRow.USE, Map.copyOf(use))));
            }));
  }

  private Step askForDetail(State state) {
    Optional<String> digest = images.selected(state).map(ImageRow::key);
    Asked asked = state.get(ASKED);
    if (digest.isEmpty()
        || state.get(DETAILS).containsKey(digest.get())
        || asked.detail().equals(digest.get())) {
      return Step.to(state);
    }
    String wanted = digest.get();
    return Step.to(
        state.put(ASKED, new Asked(asked.useOf(), wanted)),
        new Effect(
            "look at image " + wanted,
            host -> {
              ImageDetail found = look(host.engine().images(), wanted);
              host.post("image", s -> Step.to(s.with(DETAILS, d -> with(d, found))));
            }));
  }

  private static ImageDetail look(Images images, String digest) throws Exception {
    try {
      return ImageDetail.of(images, digest);
    } catch (EngineException e) {
      return ImageDetail.failed(digest, e.getMessage());
    }
  }

  private Step askForFiles(State state) {
    Optional<ImageDetail> detail = detail(state);
    Optional<ImageDetail.Layer> layer = layers.selected(state);
    if (state.get(FOCUS) != Focus.FILES || detail.isEmpty() || layer.isEmpty()) {
      return Step.to(state);
    }
    int index = layer.get().index();
    String what = detail.get().digest() + "#" + index;
    Asked asked = state.get(ASKED);
    if (detail.get().files().containsKey(index) || asked.detail().equals(what)) {
      return Step.to(state);
    }
    return Step.to(
        state.put(ASKED, new Asked(asked.useOf(), what)),
        new Effect(
            "read layer " + (index + 1),
            host -> {
              try {
                readFiles(host, detail.get().digest(), index);
              } catch (RuntimeException e) {
                // It may be asked for again.
                host.post("layer", s -> Step.to(s.with(ASKED, a -> new Asked(a.useOf(), ""))));
                throw e;
              }
            }));
  }

  private static void readFiles(Host host, String digest, int index) {
    LayerFiles found = host.engine().images().layerFiles(digest, index, MAX_FILES);
    host.post(
        "layer",
        s ->
            Step.to(
                s.with(
                    DETAILS,
                    d -> d.containsKey(digest) ? with(d, d.get(digest).with(index, found)) : d)));
  }

  private static Map<String, ImageDetail> with(Map<String, ImageDetail> details, ImageDetail one) {
    Map<String, ImageDetail> more = new LinkedHashMap<>(details);
    more.remove(one.digest());
    more.put(one.digest(), one);
    while (more.size() > MAX_DETAILS) {
      more.remove(more.keySet().iterator().next());
    }
    return java.util.Collections.unmodifiableMap(more);
  }

  // --- the picture

  private ImageLayout layout(State state, Rect area) {
    return ImageLayout.of(area, state.get(FOCUS), Pulls.height(state));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    ImageLayout at = layout(state, area);
    if (at.list().contains(mouse.column(), mouse.row())) {
      return images.mouse(state.put(FOCUS, Focus.LIST), mouse, at.list());
    } else if (at.layers().contains(mouse.column(), mouse.row())) {
      return layers.mouse(state.put(FOCUS, Focus.LAYERS), mouse, at.layers());
    } else if (at.files().contains(mouse.column(), mouse.row())) {
      return files.mouse(state.put(FOCUS, Focus.FILES), mouse, at.files());
    }
    return Optional.empty();
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    ImageLayout at = layout(state, area);
    Focus focus = state.get(FOCUS);
    Theme theme = Theme.of(state);
    if (!at.list().isEmpty()) {
      TableView.draw(
          canvas,
          at.list(),
          theme,
          ImageTables.IMAGES,
          state.get(LIST_TABLE),
          ImageRow.all(state),
          whyNoImages(state),
          focus == Focus.LIST);
    }
    if (!at.layers().isEmpty()) {
      TableView.draw(
          canvas,
          at.layers(),
          theme,
          ImageTables.LAYERS,
          state.get(LAYERS_TABLE),
          layersOf(state),
          whyNoLayers(state),
          focus == Focus.LAYERS);
    }
    if (!at.files().isEmpty()) {
      TableView.draw(
          canvas,
          at.files(),
          theme,
          ImageTables.FILES,
          state.get(FILES_TABLE),
          filesOf(state),
          whyNoFiles(state),
          focus == Focus.FILES);
    }
    if (!at.pulls().isEmpty()) {
      Pulls.draw(canvas, at.pulls(), state);
    }
  }

  private static List<String> whyNoImages(State state) {
    Facts facts = Facts.of(state);
    String filter = state.get(LIST_TABLE).filter().text();
    if (!facts.failure().isEmpty()) {
      return List.of("The images cannot be listed.", facts.failure());
    } else if (!facts.imagesKnown()) {
      return List.of("Looking for images …");
    } else if (!filter.isBlank()) {
      return List.of("No image matches /" + filter + ".", "esc clears the filter.");
    }
    return List.of("No images yet.", "Press p, or type :pull busybox");
  }

  private List<String> whyNoLayers(State state) {
    if (images.selected(state).isEmpty()) {
      return List.of("No image is selected.");
    }
    Optional<ImageDetail> detail = detail(state);
    if (detail.isEmpty()) {
      return List.of("Looking at the image …");
    } else if (!detail.get().failure().isEmpty()) {
      return List.of("The image cannot be looked at.", detail.get().failure());
    }
    return state.get(LAYERS_TABLE).filter().isEmpty()
        ? List.of("This image has no layers.")
        : List.of("No layer matches.", "esc clears the filter.");
  }

  private List<String> whyNoFiles(State state) {
    if (layerFiles(state).isEmpty()) {
      return state.get(FOCUS) == Focus.FILES
          ? List.of("Reading the layer …")
          : List.of("enter shows what the layer adds, changes and hides.");
    }
    return state.get(FILES_TABLE).filter().isEmpty()
        ? List.of("This layer holds no files.")
        : List.of("No file matches.", "esc clears the filter.");
  }
}
