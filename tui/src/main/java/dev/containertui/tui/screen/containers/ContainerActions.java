package dev.containertui.tui.screen.containers;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.LinuxSignal;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.console.ConsoleRequests;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.widget.TableActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What can be done with containers: with all marked ones, else with the selected one. */
final class ContainerActions {
  static final Context CONTEXT = new Context("containers.do", "Containers: what to do");

  private static final String NOTHING = "no container is selected";

  /** So many consoles at once: each is a process, and one wants to look at them. */
  private static final int MAX_CONSOLES = 8;

  private final TableActions<ContainerRow> table;
  private final ContainerPrompts prompts = new ContainerPrompts();

  ContainerActions(TableActions<ContainerRow> table) {
    this.table = table;
  }

  List<Action> all() {
    return List.of(
        action("shell", "e", "a shell in the container", "shell", this::shell),
        action("attach", "a", "attach to its main process", "attach", this::attach),
        action("stop", "s", "stop", "stop", this::stop),
        action("start", "S", "start", "", this::start),
        action("restart", "r", "restart", "restart", this::restart),
        action("pause", "p", "pause, or let go on", "", this::pause),
        action("kill", "K", "kill (SIGKILL)", "", this::kill),
        action("remove", "d del", "remove", "remove", this::remove),
        action("exec", "x", "execute a command in it", "", this::exec),
        one("run", "o", "run another one of its image", "running its image", prompts::run),
        one("rename", "m f2", "rename", "renaming", prompts::rename),
        one("commit", "c", "make an image of it", "making an image", prompts::commit),
        action("copy-id", "y", "copy the id", "", s -> copy(s, "id", ContainerFacts::id)),
        action("copy-name", "Y", "copy the name", "", s -> copy(s, "name", ContainerFacts::name)),
        action("prune", "P", "remove all that do not run", "", this::prune));
  }

