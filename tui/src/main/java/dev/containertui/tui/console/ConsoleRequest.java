package dev.containertui.tui.console;

import java.util.List;

/**
 * A wish for a console.
 *
 * @param containerId the whole id
 * @param words the command of an EXEC, program first; else empty
 */
public record ConsoleRequest(String containerId, Kind kind, List<String> words) {
  /** Of which process. */
  public enum Kind {
    /** The container's main process, which goes on when the console is closed. */
    ATTACH,
    /** The main process of a container that is started for it, so that nothing is missed. */
    RUN,
    /** A shell beside it; goes with the console. */
    SHELL,
    /** A command beside it; goes with the console. */
    EXEC
  }

  public ConsoleRequest {
    words = List.copyOf(words);
    if (kind == Kind.EXEC && words.isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
  }

  /** The same, if the container runs already. */
  ConsoleRequest running() {
    return kind == Kind.RUN ? new ConsoleRequest(containerId, Kind.ATTACH, words) : this;
  }

  /** What runs there, in a few words. */
  String process() {
    return switch (kind) {
      case ATTACH, RUN -> "main";
      case SHELL -> "shell";
      case EXEC -> String.join(" ", words);
    };
  }

  /** The same in a word, for a tab. */
  String word() {
    if (kind != Kind.EXEC) {
      return process();
    }
    String program = words.getFirst();
    return program.substring(program.lastIndexOf('/') + 1);
  }
}
