package dev.containertui.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Docker's commands by what they are about: {@code container ls} is {@code ps}. */
abstract class GroupCommand extends ParentCommand {
  private final List<Member> members;

  /** A command of a group, under its name there. */
  record Member(String word, Function<CliContext, Object> maker) {}

  private GroupCommand(List<Member> members) {
    super(String.join(", ", members.stream().map(Member::word).toList()));
    this.members = members;
  }

  List<Member> members() {
    return members;
  }

  private static Member same(Commands command) {
    return new Member(command.word(), command::make);
  }

  @Command(
      name = "container",
      description = "Commands about containers, each under the name that docker gives it.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "example: container-tui container ls -a"})
  static final class OfContainers extends GroupCommand {
    OfContainers(CliContext context) {
      super(
          List.of(
              same(Commands.ATTACH),
              same(Commands.COMMIT),
              same(Commands.CP),
              same(Commands.CREATE),
              same(Commands.DIFF),
              same(Commands.EXEC),
              same(Commands.EXPORT),
              new Member("inspect", InspectCommand::ofContainers),
              same(Commands.KILL),
              same(Commands.LOGS),
              new Member("ls", PsCommand::new),
              same(Commands.PAUSE),
              same(Commands.PORT),
              new Member("prune", ContainerPruneCommand::new),
              same(Commands.RENAME),
              same(Commands.RESTART),
              same(Commands.RM),
              same(Commands.RUN),
              same(Commands.START),
              same(Commands.STATS),
              same(Commands.STOP),
              same(Commands.TOP),
              same(Commands.UNPAUSE),
              same(Commands.UPDATE),
              same(Commands.WAIT)));
    }
  }

  @Command(
      name = "image",
      description = "Commands about images, each under the name that docker gives it.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "example: container-tui image prune -a"})
  static final class OfImages extends GroupCommand {
    OfImages(CliContext context) {
      super(
          List.of(
              same(Commands.HISTORY),
              same(Commands.IMPORT),
              new Member("inspect", InspectCommand::ofImages),
              same(Commands.LOAD),
              new Member("ls", ImagesCommand::new),
              new Member("prune", ImagePruneCommand::new),
              same(Commands.PULL),
              same(Commands.PUSH),
              new Member("rm", RmiCommand::new),
              same(Commands.SAVE),
              same(Commands.TAG)));
    }
  }

  @Command(
      name = "system",
      description = "Commands about the engine and its disk.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "example: container-tui system df"})
  static final class OfSystem extends GroupCommand {
    OfSystem(CliContext context) {
      super(
          List.of(
              new Member("df", SystemDfCommand::new),
              same(Commands.EVENTS),
              same(Commands.INFO),
              new Member("prune", SystemPruneCommand::new)));
    }
  }
}