  private static Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of("containers." + name, CONTEXT, keys, title, hint, run);
  }

  /** An action for one container at a time. */
  private Action one(
      String name,
      String keys,
      String title,
      String doing,
      BiFunction<State, ContainerFacts, Step> run) {
    return action(
        name, keys, title, "", s -> table.one(s, doing, NOTHING, row -> run.apply(s, row.facts())));
  }

  private static Step nothing(State state) {
    return Step.to(Shell.note(state, NOTHING, ""));
  }

  private List<ContainerFacts> chosen(State state) {
    return table.chosen(state).stream().map(ContainerRow::facts).toList();
  }

  /** Does it, if there is anything to do it to. */
  private static Step perform(State state, Deed deed, List<ContainerFacts> to, String otherwise) {
    return to.isEmpty() ? Step.to(Shell.note(state, otherwise, "")) : deed.start(state, to);
  }

  private static List<ContainerFacts> alive(List<ContainerFacts> containers) {
    return containers.stream().filter(ContainerFacts::isAlive).toList();
  }

  // --- their lives

  private Step stop(State state) {
    Deed deed =
        new Deed("stopping", "stopped", "stop", "stop()", c -> c.stop(c.spec().stopTimeout()));
    return perform(state, deed, alive(chosen(state)), "nothing to stop: it does not run");
  }

  private Step start(State state) {
    Deed deed = new Deed("starting", "started", "start", "start()", Container::start);
    List<ContainerFacts> resting = chosen(state).stream().filter(c -> !c.isAlive()).toList();
    return perform(state, deed, resting, "nothing to start: it runs");
  }

  private Step restart(State state) {
    Deed deed =
        new Deed(
            "restarting", "restarted", "restart", "restart()", c -> c.restart(Optional.empty()));
    return perform(state, deed, chosen(state), NOTHING);
  }

  /** Pauses those that run; if none does, those that are paused go on. */
  private Step pause(State state) {
    List<ContainerFacts> chosen = chosen(state);
    List<ContainerFacts> running = chosen.stream().filter(ContainerFacts::isRunning).toList();
    if (!running.isEmpty()) {
      return new Deed("pausing", "paused", "pause", "pause()", Container::pause)
          .start(state, running);
    }
    List<ContainerFacts> paused =
        chosen.stream().filter(c -> c.state() instanceof ContainerState.Paused).toList();
    Deed deed = new Deed("unpausing", "unpaused", "unpause", "unpause()", Container::unpause);
    return perform(state, deed, paused, "nothing to pause: it does not run");
  }

  // --- what loses something

  private Step kill(State state) {
    List<ContainerFacts> alive = alive(chosen(state));
    Deed deed = new Deed("killing", "killed", "kill", "kill()", c -> c.kill(LinuxSignal.KILL));
    if (alive.isEmpty()) {
      return perform(state, deed, alive, "nothing to kill: it does not run");
    }
    return ask(state, "Kill", "It gets no time to clean up.", alive, deed);
  }

  private Step remove(State state) {
    List<ContainerFacts> chosen = chosen(state);
    boolean force = chosen.stream().anyMatch(ContainerFacts::isAlive);
    Deed deed =
        new Deed("removing", "removed", force ? "rm -f" : "rm", "rm()", c -> c.remove(force));
    if (chosen.isEmpty()) {
      return nothing(state);
    }
    return ask(state, "Remove", "What it has written is lost.", chosen, deed);
  }

  private Step ask(
      State state, String verb, String loss, List<ContainerFacts> containers, Deed deed) {
    int hidden = table.table().markedButHidden(state.get(table.slot()), table.rows().apply(state));
    String question =
        containers.size() == 1
            ? verb + " " + containers.getFirst().name() + "?"
            : verb + " " + containers.size() + " containers?";
    List<String> details = new ArrayList<>();
    if (hidden > 0) {
      details.add(
          hidden == 1
              ? "The filter hides one of them."
              : "The filter hides " + hidden + " of them.");
    }
    if (containers.size() == 1) {
      details.add(loss);
      if (containers.getFirst().isAlive()) {
        details.add("It runs.");
      }
    } else {
      for (ContainerFacts container : containers) {
        details.add(container.name() + (container.isAlive() ? "  runs" : ""));
      }
    }
    return Step.to(
        Confirm.ask(state, question, details, s -> deed.start(table.unmark(s), containers)));
  }

  private Step prune(State state) {
    List<ContainerFacts> resting =
        Facts.of(state).containers().stream().filter(c -> !c.isAlive()).toList();
    if (resting.isEmpty()) {
      return Step.to(Shell.note(state, "nothing to remove: every container runs", ""));
    }
    List<String> details = new ArrayList<>();
    details.add("What they have written is lost:");
    resting.forEach(c -> details.add("  " + c.name()));
    String question =
        resting.size() == 1
            ? "Remove the container that does not run?"
            : "Remove all " + resting.size() + " containers that do not run?";
    return Step.to(Confirm.ask(state, question, details, s -> pruned(s, resting.size())));
  }

  private Step pruned(State state, int count) {
    State told = Shell.note(state, "removing " + counted(count) + " …", "");
    return Step.to(
        Shell.did(told, "container-tui container prune", "engine().containers().prune(c -> true)"),
        new Effect(
            "prune containers",
            host -> {
              var pruned = host.engine().containers().prune(_ -> true);
              host.post(
                  "pruned",
                  s ->
                      Step.to(
                          Shell.success(
                              s,
                              "removed "
                                  + counted(pruned.names().size())
                                  + ", "
                                  + Units.bytes(pruned.reclaimedBytes())
                                  + " are free again",
                              "")));
            }));
  }

  private static String counted(int containers) {
    return containers == 1 ? "1 container" : containers + " containers";
  }

  // --- looking into them

  private Step shell(State state) {
    return intoRunning(
        state,
        containers ->
            consoles(
                state,
                containers,
                c -> ConsoleRequests.shell(c.id()),
                c -> "exec -it " + c.name() + " sh",
                "shell()"));
  }

  private Step attach(State state) {
    return into(
        state,
        ContainerFacts::isAlive,
        containers ->
            consoles(
                state,
                containers,
                c -> ConsoleRequests.attach(c.id()),
                c -> "attach " + c.name(),
                "main()"));
  }

  private Step exec(State state) {
    return intoRunning(state, containers -> prompts.exec(state, containers));
  }

  /** With those of the chosen that run; says if some do not. */
  private Step intoRunning(State state, Function<List<ContainerFacts>, Step> then) {
    return into(state, ContainerFacts::isRunning, then);
  }

  private Step into(
      State state, Predicate<ContainerFacts> which, Function<List<ContainerFacts>, Step> then) {
    List<ContainerFacts> chosen = chosen(state);
    List<ContainerFacts> fit = chosen.stream().filter(which).toList();
    if (fit.isEmpty()) {
      return notRunning(state, chosen);
    }
    int others = chosen.size() - fit.size();
    Step step = then.apply(fit);
    return others == 0
        ? step
        : step.then(
            s ->
                Step.to(
                    Shell.note(
                        s,
                        others == 1
                            ? "not for the one that does not run"
                            : "not for the " + others + " that do not run",
                        "")));
  }

  /** Opens a console for each; the last one is seen. */
  static Step consoles(
      State state,
      List<ContainerFacts> containers,
      Function<ContainerFacts, Change> request,
      Function<ContainerFacts, String> command,
      String method) {
    if (containers.size() > MAX_CONSOLES) {
      return Step.to(
          Shell.note(
              state,
              containers.size() + " consoles at once are too many",
              "mark " + MAX_CONSOLES + " at most"));
    }
    Step step =
        Step.to(
            Shell.did(
                state,
                containers.stream()
                    .map(c -> "container-tui " + command.apply(c))
                    .collect(Collectors.joining("; ")),
                containers.stream()
                    .map(c -> "c(" + Words.java(c.name()) + ")." + method)
                    .collect(Collectors.joining("; "))));
    for (ContainerFacts container : containers) {
      step = step.then(request.apply(container));
    }
    return step;
  }

  private static Step notRunning(State state, List<ContainerFacts> chosen) {
    return switch (chosen.size()) {
      case 0 -> nothing(state);
      case 1 ->
          Step.to(Shell.note(state, chosen.getFirst().name() + " does not run", "S starts it"));
      default -> Step.to(Shell.note(state, "none of the marked ones runs", "S starts them"));
    };
  }

  private Step copy(State state, String what, Function<ContainerFacts, String> text) {
    List<ContainerFacts> chosen = chosen(state);
    if (chosen.isEmpty()) {
      return nothing(state);
    }
    String copied = String.join("\n", chosen.stream().map(text).toList());
    String said =
        chosen.size() == 1
            ? "copied the " + what + " of " + chosen.getFirst().name()
            : "copied " + chosen.size() + " " + what + "s";
    return Step.to(
        Shell.success(state, said, ""), new Effect("copy", host -> host.clipboard(copied)));
  }
}
