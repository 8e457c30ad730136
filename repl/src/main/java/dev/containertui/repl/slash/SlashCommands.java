package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.console.Completer;
import dev.containertui.repl.console.Completion;
import dev.containertui.repl.slash.SlashCommand.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The table of the lines that are not Java; help, completion and suggestions come out of it. */
public final class SlashCommands implements Completer.CommandLines {
  private final List<SlashCommand> table;
  private final HelpTopics topics;

  public SlashCommands(Desk desk, Evaluation evaluation) {
    this.topics = new HelpTopics(this::all, desk);
    var session = new SessionCommands(desk, evaluation);
    var files = new FileCommands(desk, evaluation);
    var containers = new ContainerCommands(desk);
    this.table =
        List.of(
            command(
                "/help",
                "[topic]",
                Takes.TOPIC,
                topics::show,
                "this page, or one about keys, words, values, a command or a setting"),
            command(
                "/doc",
                "NAME",
                Takes.JAVA,
                session::document,
                "signatures and documentation of a method, a type or a variable",
                "NAME is Java up to the place in question: /doc c.exec, /doc List.of, /doc Path. While you type, Tab twice or F1 does the same."),
            command(
                "/who",
                "",
                Takes.NOTHING,
                session::who,
                "the variables with types and values, methods and types"),
            command(
                "/time",
                "[n] EXPRESSION",
                Takes.JAVA,
                session::time,
                "how long it takes; with a number, the median and spread of so many runs",
                "Code is compiled once and timed by itself; its value is neither shown nor kept. A block in braces is timed too. With a number it runs once more before, to warm up: first."),
            command(
                "/error",
                "",
                Takes.NOTHING,
                session::error,
                "the last failure with all its causes and stack traces",
                "The exception itself is in the variable _error."),
            command(
                "/more",
                "",
                Takes.NOTHING,
                session::more,
                "pages through the last value that was too long to be shown",
                "q leaves, / searches, h tells the other keys. /set lines N says what is too long."),
            command(
                "/history",
                "[pattern]",
                Takes.TEXT,
                session::history,
                "the lines typed, also in earlier sessions; of those with the pattern all",
                "Without a pattern it shows the last forty. Up finds the lines that begin like the one you type, Ctrl-R those with a word in them."),
            command(
                "/edit",
                "[n]",
                Takes.TEXT,
                files::edit,
                "opens the last line, or line n of /history, in your editor and runs what you leave there",
                "The editor is what /set editor says, or $VISUAL, or $EDITOR, or vi."),
            command(
                "/save",
                "FILE",
                Takes.FILE,
                files::save,
                "writes all that was run without a failure to a script"),
            command(
                "/load",
                "FILE",
                Takes.FILE,
                files::load,
                "runs a script in this session, up to its first failure",
                "It may have command lines in it, as the startup file may: /set events off."),
            command(
                "/sh",
                "NAME [COMMAND …]",
                Takes.CONTAINER,
                containers::shell,
                "a shell, or another command, in a container on this terminal",
                "The keys of /set detach-keys come back and end it."),
            command(
                "/attach",
                "NAME",
                Takes.CONTAINER,
                containers::attach,
                "joins this terminal to the main process of a container",
                "The keys of /set detach-keys, Ctrl-P Ctrl-Q from the start, come back; the process runs on."),
            command(
                "/tui",
                "",
                Takes.NOTHING,
                containers::workbench,
                "the full-screen workbench; you come back here when you quit it"),
            command(
                "/set",
                "[KEY [VALUE]]",
                Takes.SETTING,
                session::set,
                "shows the settings, or changes one for this session",
                "In the startup file a line /set KEY VALUE makes it last."),
            command(
                "/env",
                "",
                Takes.NOTHING,
                session::environment,
                "what this console runs on: Java, engine, files, terminal"),
            command(
                "/exit",
                "[n]",
                Takes.TEXT,
                session::exit,
                "leaves with exit code n, as Ctrl-D does with 0"));
  }

  private static SlashCommand command(
      String name,
      String usage,
      Takes takes,
      SlashCommand.Action action,
      String summary,
      String... details) {
    return new SlashCommand(name, usage, summary, List.of(details), takes, action);
  }

  private List<SlashCommand> all() {
    return table;
  }

  /** A comment begins with a slash too, a command with a letter behind it. */
  @Override
  public boolean isCommand(String line) {
    String start = line.stripLeading();
    return start.length() >= 2 && start.charAt(0) == '/' && Character.isLetter(start.charAt(1));
  }

  /** Whether there is a command of that name, slash included. */
  public boolean isKnown(String name) {
    return table.stream().anyMatch(command -> command.name().equals(name));
  }

  /**
   * Does what a line says.
   *
   * @return the exit code if the console is to be left
   * @throws EngineException INVALID if there is no such command; or what the command throws
   */
  public OptionalInt run(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String argument = words.length == 2 ? words[1].strip() : "";
    for (SlashCommand command : table) {
      if (command.name().equals(words[0])) {
        if (command.takes() == Takes.NOTHING && !argument.isEmpty()) {
          throw new EngineException(Kind.INVALID, command.name() + " takes no argument");
        }
        return command.action().run(argument);
      }
    }
    List<String> names = table.stream().map(SlashCommand::name).toList();
    String hint =
        Nearest.to(words[0], names)
            .map(name -> "did you mean " + name + "?")
            .orElse("/help lists the commands");
    throw new EngineException(Kind.INVALID, "no such command: " + words[0], hint);
  }

  @Override
  public Completion.Candidates complete(String before, Completer words) {
    String line = before.stripLeading();
    int indentation = before.length() - line.length();
    int space = line.indexOf(' ');
    if (space < 0) {
      return Completion.Candidates.of(
          indentation,
          line,
          table.stream().map(c -> new Completion(c.name(), c.line(), c.summary(), true)).toList());
    }
    String name = line.substring(0, space);
    int start = indentation + space + 1;
    Takes takes =
        table.stream()
            .filter(command -> command.name().equals(name))
            .map(SlashCommand::takes)
            .findFirst()
            .orElse(Takes.NOTHING);
    String typed = before.substring(start);
    return switch (takes) {
      case NOTHING, TEXT -> new Completion.Candidates(start, List.of());
      case JAVA -> {
        Completion.Candidates java = words.java(typed);
        yield new Completion.Candidates(start + java.from(), java.completions());
      }
      case FILE -> HostPaths.complete(start, typed);
      case CONTAINER -> Completion.Candidates.of(start, typed, words.containerNames());
      case TOPIC -> Completion.Candidates.of(start, typed, topics.completions());
      case SETTING -> setting(start, typed);
    };
  }

  private static Completion.Candidates setting(int start, String typed) {
    int space = typed.indexOf(' ');
    if (space < 0) {
      return Completion.Candidates.of(
          start,
          typed,
          Stream.of(Setting.values())
              .map(s -> new Completion(s.key(), s.key(), s.meaning(), true))
              .toList());
    }
    List<Completion> values = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(typed.substring(0, space))) {
        setting.choices().forEach(v -> values.add(new Completion(v, v, "", true)));
      }
    }
    return Completion.Candidates.of(start + space + 1, typed.substring(space + 1), values);
  }
}
