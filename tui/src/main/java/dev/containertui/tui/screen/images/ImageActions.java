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
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.overlay.Palette;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableActions;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with images. */
final class ImageActions {
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
        action("save", "S", "save it as an archive", "", this::save),
        action("copy", "c", "copy its name", "", this::copy),
        action("prune", "ctrl-p", "remove what no name and no container needs", "", s -> prune(s)));
  }

  private Action action(
      String name, String keys, String title, String hint, dev.containertui.tui.app.Change run) {
    return Action.of("images." + name, context, keys, title, hint, run);
  }

  private Step onSelected(State state, Function<ImageRow, Step> action) {
    return table
        .selected(state)
        .map(action)
        .orElseGet(() -> Step.to(Shell.note(state, "no image is selected", "p pulls one")));
  }

  private Step run(State state) {
    return onSelected(
        state, row -> Step.to(Palette.open(state, "run -it --rm " + row.name() + " ")));
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
    List<ImageRow> chosen = table.chosen(state);
    if (chosen.isEmpty()) {
      return Step.to(Shell.note(state, "no image is selected", ""));
    }
    List<String> details = new ArrayList<>();
    for (ImageRow row : chosen) {
      String users = row.containers() == 0 ? "" : ", used by " + row.containers() + " containers";
      details.add(row.name() + "  " + Units.bytes(row.image().sizeBytes()) + users);
    }
    int hidden = table.table().markedButHidden(state.get(table.slot()), table.rows().apply(state));
    if (hidden > 0) {
      details.add(hidden + " of them are hidden by the filter.");
    }
    String question =
        chosen.size() == 1
            ? "Remove image " + chosen.getFirst().name() + "?"
            : "Remove " + chosen.size() + " images?";
    return Step.to(Confirm.ask(state, question, details, s -> removeNow(s, chosen)));
  }

  private Step removeNow(State state, List<ImageRow> chosen) {
    String names = chosen.stream().map(ImageRow::name).collect(Collectors.joining(" "));
    State told =
        Shell.did(
            table.unmark(state),
            "container-tui rmi " + names,
            chosen.stream()
                .map(r -> "image(\"" + r.name() + "\").rm()")
                .collect(Collectors.joining("; ")));
    return Step.to(
        told,
        new Effect(
            "remove " + names,
            host -> {
              for (ImageRow row : chosen) {
                // All names of a row that stands for the image.
                List<String> names1 = row.image().references();
                for (String name : names1.isEmpty() ? List.of(row.image().id()) : names1) {
                  host.engine().images().remove(name, false);
                }
              }
              host.post("removed", s -> Step.to(Shell.success(s, "removed " + names, "")));
            }));
  }

  private Step tag(State state) {
    return onSelected(
        state,
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
        "container-tui tag " + row.name() + " " + name,
        "image(\"" + row.name() + "\").tag(\"" + name + "\")",
        row.name() + " is also " + name,
        images -> images.tag(row.reference(), name));
  }

  private Step push(State state) {
    return onSelected(
        state,
        row ->
            Step.to(
                Confirm.ask(
                    state,
                    "Push " + row.reference() + "?",
                    List.of("It goes to the registry of its name."),
                    s ->
                        quick(
                            Shell.note(s, "pushing " + row.name() + " …", ""),
                            "container-tui push " + row.name(),
                            "image(\"" + row.name() + "\").push()",
                            "pushed " + row.name(),
                            images -> images.push(row.reference(), _ -> {})))));
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
    return onSelected(
        state,
        row ->
            Step.to(
                Shell.did(
                    state,
                    "container-tui image inspect " + row.name(),
                    "image(\"" + row.name() + "\").inspect()"),
                new Effect(
                    "inspect " + row.name(),
                    host -> {
                      List<String> lines =
                          host.engine().images().inspectJson(row.key()).lines().toList();
                      host.post("inspected", s -> Step.to(TextPage.open(s, row.name(), lines)));
                    })));
  }

  private Step save(State state) {
    return onSelected(
        state,
        row ->
            Step.to(
                InputLine.open(
                    state,
                    InputLine.Input.of(
                        "save " + row.name() + " to ",
                        row.name().replaceAll("[^A-Za-z0-9._-]+", "-") + ".tar",
                        "a file that is not there yet",
                        (s, text) ->
                            text.isBlank() ? Step.to(s) : saveNow(s, row, text.strip())))));
  }

  private static Step saveNow(State state, ImageRow row, String file) {
    return quick(
        Shell.note(state, "saving " + row.name() + " …", ""),
        "container-tui save -o " + file + " " + row.name(),
        "image(\"" + row.name() + "\").save(\"" + file + "\")",
        "saved " + row.name() + " to " + file,
        images -> {
          try (OutputStream out =
              new BufferedOutputStream(
                  Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE_NEW))) {
            images.save(List.of(row.reference()), out);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("cannot save to " + file + ": " + e, e);
          }
        });
  }

  private Step copy(State state) {
    return onSelected(
        state,
        row ->
            Step.to(
                Shell.note(state, "copied " + row.reference(), ""),
                new Effect("copy", host -> host.clipboard(row.reference()))));
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
