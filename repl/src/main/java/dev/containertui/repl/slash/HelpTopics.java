package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.console.Completion;
import dev.containertui.repl.console.ConsoleOutput;
import dev.containertui.repl.console.Definitions;
import dev.containertui.repl.console.Vocabulary;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The pages of {@code /help}. */
final class HelpTopics {
  private static final List<String[]> KEYS =
      List.of(
          new String[] {"Enter", "runs what is typed, or opens a further line if it is unfinished"},
          new String[] {"Alt-Enter", "opens a further line in any case"},
          new String[] {"Tab", "completes, or lists what there is; again: documentation"},
          new String[] {"F1, Alt-?", "documentation of what stands before the cursor"},
          new String[] {"Right, End", "take the grey text, Alt-F or Ctrl-Right a word of it"},
          new String[] {"Up, Down", "earlier lines that begin with what stands before the cursor"},
          new String[] {"Ctrl-R", "searches earlier lines for a word"},
          new String[] {"Ctrl-C", "stops what runs, or clears the line"},
          new String[] {"Ctrl-D", "leaves, on an empty line"},
          new String[] {"Ctrl-Z", "suspends the console, fg in the shell goes on"},
          new String[] {"Ctrl-A, Ctrl-E", "to the beginning, to the end of the line"},
          new String[] {
            "Ctrl-W, Ctrl-U", "remove a word, the line up to the cursor; Ctrl-Y brings it back"
          },
          new String[] {"Ctrl-L", "clears the screen"},
          new String[] {"Ctrl-_", "takes back the last change of the line"});

  private static final List<String[]> VALUES =
      List.of(
          new String[] {"$1, $2, …", "the values so far, each with its own type"},
          new String[] {"_", "the last value: _.size()"},
          new String[] {"_error", "the last exception; /error shows all of it"},
          new String[] {"var x = …", "gives a value a name; /who lists them"},
          new String[] {"/more", "the rest of a value that was too long"},
          new String[] {"print(x)", "shows any value the way the console does"});

  private final Supplier<List<SlashCommand>> commands;
  private final Desk desk;

  HelpTopics(Supplier<List<SlashCommand>> commands, Desk desk) {
    this.commands = commands;
    this.desk = desk;
  }

  OptionalInt show(String topic) {
    ConsoleOutput output = desk.output();
    Style style = desk.style().get();
    String asked = topic.toLowerCase(Locale.ROOT);
    switch (asked) {
      case "" -> overview(output, style);
      case "keys" -> output.println(table(KEYS).render(style));
      case "words" -> output.println(Vocabulary.definitions().render(style));
      case "values" -> output.println(table(VALUES).render(style));
      case "commands" -> output.println(commandTable().render(style));
      case "settings" -> output.println(settings().render(style));
      default -> one(asked, output, style);
    }
    return OptionalInt.empty();
  }

  private void overview(ConsoleOutput output, Style style) {
    output.println("Everything typed here is Java; these words are known without an import:");
    output.println(Vocabulary.definitions().render(style));
    output.println("Lines that begin with a slash are for the console itself:");
    output.println(commandTable().render(style));
    output.println("Tab completes, Ctrl-C stops, Ctrl-D leaves.");
    output.println("More: /help keys, /help values, /help settings, /help COMMAND.");
  }

  private void one(String asked, ConsoleOutput output, Style style) {
    for (SlashCommand command : commands.get()) {
      if (command.name().equals(asked) || command.name().equals("/" + asked)) {
        output.println(style.paint(Tone.NAME, command.line()));
        paragraph(command.summary(), output, style);
        command.details().forEach(detail -> paragraph(detail, output, style));
        return;
      }
    }
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(asked)) {
        output.println(style.paint(Tone.NAME, "/set " + setting.key() + values(setting)));
        paragraph(setting.meaning(), output, style);
        return;
      }
    }
    List<String> topics = completions().stream().map(Completion::text).toList();
    throw new EngineException(
        Kind.INVALID,
        "no help about " + asked,
        Nearest.to(asked, topics)
            .map(name -> "did you mean /help " + name + "?")
            .orElse("/doc " + asked + " knows Java; /help lists the rest"));
  }

  private static void paragraph(String text, ConsoleOutput output, Style style) {
    Definitions.paragraph(text, style).forEach(output::println);
  }

  private static String values(Setting setting) {
    return setting.choices().isEmpty() ? " VALUE" : " " + String.join("|", setting.choices());
  }

  private Definitions commandTable() {
    return table(commands.get().stream().map(c -> new String[] {c.line(), c.summary()}).toList());
  }

  private Definitions settings() {
    Definitions definitions = new Definitions();
    for (Setting setting : Setting.values()) {
      definitions.add(setting.key() + " " + desk.settings().get(setting), setting.meaning());
    }
    return definitions;
  }

  private static Definitions table(List<String[]> entries) {
    Definitions definitions = new Definitions();
    entries.forEach(entry -> definitions.add(entry[0], entry[1]));
    return definitions;
  }

  List<Completion> completions() {
    return Stream.concat(
            Stream.of(
                topic("keys", "what each key does"),
                topic("words", "the words that are known without an import"),
                topic("values", "how values are kept"),
                topic("commands", "the lines that begin with a slash"),
                topic("settings", "what /set changes")),
            Stream.concat(
                commands.get().stream().map(c -> topic(c.name().substring(1), c.summary())),
                Stream.of(Setting.values()).map(s -> topic(s.key(), s.meaning()))))
        .toList();
  }

  private static Completion topic(String name, String meaning) {
    return new Completion(name, name, meaning, true);
  }
}
