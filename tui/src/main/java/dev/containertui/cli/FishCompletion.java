package dev.containertui.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: one {@code complete} line for each command and option. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(CommandLine root) {
    String program = root.getCommandName();
    StringBuilder script = new StringBuilder("complete -c " + program + " -f\n");
    options(script, program, "-n __fish_use_subcommand", root);
    for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
      String command = entry.getKey();
      CommandLine line = entry.getValue();
      script.append(
          "complete -c %s -n __fish_use_subcommand -a %s -d %s\n"
              .formatted(program, command, quote(description(line))));
      String here = "-n '__fish_seen_subcommand_from " + command + "'";
      for (Map.Entry<String, CommandLine> sub : line.getSubcommands().entrySet()) {
        script.append(
            "complete -c %s %s -a %s -d %s\n"
                .formatted(program, here, sub.getKey(), quote(description(sub.getValue()))));
        String there =
            "-n '__fish_seen_subcommand_from %s; and __fish_seen_subcommand_from %s'"
                .formatted(command, sub.getKey());
        options(script, program, there, sub.getValue());
      }
      options(script, program, here, line);
    }
    return script.toString();
  }

  private static void options(
      StringBuilder script, String program, String condition, CommandLine line) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      script.append("complete -c ").append(program).append(' ').append(condition);
      for (String name : option.names()) {
        script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
      }
      if (option.arity().max() > 0) {
        script.append(" -r");
        String label = option.paramLabel();
        if (label.matches("[a-z]+(\\|[a-zA-Z]+)+")) { // what is upper case, is not meant by itself
          script.append(" -a ").append(quote(label.replaceAll("\\|[A-Z]+", "").replace('|', ' ')));
        } else if (List.of("FILE", "DIR").contains(label)) {
          script.append(" -F");
        }
      }
      script.append(" -d ").append(quote(String.join(" ", option.description()))).append('\n');
    }
  }

  private static String description(CommandLine line) {
    return String.join(" ", line.getCommandSpec().usageMessage().description());
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
