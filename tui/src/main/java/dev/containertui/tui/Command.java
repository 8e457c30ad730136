package dev.containertui.tui;

import dev.containertui.container.ContainerSpec;
import java.util.List;
import java.util.Optional;

/** What can be said on the command line. */
sealed interface Command {
  record Pull(String reference) implements Command {}

  /**
   * Starts a container.
   *
   * @param terminal {@code -t}
   * @param spec all but the terminal's size
   */
  record Run(boolean terminal, ContainerSpec.Builder spec, String image) implements Command {}

  record Exec(List<String> words) implements Command {}

  /** {@code container}: empty for the selected one; so in the commands below. */
  record Stop(Optional<String> container) implements Command {}

  record Kill(Optional<String> container) implements Command {}

  record Remove(Optional<String> container) implements Command {}

  record RemoveImage(Optional<String> reference) implements Command {}

  record Help() implements Command {}

  record Quit() implements Command {}
}
