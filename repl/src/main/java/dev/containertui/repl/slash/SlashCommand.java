package dev.containertui.repl.slash;

import java.util.List;
import java.util.OptionalInt;

/**
 * A line that is not Java.
 *
 * @param name with its slash
 * @param usage what follows the name, {@code [n] EXPRESSION}; may be empty
 * @param summary in a few words
 * @param details more about it, a paragraph each
 * @param takes what its argument is, for completion
 * @param action does it
 */
public record SlashCommand(
    String name, String usage, String summary, List<String> details, Takes takes, Action action) {

  /** What an argument can be. */
  public enum Takes {
    NOTHING,
    TEXT,
    JAVA,
    FILE,
    CONTAINER,
    SETTING,
    TOPIC
  }

  /** The work of a command. */
  public interface Action {
    /**
     * Does it.
     *
     * @param argument without spaces around it; empty if there is none
     * @return the exit code if the console is to be left
     * @throws dev.containertui.error.EngineException if it cannot be done
     */
    OptionalInt run(String argument);
  }

  /** The name and what follows it. */
  public String line() {
    return usage.isEmpty() ? name : name + " " + usage;
  }
}
