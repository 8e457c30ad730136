package dev.containertui.tui.screen.containers;

import dev.containertui.container.FileStat;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.text.LineView;
import dev.containertui.tui.text.Lines;
import dev.containertui.tui.text.ViewActions;
import dev.containertui.tui.text.Viewport;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.Memo;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The files of the container, running or not: to look into, and to copy out. */
final class FilesPane implements Pane {
  static final Context LIST = new Context("containers.files", "Containers: files");
  static final Context FILE = new Context("containers.file", "Containers: a file");
  static final Slot<Fetched<Listing>> LISTING =
      new Slot<>("containers.files.listing", Fetched.nothing());
  static final Slot<Fetched<FileRow.Changes>> CHANGES =
      new Slot<>("containers.files.changes", Fetched.nothing());

  /** What is in a directory. */
  record Listing(String directory, List<FileStat> entries) {}

  /** What a listing depends on. */
  private record Place(String directory, String state) {}

  private final TableActions<FileRow> table =
      new TableActions<>(LIST, FileTable.TABLE, FilesState.TABLE, this::rows);
  private final ViewActions view =
      new ViewActions(
          FILE,
          s -> s.get(FilesState.SLOT).view().map(FileView::lines).orElse(Lines.NONE),
          s -> s.get(FilesState.SLOT).view().map(FileView::view).orElse(Viewport.HEAD),
          (s, v) -> s.with(FilesState.SLOT, f -> f.with(f.view().map(w -> w.with(v)))),
          s -> below(Arrangement.inside(s)),
          FilesPane::closeFile);
  private final Fetcher<Place, Listing> listings =
      new Fetcher<>(
          LISTING,
          "files",
          (_, c, at) -> new Listing(at.directory(), c.handle().files().list(at.directory())));
  private final Fetcher<String, FileRow.Changes> changes =
      new Fetcher<>(
          CHANGES, "changed files", (_, c, _) -> FileRow.Changes.of(c.handle().files().changes()));
  private final Memo<List<FileRow>> rows = new Memo<>();

  @Override
  public Tab tab() {
    return Tab.FILES;
  }

  @Override
  public Context context(State state) {
    return state.get(FilesState.SLOT).view().isPresent() ? FILE : LIST;
  }

