package dev.containertui.tui.screen.system;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import dev.containertui.template.Template;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.overlay.Confirm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Removes what is not used, after having said what that is. */
final class Prune {
  private Prune() {}

  static List<Action> actions() {
    return List.of(
        action("containers", "c", "remove all containers that have ended", Prune::containers),
        action("images", "i", "remove all images that no container was made of", Prune::images),
        action("all", "p", "remove both", Prune::both),
        action("templates", "t", "remove all templates", Prune::templates));
  }

  private static Action action(String name, String keys, String title, Change run) {
    return Action.of("system.disk.prune-" + name, DiskTab.CONTEXT, keys, title, name, run);
  }

  /** One of the ways to clean up. */
  private record Way(
      String what, String commandLine, String jshell, Function<Engine, Pruned> work) {}

  private static final Way CONTAINERS =
      new Way(
          "containers that have ended",
          "container-tui container prune -f",
          "engine().containers().prune(c -> true)",
          engine -> engine.containers().prune(_ -> true));
  private static final Way IMAGES =
      new Way(
          "images without a container",
          "container-tui image prune -af",
          "engine().images().prune(true, i -> true)",
          engine -> engine.images().prune(true, _ -> true));
  private static final Way TEMPLATES =
      new Way(
          "templates",
          "container-tui template prune -a",
          "engine().templates().prune(true)",
          engine -> {
            List<Template> removed = engine.templates().prune(true);
            return new Pruned(
                removed.stream().map(Template::key).toList(),
                removed.stream().mapToLong(Template::diskBytes).sum());
          });
  private static final Way BOTH =
      new Way(
          "what is unused",
          "container-tui system prune -af",
          "engine().containers().prune(c -> true); engine().images().prune(true, i -> true)",
          engine -> {
            Pruned ended = engine.containers().prune(_ -> true);
            Pruned unused = engine.images().prune(true, _ -> true);
            List<String> names = new ArrayList<>(ended.names());
            names.addAll(unused.names());
            return new Pruned(names, ended.reclaimedBytes() + unused.reclaimedBytes());
          });

  private static Step containers(State state) {
    return known(
        state,
        disk -> {
          List<Disk.Row> rows = disk.endedContainers(Facts.of(state));
          return ask(
              state, CONTAINERS, rows, "No container has ended.", "Their files and logs are lost.");
        });
  }

  private static Step images(State state) {
    return known(
        state,
        disk -> {
          List<Disk.Row> rows = disk.unusedImages(Facts.of(state));
          return ask(
              state,
              IMAGES,
              rows,
              "Every image is used by a container.",
              "What is wanted again has to be pulled again.");
        });
  }

  private static Step both(State state) {
    return known(
        state,
        disk -> {
          List<Disk.Row> rows = new ArrayList<>(disk.endedContainers(Facts.of(state)));
          rows.addAll(disk.unusedImages(Facts.of(state)));
          return ask(
              state,
              BOTH,
              rows,
              "Nothing is unused.",
              "Also images that no container is left of then. Files and logs are lost.");
        });
  }

  private static Step templates(State state) {
    return known(
        state,
        disk -> {
          List<Disk.Row> rows =
              disk.rows(Facts.of(state)).stream().filter(r -> r.kind().equals("template")).toList();
          return ask(
              state,
              TEMPLATES,
              rows,
              "There is no template.",
              "Clones run on; the next start of each shape makes its template again.");
        });
  }

  private static Step known(State state, Function<Disk, Step> then) {
    return state
        .get(DiskTab.DISK)
        .value()
        .map(then)
        .orElseGet(() -> Step.to(Shell.note(state, "what is on the disk is not counted yet", "")));
  }

  private static Step ask(
      State state, Way way, List<Disk.Row> rows, String nothing, String consequence) {
    if (rows.isEmpty()) {
      return Step.to(Shell.note(state, nothing, ""));
    }
    List<String> details = new ArrayList<>();
    details.add(consequence);
    for (Disk.Row row : rows) {
      details.add(row.kind() + " " + row.name() + "  " + Units.bytes(row.alone()));
    }
    String question =
        "Remove %s (%d), %s?".formatted(way.what(), rows.size(), Units.bytes(Disk.alone(rows)));
    return Step.to(Confirm.ask(state, question, details, s -> remove(s, way)));
  }

  private static Step remove(State state, Way way) {
    return Step.to(
        Shell.did(
            Shell.note(state, "removing " + way.what() + " …", ""),
            way.commandLine(),
            way.jshell()),
        new Effect(
            "remove " + way.what(),
            host -> {
              Pruned pruned = way.work().apply(host.engine());
              host.post(
                  "removed " + way.what(),
                  s ->
                      DiskTab.count(
                          Shell.success(
                              s,
                              "removed "
                                  + way.what()
                                  + ", "
                                  + Units.bytes(pruned.reclaimedBytes())
                                  + " freed",
                              "")));
            }));
  }
}
