package dev.containertui.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for zsh: one function for each command, in the words of {@code _arguments}. */
final class ZshCompletion {
  private final StringBuilder script = new StringBuilder();
  private final String program;

  private ZshCompletion(CommandLine root) {
    this.program = root.getCommandName();
  }

  /** A file for a directory of {@code $fpath}, which can be sourced as well. */
  static String of(CommandLine root) {
    ZshCompletion completion = new ZshCompletion(root);
    completion.write(root);
    return completion.script.toString();
  }

  private void write(CommandLine root) {
    script.append("#compdef ").append(program).append("\n\n");
    for (NameCompletion.Named named : NameCompletion.Named.values()) {
      names(named);
    }
    command(function(root.getCommandSpec()) + "_commands", root);
    script.append(
        """
        # The program that is asked for names is the one on the command line.
        _%1$s() {
          local container_tui_program=${~${(Q)words[1]}}
          _%1$s_commands "$@"
        }

        if [[ ${funcstack[1]} == _%1$s ]]; then
          _%1$s "$@"
        else
          compdef _%1$s %1$s
        fi
        """
            .formatted(program));
  }

  private void names(NameCompletion.Named named) {
    script.append(nameFunction(named)).append("() {\n  local -a names\n");
    for (String query : named.queries()) {
      script
          .append("  names+=(${(f)\"$(command \"$container_tui_program\" ")
          .append(query)
          .append(" 2>/dev/null)\"})\n");
    }
    if (named == NameCompletion.Named.PLACES) {
      script.append("  compadd -S '' -a names\n  _files\n");
    } else {
      script.append("  compadd -a names\n");
    }
    script.append("}\n\n");
  }

  private String nameFunction(NameCompletion.Named named) {
    return "_" + program + "_names_of_" + named.name().toLowerCase(java.util.Locale.ROOT);
  }

  private String function(CommandSpec command) {
    return "_" + command.qualifiedName("_");
  }

  private void command(String function, CommandLine line) {
    Map<String, CommandLine> subcommands = line.getSubcommands();
    subcommands.values().forEach(sub -> command(function(sub.getCommandSpec()), sub));
    CommandSpec spec = line.getCommandSpec();
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        arguments.add(option(option));
      }
    }
    if (subcommands.isEmpty()) {
      spec.positionalParameters().forEach(parameter -> arguments.add(parameter(parameter)));
    } else {
      arguments.add("'1: :->command'");
      arguments.add("'*:: :->argument'");
    }
    // After the first word that is no option, options are those of the container's command.
    String rest = spec.parser().stopAtPositional() ? " -A '-*'" : "";
    script.append(function).append("() {\n");
    if (!subcommands.isEmpty()) {
      script.append(
          "  local curcontext=$curcontext state state_descr line\n  typeset -A opt_args\n");
    }
    script
        .append("  _arguments ")
        .append(subcommands.isEmpty() ? "" : "-C ")
        .append("-s -S")
        .append(rest)
        .append(" : \\\n    ")
        .append(String.join(" \\\n    ", arguments))
        .append('\n');
    if (!subcommands.isEmpty()) {
      choice(subcommands);
    }
    script.append("}\n\n");
  }

  private void choice(Map<String, CommandLine> subcommands) {
    script.append("  case $state in\n    command)\n      local -a commands=(\n");
    subcommands.forEach(
        (word, line) ->
            script
                .append("        ")
                .append(quote(word + ":" + String.join(" ", description(line)).replace(":", "\\:")))
                .append('\n'));
    script
        .append("      )\n      _describe -t commands command commands\n      ;;\n")
        .append("    argument)\n      case $words[1] in\n");
    subcommands.forEach(
        (word, line) ->
            script
                .append("        ")
                .append(word)
                .append(") ")
                .append(function(line.getCommandSpec()))
                .append(" ;;\n"));
    script.append("      esac\n      ;;\n  esac\n");
  }

  private static String[] description(CommandLine line) {
    return line.getCommandSpec().usageMessage().description();
  }

  /** {@code '(-a --all)'{-a,--all}'[description]:label:action'}. */
  private String option(OptionSpec option) {
    boolean takesValue = option.arity().max() > 0;
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      String joint = !takesValue ? "" : name.startsWith("--") ? "=" : "+";
      names.add(
          name + (option.arity().min() == 0 && takesValue ? joint.replace("=", "=-") : joint));
    }
    boolean repeats = option.isMultiValue();
    StringBuilder spec = new StringBuilder();
    if (repeats) {
      spec.append("'*'");
    } else if (names.size() > 1) {
      spec.append(quote("(" + String.join(" ", option.names()) + ")"));
    }
    spec.append(names.size() > 1 ? "{" + String.join(",", names) + "}" : names.getFirst());
    String text = "[" + bracketed(String.join(" ", option.description())) + "]";
    if (takesValue) {
      String optional = option.arity().min() == 0 ? "::" : ":";
      text += optional + label(option.paramLabel()) + ":" + values(option.paramLabel());
    }
    return spec.append(quote(text)).toString();
  }

  private String parameter(PositionalParamSpec parameter) {
    String action =
        NameCompletion.Named.of(parameter)
            .map(this::nameFunction)
            .orElse(values(parameter.paramLabel()));
    String many = parameter.index().max() > 1_000 || parameter.arity().max() > 1 ? "*" : "";
    String place = many.isEmpty() ? String.valueOf(parameter.index().min() + 1) : many;
    return quote(place + ":" + label(parameter.paramLabel()) + ":" + action);
  }

  private static String values(String label) {
    if (label.matches("[a-z]+(\\|[a-zA-Z]+)+")) { // what is upper case, is not meant by itself
      return "(" + label.replaceAll("\\|[A-Z]+", "").replace('|', ' ') + ")";
    }
    return label.contains("FILE") || label.contains("DIR") ? "_files" : " ";
  }

  private static String label(String label) {
    return label.replace(":", "\\:");
  }

  private static String bracketed(String text) {
    return text.replace("%n", " ").replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
