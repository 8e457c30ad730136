package dev.containertui.cli;

import dev.containertui.cli.GroupCommand.Member;
import dev.containertui.error.EngineException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns arguments into one command's call, and its end into an exit code and at most two lines. */
public final class Cli {
  private final CliContext context;

  public Cli(CliContext context) {
    this.context = context;
  }

  /** Runs a command line; returns the exit code of the process. Never throws. */
  public int run(String... arguments) {
    CommandLine root = commandLine(arguments);
    try {
      return root.execute(arguments);
    } finally {
      context.io().err().flush();
    }
  }

  /** The command line for these arguments: with one command if it is named, else with all. */
  CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new RootCommand(context));
    List<String> words = Arrays.stream(arguments).filter(a -> !a.startsWith("-")).toList();
    Optional<Commands> named = words.stream().findFirst().flatMap(Commands::named);
    // Reading the annotations of a command takes milliseconds: only those that can be meant.
    List<Commands> all =
        List.of(arguments).equals(List.of(RootCommand.VERSION))
            ? List.of()
            : List.of(Commands.values());
    List<Commands> commands = named.map(List::of).orElse(all);
    for (Commands command : commands) {
      Object made = command.make(context);
      CommandLine line = new CommandLine(made);
      if (made instanceof GroupCommand group) {
        addMembers(line, group, words.size() > 1 ? words.get(1) : "");
      }
      root.addSubcommand(command.word(), line);
    }
    configure(root);
    return root;
  }

  private void addMembers(CommandLine line, GroupCommand group, String word) {
    List<Member> named = group.members().stream().filter(m -> m.word().equals(word)).toList();
    for (Member member : named.isEmpty() ? group.members() : named) {
      CommandLine made = new CommandLine(member.maker().apply(context));
      made.setCommandName(member.word());
      line.addSubcommand(member.word(), made);
    }
  }

  private void configure(CommandLine root) {
    root.setExpandAtFiles(false) // an argument "@file" is an argument
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(context.fancyOut() ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(context.io().out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(context.io().err(), true))
        .setParameterExceptionHandler((e, ignored) -> reportUsage(e))
        .setExecutionExceptionHandler(
            (e, command, result) ->
                report(
                    e,
                    command.getCommandName().equals("run"),
                    root.<RootCommand>getCommand().debug()));
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::of);
    stopAtPositionals(root);
    for (CommandLine line : root.getSubcommands().values()) {
      stopAtPositionals(line);
    }
  }

  /** What follows IMAGE, CONTAINER or FILE is not ours. */
  private static void stopAtPositionals(CommandLine parent) {
    for (String command : List.of("run", "create", "exec", "top", "repl")) {
      Optional.ofNullable(parent.getSubcommands().get(command))
          .ifPresent(line -> line.setStopAtPositional(true));
    }
  }

  private int reportUsage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = e.getMessage();
    String suggestion = "";
    if (e instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      message = (argument.startsWith("-") ? "unknown option: " : "unknown argument: ") + argument;
      if (e.getCommandLine().getParent() == null && !argument.startsWith("-")) {
        message = "unknown command: " + argument;
      }
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        suggestion = "did you mean '" + near.getFirst() + "'? ";
      }
    }
    Messages.print(
        context.io().err(), lowerFirst(message), suggestion + "see '" + command + " --help'");
    return e.getCommandLine().getCommandName().equals("run")
        ? ExitCodes.RUN_FAILED
        : ExitCodes.USAGE;
  }

  private int report(Throwable e, boolean running, boolean debug) {
    if (debug) {
      e.printStackTrace(context.io().err());
    }
    return switch (e) {
      case CommandFailure failure -> {
        Messages.print(context.io().err(), failure.getMessage(), failure.hint());
        yield failure.exitCode();
      }
      case EngineException failure -> {
        Messages.print(context.io().err(), failure.getMessage(), failure.hint());
        yield ExitCodes.of(failure, running);
      }
      default -> {
        String detail = e.getMessage() == null ? "" : ": " + e.getMessage();
        Messages.print(
            context.io().err(),
            "internal error: " + e.getClass().getSimpleName() + detail,
            debug ? "" : "--debug before the command prints where");
        yield running ? ExitCodes.RUN_FAILED : ExitCodes.FAILURE;
      }
    };
  }

  private static String lowerFirst(String text) {
    boolean acronym = text.length() > 1 && Character.isUpperCase(text.charAt(1));
    return text.isEmpty() || acronym
        ? text
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