  @Override
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(Tables.actions(table));
    all.add(on(LIST, "open", "enter right", "open", "open", onRow(this::open)));
    all.add(on(LIST, "parent", "backspace u left", "to the directory above", "", FilesPane::up));
    all.add(
        on(LIST, "copy-out", "c ctrl-s", "copy to this host", "copy out", onRow(this::copyOut)));
    all.add(
        on(LIST, "copy-path", "y", "copy the path", "", onRow((s, r) -> copyPath(s, path(s, r)))));
    all.add(on(LIST, "refresh", "ctrl-r", "look again", "", this::refresh));
    all.addAll(view.all());
    all.add(on(FILE, "close", "q backspace", "back to the files", "files", FilesPane::closeFile));
    all.add(on(FILE, "copy-out", "c ctrl-s", "copy to this host", "copy out", this::copyViewed));
    all.add(on(FILE, "copy", "y", "copy the line found, or all in sight", "", this::copyLines));
    return all;
  }

  private static Action on(
      Context context, String name, String keys, String title, String hint, Change run) {
    return Action.of(context.name() + "." + name, context, keys, title, hint, run);
  }

  private Change onRow(BiFunction<State, FileRow, Step> run) {
    return s ->
        table
            .selected(s)
            .map(r -> run.apply(s, r))
            .orElse(Step.to(Shell.note(s, "no file is selected", "")));
  }

  // --- going about

  private static String path(State state, FileRow row) {
    FilesState files = state.get(FilesState.SLOT);
    return row.isUp() ? files.parent() : files.path(row.name());
  }

  private static Step up(State state) {
    FilesState files = state.get(FilesState.SLOT);
    return files.directory().equals("/")
        ? Step.to(state)
        : Step.to(
            state
                .put(FilesState.SLOT, files.in(files.parent()))
                .with(FilesState.TABLE, t -> fresh(t).select(files.name())));
  }

  /** Sorted as before, but without what belonged to another directory. */
  private static TableState fresh(TableState before) {
    return TableState.START.sort(before.sort(), before.descending());
  }

  private static State into(State state, String directory) {
    return state
        .with(FilesState.SLOT, f -> f.in(directory))
        .with(FilesState.TABLE, FilesPane::fresh);
  }

  private Step open(State state, FileRow row) {
    String path = path(state, row);
    if (row.isUp()) {
      return up(state);
    } else if (row.isDeleted()) {
      return Step.to(Shell.note(state, path + " was deleted in the container", ""));
    } else if (row.isDirectory()) {
      return Step.to(into(state, path));
    }
    return switch (row.stat().orElseThrow().kind()) {
      case FILE, SYMBOLIC_LINK ->
          ContainerTable.selected(state)
              .map(c -> Step.to(state, reading(c, path)))
              .orElse(Step.to(state));
      default -> Step.to(Shell.note(state, row.name() + " has no content to look into", ""));
    };
  }

  /** Reads a file; what a link leads to may be a directory. */
  private static Effect reading(ContainerFacts container, String path) {
    return new Effect(
        "read " + container.name() + ":" + path,
        host -> {
          var files = container.handle().files();
          FileStat stat = files.stat(path);
          String target = stat.resolvedTarget().orElse(path);
          FileStat found = target.equals(path) ? stat : files.stat(target);
          if (found.kind() == FileStat.Kind.DIRECTORY) {
            host.post("directory", s -> here(s, container) ? Step.to(into(s, target)) : Step.to(s));
            return;
          }
          FileView read = FileView.read(files, path, found.sizeBytes());
          host.post(
              "file",
              s ->
                  here(s, container)
                      ? Step.to(s.with(FilesState.SLOT, f -> f.with(Optional.of(read))))
                      : Step.to(s));
        });
  }

  private static boolean here(State state, ContainerFacts container) {
    return state.get(FilesState.SLOT).id().equals(container.id());
  }

  private static Step closeFile(State state) {
    return Step.to(state.with(FilesState.SLOT, f -> f.with(Optional.empty())));
  }

  private Step refresh(State state) {
    return ContainerTable.selected(state)
        .map(
            c ->
                listings
                    .again(state, c, place(state, c))
                    .then(s -> changes.again(s, c, c.state().word())))
        .orElse(Step.to(state));
  }

  // --- copying

  private Step copyOut(State state, FileRow row) {
    return row.isUp() || row.isDeleted()
        ? Step.to(Shell.note(state, "there is nothing to copy", ""))
        : askTarget(state, path(state, row));
  }

  private Step copyViewed(State state) {
    return state
        .get(FilesState.SLOT)
        .view()
        .map(v -> askTarget(state, v.path()))
        .orElse(Step.to(state));
  }

  private static Step askTarget(State state, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return ContainerTable.selected(state)
        .map(
            c ->
                Step.to(
                    InputLine.open(
                        state,
                        InputLine.Input.of(
                            "copy " + path + " to this host as ",
                            "./" + name,
                            "Enter copies it",
                            (s, text) -> CopyOut.ask(s, c, path, text.strip())))))
        .orElse(Step.to(state));
  }

  private static Step copyPath(State state, String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      return Step.to(Shell.note(state, "not copied: there are control characters in its name", ""));
    }
    return Step.to(
        Shell.success(state, "copied the path", path),
        new Effect("copy", host -> host.clipboard(path)));
  }

  private Step copyLines(State state) {
    FileView file = state.get(FilesState.SLOT).view().orElseThrow();
    String text =
        String.join(
            "\n",
            LineView.copied(file.lines(), file.view(), below(Arrangement.inside(state))).stream()
                .map(r -> r.line().text())
                .toList());
    return Step.to(
        Shell.success(state, "copied " + text.lines().count() + " lines", ""),
        new Effect("copy", host -> host.clipboard(text)));
  }

  // --- where the rows come from

  private static Place place(State state, ContainerFacts container) {
    return new Place(state.get(FilesState.SLOT).directory(), container.state().word());
  }

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    if (shown.isEmpty()) {
      return Step.to(state);
    }
    ContainerFacts container = shown.get();
    State here =
        here(state, container)
            ? state
            : state
                .put(FilesState.SLOT, new FilesState(container.id(), "/", Optional.empty()))
                .with(FilesState.TABLE, FilesPane::fresh);
    return listings
        .want(here, container, place(here, container))
        .then(s -> changes.want(s, container, container.state().word()));
  }

  private List<FileRow> rows(State state) {
    Fetched<Listing> listing = state.get(LISTING);
    Fetched<FileRow.Changes> changed = state.get(CHANGES);
    FilesState files = state.get(FilesState.SLOT);
    boolean there =
        listing.id().equals(files.id())
            && listing.value().filter(l -> l.directory().equals(files.directory())).isPresent();
    if (!there) {
      return List.of();
    }
    return rows.of(
        () ->
            FileRow.of(
                files.directory(),
                listing.value().get().entries(),
                changed
                    .value()
                    .filter(_ -> changed.id().equals(files.id()))
                    .orElse(FileRow.Changes.NONE)),
        listing,
        changed);
  }

  // --- how it looks

  /** Under the line with the path. */
  private static Rect below(Rect inside) {
    return new Rect(inside.x(), inside.y() + 1, inside.width(), inside.height() - 1);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    return state.get(FilesState.SLOT).view().isPresent()
        ? view.mouse(state, mouse)
        : table.mouse(state, mouse, below(inside).inset(-1));
  }

  @Override
  public String status(State state, ContainerFacts shown) {
    Optional<FileView> file = state.get(FilesState.SLOT).view();
    if (file.isPresent()) {
      return file.get().note() + LineView.status(file.get().lines(), file.get().view());
    }
    String count = TableView.status(FileTable.TABLE, state.get(FilesState.TABLE), rows(state));
    Fetched<FileRow.Changes> changed = state.get(CHANGES);
    return count
        + (changed.busy() ? "  looking for changes …" : "")
        + (changed.failure().isEmpty() ? "" : "  changes not known: " + changed.failure());
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    FilesState files = state.get(FilesState.SLOT);
    if (!files.id().equals(shown.id())) {
      TableView.message(canvas, inside, theme, List.of("Looking at " + shown.name() + " …"));
      return;
    }
    Rect body = below(inside);
    String path = files.view().map(FileView::path).orElse(files.directory());
    canvas.textEnd(inside.x() + 2, inside.y(), inside.width() - 3, path, theme.style(Look.TITLE));
    if (body.isEmpty()) {
      return;
    }
    if (files.view().isPresent()) {
      FileView file = files.view().get();
      if (file.lines().next(0, file.view().filter()).isEmpty()) {
        TableView.message(canvas, body, theme, whyNothing(file));
      } else {
        LineView.draw(canvas, body, theme, file.lines(), file.view());
      }
      return;
    }
    TableView.rows(
        canvas,
        body,
        theme,
        FileTable.TABLE,
        state.get(FilesState.TABLE),
        rows(state),
        whyEmpty(state, shown),
        focused);
  }

  private static List<String> whyNothing(FileView file) {
    return file.lines().isEmpty()
        ? List.of("The file is empty.")
        : List.of("No line matches &" + file.view().filter().text() + ".");
  }

  private static List<String> whyEmpty(State state, ContainerFacts shown) {
    Fetched<Listing> listing = state.get(LISTING);
    FilesState files = state.get(FilesState.SLOT);
    String filter = state.get(FilesState.TABLE).filter().text();
    if (!listing.failure().isEmpty()) {
      return List.of(
          files.directory() + " of " + shown.name() + " cannot be listed.", listing.failure());
    } else if (listing.busy() || !listing.id().equals(shown.id())) {
      return List.of("Listing " + files.directory() + " …");
    } else if (!filter.isBlank()) {
      return List.of("No file here matches /" + filter + ".", "esc clears the filter.");
    }
    return List.of("This directory is empty.");
  }
}
