package dev.containertui.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: what it can do are its subcommands. */
abstract class ParentCommand implements Callable<Integer> {
  private final String choice;
  @Spec private CommandSpec spec;
  @Mixin private HelpOption help;

  /**
   * @param choice its subcommands, as a sentence has them
   */
  ParentCommand(String choice) {
    this.choice = choice;
  }

  @Override
  public final Integer call() {
    throw misuse("which of " + choice + "?");
  }

  /** That the command line is wrong; what it should be is said with it. */
  final ParameterException misuse(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
