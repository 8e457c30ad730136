package dev.containertui.tui;

import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text of the command line to a {@link Command}. */
final class CommandParser {
  /** Names, with what may follow them. */
  static final Map<String, String> USAGE;

  static {
    Map<String, String> usage = new LinkedHashMap<>();
    usage.put("pull", "REFERENCE");
    usage.put("run", "[-it] [--rm] [--cold-boot] [--name NAME] IMAGE [COMMAND…]");
    usage.put("exec", "COMMAND…");
    usage.put("stop", "[CONTAINER]");
    usage.put("kill", "[CONTAINER]");
    usage.put("rm", "[CONTAINER]");
    usage.put("rmi", "[IMAGE]");
    usage.put("help", "");
    usage.put("quit", "");
    USAGE = java.util.Collections.unmodifiableMap(usage);
  }

  private CommandParser() {}

  /**
   * @throws EngineException INVALID if it is no command
   */
  static Command parse(String line) {
    List<String> words = words(line);
    if (words.isEmpty()) {
      throw invalid("no command", "? lists the commands");
    }
    String name = words.getFirst();
    List<String> arguments = words.subList(1, words.size());
    return switch (name) {
      case "pull" -> new Command.Pull(one(name, arguments));
      case "run" -> run(arguments);
      case "exec" -> {
        if (arguments.isEmpty()) {
          throw usage(name);
        }
        yield new Command.Exec(List.copyOf(arguments));
      }
      case "stop" -> new Command.Stop(oneOrNone(name, arguments));
      case "kill" -> new Command.Kill(oneOrNone(name, arguments));
      case "rm" -> new Command.Remove(oneOrNone(name, arguments));
      case "rmi" -> new Command.RemoveImage(oneOrNone(name, arguments));
      case "help", "h" -> new Command.Help();
      case "quit", "q" -> new Command.Quit();
      default -> throw invalid("unknown command " + name, "? lists the commands");
    };
  }

  private static Command run(List<String> arguments) {
    boolean terminal = false;
    boolean input = false;
    boolean remove = false;
    boolean coldBoot = false;
    Optional<String> name = Optional.empty();
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      String option = arguments.get(i++);
      switch (option) {
        case "-t" -> terminal = true;
        case "-i" -> input = true;
        case "-it", "-ti" -> {
          terminal = true;
          input = true;
        }
        case "--rm" -> remove = true;
        case "--cold-boot" -> coldBoot = true;
        case "-d" -> {} // all containers run in the background here
        case "--name" -> {
          if (i == arguments.size()) {
            throw usage("run");
          }
          name = Optional.of(arguments.get(i++));
        }
        default -> {
          if (!option.startsWith("--name=")) {
            throw invalid("run: unknown option " + option, "usage: run " + USAGE.get("run"));
          }
          name = Optional.of(option.substring("--name=".length()));
        }
      }
    }
    if (i == arguments.size()) {
      throw usage("run");
    }
    String image = arguments.get(i);
    ContainerSpec.Builder spec =
        ContainerSpec.of(image)
            .arguments(List.copyOf(arguments.subList(i + 1, arguments.size())))
            .openStdin(input)
            .removeOnExit(remove)
            .coldBoot(coldBoot);
    name.ifPresent(spec::name);
    return new Command.Run(terminal, spec, image);
  }

  private static String one(String name, List<String> arguments) {
    return oneOrNone(name, arguments).orElseThrow(() -> usage(name));
  }

  private static Optional<String> oneOrNone(String name, List<String> arguments) {
    if (arguments.size() > 1) {
      throw usage(name);
    }
    return arguments.stream().findFirst();
  }

  private static EngineException usage(String name) {
    return invalid("usage: " + name + " " + USAGE.get(name), "");
  }

  private static EngineException invalid(String message, String hint) {
    return new EngineException(Kind.INVALID, message, hint);
  }

  /**
   * Splits as a shell would: blanks separate, quotes keep together, a backslash takes the next
   * character as it is (not between single quotes).
   */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && (c == ' ' || c == '\t')) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      if (word == null) {
        word = new StringBuilder();
      }
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw invalid("a " + quote + " is not closed", "");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
