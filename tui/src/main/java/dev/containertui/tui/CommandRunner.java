package dev.containertui.tui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.view.ContainerRow;
import dev.containertui.tui.view.Dialog;
import dev.containertui.tui.view.ImageRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries commands out, typed or bound to keys; asks first where something would be lost. */
final class CommandRunner {
  private static final String UNNAMED = "<none>";

  private final Workspace workspace;
  private final Runnable stop;
  private Optional<Actions> actions = Optional.empty();

  /**
   * @param stop ends the program
   */
  CommandRunner(Workspace workspace, Runnable stop) {
    this.workspace = workspace;
    this.stop = stop;
  }

  /** From now on there is an engine. */
  void engineReady(Actions ready) {
    actions = Optional.of(ready);
  }

  void run(String line) {
    try {
      execute(CommandParser.parse(line));
    } catch (EngineException e) {
      workspace.error(e);
    }
  }

  void execute(Command command) {
    switch (command) {
      case Command.Pull c -> act(a -> a.pull(c.reference()));
      case Command.Run c -> act(a -> a.run(c));
      case Command.Exec c ->
          onContainer(Optional.empty(), (a, f) -> a.exec(f, Console.Kind.COMMAND, c.words()));
      case Command.Stop c ->
          onContainer(
              c.container(),
              (a, f) -> {
                if (f.isAlive()) {
                  workspace.confirm("Stop " + f.name() + "?", "", () -> a.stop(f));
                } else {
                  notAlive(f);
                }
              });
      case Command.Kill c ->
          onContainer(
              c.container(),
              (a, f) -> {
                if (f.isAlive()) {
                  workspace.confirm(
                      "Kill " + f.name() + "?", "It gets no chance to tidy up.", () -> a.kill(f));
                } else {
                  notAlive(f);
                }
              });
      case Command.Remove c ->
          onContainer(
              c.container(),
              (a, f) ->
                  workspace.confirm(
                      "Remove " + f.name() + "?",
                      f.isAlive()
                          ? "It runs: it is stopped first. Its disk goes."
                          : "Its disk goes.",
                      () -> a.remove(f)));
      case Command.RemoveImage c -> removeImage(c.reference());
      case Command.Help c -> workspace.open(new Dialog.Help(0));
      case Command.Quit c -> quit();
    }
  }

  private void notAlive(ContainerFacts facts) {
    workspace.notice(facts.name() + " does not run", "d removes it");
  }

  private void act(Consumer<Actions> action) {
    actions.ifPresentOrElse(
        action, () -> workspace.notice("the engine is still starting", "try again in a moment"));
  }

  private void onContainer(
      Optional<String> name, java.util.function.BiConsumer<Actions, ContainerFacts> action) {
    Optional<String> wanted = name.or(() -> workspace.containers.selected().map(ContainerRow::id));
    if (wanted.isEmpty()) {
      workspace.notice("no container is selected", ":run IMAGE starts one");
      return;
    }
    Optional<ContainerFacts> found = workspace.tracker.find(wanted.get());
    if (found.isEmpty()) {
      workspace.error(new EngineException(Kind.NOT_FOUND, "no such container: " + wanted.get()));
      return;
    }
    act(a -> action.accept(a, found.get()));
  }

  private void onRunning(java.util.function.BiConsumer<Actions, ContainerFacts> action) {
    onContainer(
        Optional.empty(),
        (a, f) -> {
          if (f.isRunning()) {
            action.accept(a, f);
          } else {
            workspace.notice(f.name() + " does not run", "it is " + f.state().word());
          }
        });
  }

  void shell() {
    onRunning(Actions::shell);
  }

  void attach() {
    onContainer(Optional.empty(), Actions::attach);
  }

  void inspectContainer() {
    onContainer(Optional.empty(), Actions::inspect);
  }

  // --- images

  Optional<String> selectedImage() {
    return workspace.images.selected().map(CommandRunner::nameOf);
  }

  private static String nameOf(ImageRow row) {
    return row.reference().equals(UNNAMED) ? row.id() : row.reference();
  }

  void inspectImage() {
    selectedImage().ifPresent(name -> act(a -> a.inspectImage(name)));
  }

  private void removeImage(Optional<String> reference) {
    Optional<String> name = reference.or(this::selectedImage);
    if (name.isEmpty()) {
      workspace.notice("no image is selected", "");
    } else {
      workspace.confirm(
          "Remove image " + name.get() + "?", "", () -> act(a -> a.removeImage(name.get())));
    }
  }

  void cancelPull() {
    if (!workspace.pulls.isEmpty()) {
      PullJob job = workspace.pulls.getFirst();
      workspace.confirm(
          "Cancel pulling " + job.reference() + "?", "What has arrived is kept.", job::cancel);
    }
  }

  // --- the rest

  void quit() {
    int alive = workspace.tracker.alive();
    if (alive == 0) {
      stop.run();
    } else {
      workspace.confirm(
          "Quit?",
          alive == 1
              ? "1 container runs; it is stopped."
              : alive + " containers run; they are stopped.",
          stop);
    }
  }

  Completion.Result complete(String text) {
    List<String> images =
        workspace.images.all().stream()
            .map(ImageRow::reference)
            .filter(r -> !r.equals(UNNAMED))
            .toList();
    return Completion.complete(text, images, workspace.tracker.names());
  }

  /** What may follow, once a command's name is there and nothing else. */
  String usageOf(String text) {
    String name = text.strip();
    return text.endsWith(" ") ? CommandParser.USAGE.getOrDefault(name, "") : "";
  }
}
