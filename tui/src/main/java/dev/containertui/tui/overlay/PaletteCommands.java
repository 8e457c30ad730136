package dev.containertui.tui.overlay;

import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.CommandLine.Candidate;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Carries out what was typed: a command of the workbench's own, else one of the command line. */
public final class PaletteCommands {
  /** What ends sooner shows its output at once; else one looks on. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /**
   * A command of the workbench's own.
   *
   * @param arguments what may follow, for completion
   */
  public record Own(
      String name,
      String description,
      List<String> arguments,
      BiFunction<State, List<String>, Step> run) {}

  /** Takes a command line's words over, because it needs a terminal; empty if it does not. */
  @FunctionalInterface
  public interface Interactive {
    Optional<Change> take(List<String> words);
  }

  private final CommandLine commands;
  private final Interactive interactive;
  private final Map<String, Own> own = new TreeMap<>();

  public PaletteCommands(CommandLine commands, Interactive interactive, List<Own> own) {
    this.commands = commands;
    this.interactive = interactive;
    own.forEach(o -> this.own.put(o.name(), o));
  }

  List<Candidate> complete(List<String> words) {
    if (words.size() == 1) {
      return own.values().stream()
          .filter(o -> o.name().startsWith(words.getFirst()))
          .map(o -> new Candidate(o.name(), o.description()))
          .toList();
    }
    Own command = own.get(words.getFirst());
    return command == null || words.size() > 2
        ? List.of()
        : command.arguments().stream()
            .filter(a -> a.startsWith(words.getLast()))
            .map(a -> new Candidate(a, ""))
            .toList();
  }

  Step run(State state, String line) {
    List<String> words = new ArrayList<>(TypedWords.split(line));
    if (words.getFirst().equals("container-tui") || words.getFirst().equals("docker")) {
      words.removeFirst(); // pasted from a shell
    }
    if (words.isEmpty()) {
      return Step.to(state);
    }
    Own command = own.get(words.getFirst());
    if (command != null) {
      return command.run().apply(state, words.subList(1, words.size()));
    }
    return interactive
        .take(words)
        .map(change -> change.apply(state))
        .orElseGet(() -> Step.to(state, new Effect(line, host -> run(host, line, words))));
  }

  private void run(Host host, String line, List<String> words) throws InterruptedException {
    CommandRun run = new CommandRun(line, host::touch);
    Thread worker =
        Thread.ofVirtual().unstarted(() -> run.ended(commands.run(host.engine(), words, run)));
    run.runsOn(worker);
    worker.start();
    if (!worker.join(PATIENCE)) {
      host.post("output", s -> Step.to(CommandPage.open(s, run)));
      worker.join();
    }
    host.post("command ended", s -> Step.to(ended(s, run)));
  }

  private static State ended(State state, CommandRun run) {
    if (CommandPage.shows(state, run)) {
      return state;
    }
    List<String> output = run.output();
    int code = run.exitCode().orElse(0);
    if (code != 0) {
      String first = output.isEmpty() ? "exit code " + code : output.getFirst();
      String hint = output.size() < 2 ? "" : output.get(1);
      List<String> details =
          new ArrayList<>(List.of(run.line() + "  (exit code " + code + ")", ""));
      details.addAll(output);
      return state.with(
          Shell.SLOT,
          s -> s.said(new Notice(Notice.Level.ERROR, strip(first), strip(hint), details)));
    } else if (output.size() <= 1) {
      return Shell.success(state, run.line(), output.isEmpty() ? "done" : output.getFirst());
    }
    return CommandPage.open(state, run);
  }

  private static String strip(String message) {
    return message.replaceFirst("^(container-tui|hint): ", "");
  }
}
