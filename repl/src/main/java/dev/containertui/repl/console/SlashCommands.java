package dev.containertui.repl.console;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.view.Cell;
import dev.containertui.view.Style;
import dev.containertui.view.Table;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import dev.containertui.view.ValueRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jline.reader.History;
import org.jline.reader.LineReader;

/** The lines that are not Java: {@code /help}, {@code /exit} and a few more. */
public final class SlashCommands {
  private record Entry(String usage, String meaning) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("/help", "this page"),
          new Entry("/vars", "the variables of this session"),
          new Entry("/history [n]", "the last n lines typed, 20 if not said"),
          new Entry("/doc expression", "documentation of a name or method; F1 while typing"),
          new Entry("/save file", "writes what was run without a failure to a script"),
          new Entry("/exit [code]", "leaves, as Ctrl-D does"));

  private static final int HISTORY_LINES = 20;

  private final SnippetRunner runner;
  private final ValueRenderer renderer;
  private final Style style;
  private final ConsoleOutput output;
  private final LastValue lastValue;
  private final List<String> accepted = new ArrayList<>();

  public SlashCommands(
      SnippetRunner runner,
      ValueRenderer renderer,
      Style style,
      ConsoleOutput output,
      LastValue lastValue) {
    this.runner = runner;
    this.renderer = renderer;
    this.style = style;
    this.output = output;
    this.lastValue = lastValue;
  }

  /** Whether a line is a command and not Java: a comment begins with a slash too. */
  public static boolean isCommand(String line) {
    String start = line.stripLeading();
    return start.length() >= 2 && start.charAt(0) == '/' && Character.isLetter(start.charAt(1));
  }

  static List<String> names() {
    return ENTRIES.stream().map(entry -> entry.usage().split(" ")[0]).toList();
  }

  /** Remembers a snippet that ran well, for {@code /save}. */
  public void accepted(String source) {
    accepted.add(source);
  }

  /**
   * Does what a line says.
   *
   * @return the exit code if the console is to be left
   */
  public OptionalInt run(String line, LineReader reader) {
    String[] words = line.strip().split("\\s+", 2);
    String argument = words.length == 2 ? words[1].strip() : "";
    switch (words[0]) {
      case "/exit" -> {
        return OptionalInt.of(argument.isEmpty() ? 0 : number(argument) & 0xff);
      }
      case "/help" -> help();
      case "/vars" -> variables();
      case "/history" ->
          history(reader.getHistory(), argument.isEmpty() ? HISTORY_LINES : number(argument));
      case "/doc" -> document(argument);
      case "/save" -> save(argument);
      default ->
          throw new EngineException(
              Kind.INVALID, "no such command: " + words[0], "/help lists the commands");
    }
    return OptionalInt.empty();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException(Kind.INVALID, "not a number: " + text);
    }
  }

  private void help() {
    output.println("Everything typed here is Java; these words are known without an import:");
    output.println(Vocabulary.table().render(style));
    List<List<Cell>> rows = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      rows.add(List.of(new Cell(entry.usage(), Tone.NAME), Cell.of(entry.meaning())));
    }
    output.println("Lines that begin with a slash are for the console itself:");
    output.println(new Table(List.of(Column.left(""), Column.left("")), rows).render(style));
    output.println(
        "_ is the last value. Tab completes, also image and container names. Ctrl-C stops what"
            + " runs.");
  }

  private void variables() {
    List<List<Cell>> rows = new ArrayList<>();
    for (SnippetRunner.Variable variable : runner.variables()) {
      rows.add(
          List.of(
              new Cell(variable.name(), Tone.NAME),
              Cell.dim(variable.type()),
              Cell.of(renderer.line(variable.value()))));
    }
    output.println(
        rows.isEmpty()
            ? "no variables yet"
            : new Table(
                    List.of(Column.left("NAME"), Column.left("TYPE"), Column.left("VALUE")), rows)
                .render(style));
  }

  private void history(History history, int lines) {
    int first = Math.max(history.first(), history.last() + 1 - Math.max(0, lines));
    for (int i = first; i <= history.last(); i++) {
      output.println(history.get(i));
    }
  }

  private void document(String expression) {
    if (expression.isEmpty()) {
      throw new EngineException(
          Kind.INVALID, "/doc needs a name", "as in /doc c.exec or /doc List.of");
    }
    output.println(Documentation.of(runner, lastValue.resolve(expression)));
  }

  private void save(String file) {
    if (file.isEmpty()) {
      throw new EngineException(Kind.INVALID, "/save needs the name of a file");
    }
    try {
      Path path = Path.of(file);
      Files.writeString(path, String.join("\n", accepted) + "\n");
      output.println(accepted.size() + " snippets written to " + path);
    } catch (IOException | InvalidPathException e) {
      throw new EngineException(
          Kind.INVALID, "cannot write " + file + ": " + e.getMessage(), "choose another file");
    }
  }
}
