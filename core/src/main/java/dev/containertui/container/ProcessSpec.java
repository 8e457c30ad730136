package dev.containertui.container;

import dev.containertui.agent.TerminalSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to start in a container.
 *
 * @param command program and arguments, at least the program; looked up in the PATH of {@code
 *     environment} inside the container if it has no slash
 * @param environment variables in addition to the container's own; these win
 * @param workingDirectory absolute path in the container; empty: the container's
 * @param user {@code name|uid[:group|gid]}; empty: the container's
 * @param terminal the initial size of a pseudo terminal; empty: three pipes instead of a terminal
 * @param openStdin whether the process gets a standard input that stays open; if not it reads
 *     end-of-file at once
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Optional<String> workingDirectory,
    Optional<String> user,
    Optional<TerminalSize> terminal,
    boolean openStdin) {

  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A process with three pipes, and with the container's user, directory and environment. */
  public static ProcessSpec of(String... command) {
    return new ProcessSpec(
        List.of(command), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  /** The same process on a pseudo terminal of this size. */
  public ProcessSpec onTerminal(TerminalSize size) {
    return new ProcessSpec(
        command, environment, workingDirectory, user, Optional.of(size), openStdin);
  }
}
