package dev.containertui.tui.screen.images;

import dev.containertui.engine.Images;
import dev.containertui.engine.Pruned;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.export.HostFile;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.overlay.Palette;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableActions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with images. */
final class ImageActions {
  private static final String NOTHING = "no image is selected";

  private final Context context;
  private final TableActions<ImageRow> table;

  ImageActions(Context context, TableActions<ImageRow> table) {
    this.context = context;
    this.table = table;
  }

  List<Action> all() {
    return List.of(
        action("run", "r", "run a container of it", "run", this::run),
        action("pull", "p", "pull an image", "pull", ImageActions::pull),
        action("pull-again", "u", "pull the chosen ones again", "", this::pullAgain),
        action("cancel-pull", "x", "cancel the last pull", "", Pulls::cancel),
        action("remove", "d del", "remove the marked or selected images", "remove", this::remove),
        action("tag", "t", "give it a further name", "", this::tag),
        action("push", "P", "send it to the registry of its name", "", this::push),
        action("inspect", "i", "all there is to know of it", "inspect", this::inspect),
        action("save", "S", "save the marked or selected ones as an archive", "", this::save),
        action("copy", "c", "copy its name", "", this::copy),
        action("prune", "ctrl-p", "remove what no name and no container needs", "", s -> prune(s)));
  }

  private Action action(
      String name, String keys, String title, String hint, dev.containertui.tui.app.Change run) {
    return Action.of("images." + name, context, keys, title, hint, run);
  }

  /** Does what is for one image at a time. */
  private Step one(State state, String doing, Function<ImageRow, Step> action) {
    return table.one(state, doing, NOTHING, action);
  }

  /** Does it to the marked ones or, if none is marked, to the selected one. */
  private Step all(State state, Function<List<ImageRow>, Step> action) {
    List<ImageRow> chosen = table.chosen(state);
    return chosen.isEmpty() ? Step.to(Shell.note(state, NOTHING, "")) : action.apply(chosen);
  }

  /** The images as they are named in sentences. */
  private static String some(List<ImageRow> images) {
    return images.size() == 1 ? images.getFirst().name() : images.size() + " images";
  }

  private static String words(List<ImageRow> images) {
    return Words.quoted(images.stream().map(ImageRow::name).toList());
  }

  /** The same done to each, in JShell. */
  private static String each(List<ImageRow> images, String method) {
    return images.stream()
        .map(r -> "image(" + Words.java(r.name()) + ")." + method)
        .collect(Collectors.joining("; "));
  }

  /** An image that names no command is proposed a shell. */
  private Step run(State state) {
    return one(
        state,
        "running",
        row -> {
          ImageDetail detail = state.get(ImagesScreen.DETAILS).get(row.key());
          String shell = detail != null && detail.namesNoCommand() ? "sh" : "";
          return Step.to(
              Palette.open(state, "run -it --rm " + Words.quoted(row.name()) + " " + shell));
        });
  }

  private static Step pull(State state) {
    return Step.to(
        InputLine.open(
            state,
            InputLine.Input.of(
                "pull ",
                "",
                "an image, as alpine or registry.example.com/team/app:1",
                (s, text) -> text.isBlank() ? Step.to(s) : Pulls.start(text.strip()).apply(s))));
  }

  private Step pullAgain(State state) {
    Step step = Step.to(state);
    for (ImageRow row : table.chosen(state)) {
      if (!row.image().references().isEmpty()) {
        step = step.then(Pulls.start(row.reference()));
      }
    }
    return step;
  }

  private Step remove(State state) {
    return all(
        state,
        chosen -> {
          List<String> details = new ArrayList<>();
          for (ImageRow row : chosen) {
            String users =
                switch (row.containers()) {
                  case 0 -> "";
                  case 1 -> ", used by 1 container";
                  default -> ", used by " + row.containers() + " containers";
                };
            details.add(row.name() + "  " + Units.bytes(row.image().sizeBytes()) + users);
          }
          details.addAll(hidden(state));
          return Step.to(
              Confirm.ask(
                  state,
                  chosen.size() == 1
                      ? "Remove image " + chosen.getFirst().name() + "?"
                      : "Remove " + chosen.size() + " images?",
                  details,
                  s -> removeNow(s, chosen)));
        });
  }

  /** A question tells of marked images that nobody sees. */
  private List<String> hidden(State state) {
    int hidden = table.table().markedButHidden(state.get(table.slot()), table.rows().apply(state));
    return switch (hidden) {
      case 0 -> List.of();
      case 1 -> List.of("The filter hides one of them.");
      default -> List.of("The filter hides " + hidden + " of them.");
    };
  }

