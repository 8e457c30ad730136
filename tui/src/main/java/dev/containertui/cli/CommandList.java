package dev.containertui.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The commands in the root's help, by their groups. */
final class CommandList {
  private static final int NAME_WIDTH = 12;

  private CommandList() {}

  static String of(Help help) {
    StringBuilder text = new StringBuilder();
    for (Commands.Group group : Commands.Group.values()) {
      text.append("%n%s:%n".formatted(group.title()));
      for (Commands command : Commands.values()) {
        CommandLine line = help.commandSpec().subcommands().get(command.word());
        if (command.group() == group && line != null) {
          String name = ("%-" + NAME_WIDTH + "s").formatted(command.word());
          text.append("  ")
              .append(help.colorScheme().commandText(name))
              .append(' ')
              .append(line.getCommandSpec().usageMessage().description()[0])
              .append('\n');
        }
      }
    }
    return text.toString();
  }
}
