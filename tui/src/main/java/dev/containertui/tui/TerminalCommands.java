package dev.containertui.tui;

import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.CommandLine;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.overlay.PaletteCommands;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that need a terminal: they get the whole one, and the workbench takes it back when they
 * have ended.
 */
final class TerminalCommands implements PaletteCommands.Interactive {
  private static final Set<String> ALWAYS = Set.of("attach", "repl", "demo", "login");
  private static final Set<String> WITH_OPTION = Set.of("run", "exec", "start");

  private final CommandLine commands;

  TerminalCommands(CommandLine commands) {
    this.commands = commands;
  }

  @Override
  public Optional<Change> take(List<String> words) {
    String command = words.getFirst();
    boolean interactive =
        ALWAYS.contains(command) || WITH_OPTION.contains(command) && asksForTerminal(words);
    return interactive ? Optional.of(handOver(words)) : Optional.empty();
  }

  /** Whether there is an option {@code -i}, {@code -t} or {@code -a}. */
  static boolean asksForTerminal(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      if (word.matches("-[itda]*[ita][itda]*")
          || Set.of("--interactive", "--tty", "--attach").contains(word)) {
        return true;
      }
    }
    return false;
  }

  private Change handOver(List<String> words) {
    return state ->
        Step.to(
            state,
            new Effect(
                String.join(" ", words),
                host -> host.suspend(() -> commands.runOnTerminal(host.engine(), words))));
  }
}
