package dev.containertui.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which commands take names of containers and images, for shells that complete them. */
final class NameCompletion {
  private NameCompletion() {}

  /** What a command's arguments name. */
  enum Named {
    CONTAINERS,
    IMAGES,
    BOTH,
    VOLUMES,
    /** Names of containers with a colon, or files. */
    PLACES;

    /** Told by the label. */
    static Optional<Named> of(PositionalParamSpec parameter) {
      return switch (parameter.paramLabel()) {
        case "CONTAINER" -> Optional.of(CONTAINERS);
        case "IMAGE" -> Optional.of(IMAGES);
        case "NAME" -> Optional.of(BOTH);
        case "VOLUME" -> Optional.of(VOLUMES);
        case "SOURCE", "TARGET" -> Optional.of(PLACES);
        default -> Optional.empty();
      };
    }

    /** The words that ask this program for the names. */
    List<String> queries() {
      String containers = "ps -a --format '{{.Names}}'";
      String images = "images --format '{{.Repository}}:{{.Tag}}'";
      return switch (this) {
        case CONTAINERS -> List.of(containers);
        case IMAGES -> List.of(images);
        case BOTH -> List.of(containers, images);
        case VOLUMES -> List.of("volume ls -q");
        case PLACES -> List.of("ps -a --format '{{.Names}}:'");
      };
    }
  }

  /** The commands by what they name, told by the label of their first argument. */
  static Map<Named, List<String>> commands(CommandLine root) {
    Map<Named, List<String>> commands = new TreeMap<>();
    root.getSubcommands().forEach((word, line) -> collect(commands, word, line));
    return commands;
  }

  private static void collect(Map<Named, List<String>> commands, String word, CommandLine line) {
    List<PositionalParamSpec> positionals = line.getCommandSpec().positionalParameters();
    if (positionals.isEmpty()) {
      return;
    }
    Named.of(positionals.getFirst())
        .ifPresent(named -> commands.computeIfAbsent(named, _ -> new ArrayList<>()).add(word));
  }

  /**
   * A function for bash that completes names, and leaves everything else to the function that
   * picocli has written.
   */
  static String bash(CommandLine root) {
    String program = root.getCommandName();
    StringBuilder script =
        new StringBuilder(
            """

            # Completes the names of containers and images, which the program is asked for.
            function _names_%1$s() {
              local curr_word=${COMP_WORDS[COMP_CWORD]}
              local at=1
              while [[ "$at" -lt "$COMP_CWORD" && "${COMP_WORDS[$at]}" == -* ]]; do at=$((at + 1)); done
              case "${COMP_WORDS[$at]}" in
                container|image) at=$((at + 1)) ;;
              esac
              if [[ "$at" -lt "$COMP_CWORD" && "$curr_word" != -* ]]; then
                local names=""
                case "${COMP_WORDS[$at]}" in
            """
                .formatted(program));
    commands(root)
        .forEach(
            (named, words) -> {
              script.append("      ").append(String.join("|", words)).append(")\n");
              for (String query : named.queries()) {
                script
                    .append("        names=\"$names $(")
                    .append("command \"${COMP_WORDS[0]}\" ")
                    .append(query)
                    .append(" 2>/dev/null)\"\n");
              }
              script.append("        ;;\n");
            });
    return script
        .append(
            """
                esac
                if [[ -n "$names" ]]; then
                  COMPREPLY=( $(compgen -W "$names" -- "$curr_word") )
                  return
                fi
              fi
              _complete_%1$s
            }
            complete -F _names_%1$s -o default %1$s
            """
                .formatted(program))
        .toString();
  }

  /** The lines for fish. */
  static String fish(CommandLine root) {
    String program = root.getCommandName();
    StringBuilder script = new StringBuilder();
    commands(root)
        .forEach(
            (named, words) -> {
              for (String query : named.queries()) {
                script.append(
                    "complete -c %s -n '__fish_seen_subcommand_from %s' -a '(%s %s 2>/dev/null)'%s%n"
                        .formatted(
                            program,
                            String.join(" ", words),
                            program,
                            query.replace("'", "\\'"),
                            named == Named.PLACES ? " -F" : ""));
              }
            });
    return script.toString();
  }
}