  private Step removeNow(State state, List<ImageRow> chosen) {
    return quick(
        table.unmark(state),
        "container-tui rmi " + words(chosen),
        each(chosen, "rm()"),
        "removed " + some(chosen),
        images -> {
          for (ImageRow row : chosen) {
            // All names of a row that stands for the image.
            List<String> names = row.image().references();
            for (String name : names.isEmpty() ? List.of(row.image().id()) : names) {
              images.remove(name, false);
            }
          }
        });
  }

  private Step tag(State state) {
    return one(
        state,
        "tagging",
        row ->
            Step.to(
                InputLine.open(
                    state,
                    InputLine.Input.of(
                        "tag " + row.name() + " as ",
                        "",
                        "a further name for it",
                        (s, text) -> text.isBlank() ? Step.to(s) : tagNow(s, row, text.strip())))));
  }

  private static Step tagNow(State state, ImageRow row, String name) {
    return quick(
        state,
        "container-tui tag " + Words.quoted(List.of(row.name(), name)),
        "image(" + Words.java(row.name()) + ").tag(" + Words.java(name) + ")",
        row.name() + " is also " + name,
        images -> images.tag(row.reference(), name));
  }

  private Step push(State state) {
    return all(
        state,
        chosen -> {
          List<String> details =
              new ArrayList<>(
                  chosen.size() == 1
                      ? List.of("It goes to the registry of its name.")
                      : chosen.stream().map(ImageRow::reference).toList());
          details.addAll(hidden(state));
          return Step.to(
              Confirm.ask(
                  state,
                  chosen.size() == 1
                      ? "Push " + chosen.getFirst().reference() + "?"
                      : "Push " + chosen.size() + " images, each to the registry of its name?",
                  details,
                  s -> pushNow(s, chosen)));
        });
  }

  private static Step pushNow(State state, List<ImageRow> chosen) {
    return quick(
        Shell.note(state, "pushing " + some(chosen) + " …", ""),
        chosen.stream()
            .map(r -> "container-tui push " + Words.quoted(r.name()))
            .collect(Collectors.joining("; ")),
        each(chosen, "push()"),
        "pushed " + some(chosen),
        images -> chosen.forEach(r -> images.push(r.reference(), _ -> {})));
  }

  private interface Work {
    void on(Images images);
  }

  private static Step quick(State state, String cli, String jshell, String done, Work work) {
    return Step.to(
        Shell.did(state, cli, jshell),
        new Effect(
            done,
            host -> {
              work.on(host.engine().images());
              host.post(done, s -> Step.to(Shell.success(s, done, "")));
            }));
  }

  private Step inspect(State state) {
    return one(
        state,
        "inspecting",
        row ->
            Step.to(
                Shell.did(
                    state,
                    "container-tui image inspect " + Words.quoted(row.name()),
                    each(List.of(row), "inspect()")),
                new Effect(
                    "inspect " + row.name(),
                    host -> {
                      List<String> lines =
                          host.engine().images().inspectJson(row.key()).lines().toList();
                      host.post("inspected", s -> Step.to(TextPage.open(s, row.name(), lines)));
                    })));
  }

  private Step save(State state) {
    return all(
        state,
        chosen ->
            Step.to(
                InputLine.open(
                    state,
                    InputLine.Input.of(
                        "save " + some(chosen) + " to ",
                        some(chosen).replaceAll("[^A-Za-z0-9._-]+", "-") + ".tar",
                        "a file that is not there yet",
                        (s, text) ->
                            text.isBlank() ? Step.to(s) : saveNow(s, chosen, text.strip())))));
  }

  private static Step saveNow(State state, List<ImageRow> chosen, String file) {
    return quick(
        Shell.note(state, "saving " + some(chosen) + " …", ""),
        "container-tui save -o " + Words.quoted(file) + " " + words(chosen),
        chosen.size() == 1 ? each(chosen, "save(Path.of(" + Words.java(file) + "))") : "",
        "saved " + some(chosen) + " to " + file,
        images ->
            HostFile.create(
                file, out -> images.save(chosen.stream().map(ImageRow::reference).toList(), out)));
  }

  private Step copy(State state) {
    return all(
        state,
        chosen ->
            Step.to(
                Shell.success(state, "copied the name of " + some(chosen), ""),
                new Effect(
                    "copy",
                    host ->
                        host.clipboard(
                            String.join(
                                "\n", chosen.stream().map(ImageRow::reference).toList())))));
  }

  private static Step prune(State state) {
    return Step.to(
        Confirm.ask(
            state,
            "Remove all images without a name that no container was made of?",
            List.of("Images with names stay; use :image prune -a for those."),
            s ->
                Step.to(
                    Shell.did(s, "container-tui image prune -f", "prune()"),
                    new Effect(
                        "prune images",
                        host -> {
                          Pruned pruned = host.engine().images().prune(false, _ -> true);
                          host.post(
                              "pruned",
                              t ->
                                  Step.to(
                                      Shell.success(
                                          t, "freed " + Units.bytes(pruned.reclaimedBytes()), "")));
                        }))));
  }
}
