package dev.containertui.repl.slash;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.console.Definitions;
import dev.containertui.repl.console.Documentation;
import dev.containertui.repl.jshell.SnippetRunner;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Table;
import dev.containertui.view.Table.Column;
import dev.containertui.view.Tone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/** The commands about the session: what is in it, how it is shown, how it ends. */
final class SessionCommands {
  private static final Duration DOCUMENTATION_LIMIT = Duration.ofSeconds(20);
  private static final int HISTORY_LINES = 40;
  private static final int MOST_RUNS = 10_000;

  private final Desk desk;
  private final Evaluation evaluation;

  SessionCommands(Desk desk, Evaluation evaluation) {
    this.desk = desk;
    this.evaluation = evaluation;
  }

  private void say(String text) {
    desk.output().println(text);
  }

  OptionalInt exit(String code) {
    return OptionalInt.of(code.isEmpty() ? 0 : number(code) & 0xff);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException(Kind.INVALID, "not a number: " + text);
    }
  }

  OptionalInt who(String nothing) {
    Style style = desk.style().get();
    List<List<Cell>> rows = new ArrayList<>();
    for (SnippetRunner.Variable variable : desk.runner().variables()) {
      if (variable.name().equals("_error") && variable.value() == null) {
        continue;
      }
      rows.add(
          List.of(
              new Cell(variable.name(), Tone.NAME),
              Cell.dim(variable.type()),
              Cell.of(desk.inLine().apply(variable.value()))));
    }
    for (SnippetRunner.Declaration declaration : desk.runner().declarations()) {
      rows.add(
          List.of(
              new Cell(declaration.name(), Tone.NAME),
              Cell.dim(declaration.signature()),
              Cell.of("")));
    }
    say(
        rows.isEmpty()
            ? "nothing has been declared yet"
            : new Table(
                    List.of(Column.left("NAME"), Column.left("TYPE"), Column.left("VALUE")), rows)
                .render(style));
    return OptionalInt.empty();
  }

  OptionalInt history(String pattern) {
    List<String> lines = desk.lines().get();
    String wanted = pattern.toLowerCase(Locale.ROOT);
    int first = pattern.isEmpty() ? Math.max(0, lines.size() - HISTORY_LINES) : 0;
    int shown = 0;
    for (int i = first; i < lines.size(); i++) {
      if (lines.get(i).toLowerCase(Locale.ROOT).contains(wanted)) {
        String number = "%5d  ".formatted(i + 1);
        say(
            desk.style().get().paint(Tone.DIM, number)
                + SafeText.block(lines.get(i)).replace("\n", "\n       "));
        shown++;
      }
    }
    if (shown == 0) {
      say("no line has " + SafeText.line(pattern) + " in it");
    }
    return OptionalInt.empty();
  }

  OptionalInt document(String name) {
    if (name.isEmpty()) {
      throw new EngineException(
          Kind.INVALID, "/doc needs a name", "as in /doc c.exec or /doc List.of");
    }
    List<Documentation.Entry> entries =
        desk.documentation().entries(desk.lastValue().resolve(name), DOCUMENTATION_LIMIT, true);
    if (entries.isEmpty()) {
      throw new EngineException(
          Kind.NOT_FOUND,
          "nothing is known of " + SafeText.line(name),
          "it may need an import, or a variable before its dot");
    }
    Documentation.lines(entries, desk.style().get(), true).forEach(this::say);
    return OptionalInt.empty();
  }

  OptionalInt time(String argument) {
    String[] words = argument.split("\\s+", 2);
    boolean counted = words.length == 2 && words[0].matches("\\d{1,6}");
    int runs = counted ? 1 + Math.clamp(number(words[0]), 1, MOST_RUNS) : 1;
    String source = counted ? words[1] : argument;
    if (source.isBlank()) {
      throw new EngineException(Kind.INVALID, "/time needs an expression", "/time images()");
    }
    OptionalInt exit = evaluation.measured(source, runs);
    evaluation.took().ifPresent(took -> say(times(took)));
    return exit;
  }

  /** The first run loads classes and meets cold caches: it is told apart from the others. */
  private static String times(Evaluation.Took took) {
    String compiling = Humanize.duration(took.compilation());
    String first = Humanize.duration(took.runs().getFirst());
    List<Duration> others = took.runs().subList(1, took.runs().size()).stream().sorted().toList();
    if (others.isEmpty()) {
      return first + ", after " + compiling + " of compilation";
    }
    Duration median =
        others.get((others.size() - 1) / 2).plus(others.get(others.size() / 2)).dividedBy(2);
    return "%d runs: median %s, %s to %s; first %s; compiling %s"
        .formatted(
            others.size(),
            Humanize.duration(median),
            Humanize.duration(others.getFirst()),
            Humanize.duration(others.getLast()),
            first,
            compiling);
  }

  OptionalInt error(String nothing) {
    Optional<Throwable> failure = evaluation.lastFailure();
    if (failure.isEmpty()) {
      say("nothing has failed yet");
      return OptionalInt.empty();
    }
    StringWriter trace = new StringWriter();
    failure.get().printStackTrace(new PrintWriter(trace));
    say(SafeText.block(trace.toString().stripTrailing()).replace("\t", "    "));
    return OptionalInt.empty();
  }

  OptionalInt more(String nothing) {
    String text = evaluation.cutShort().orElse("");
    if (text.isEmpty()) {
      say("no value was too long to be shown");
      return OptionalInt.empty();
    }
    if (desk.terminal().getType().startsWith(Terminal.TYPE_DUMB)) {
      say(text);
      return OptionalInt.empty();
    }
    try {
      var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      new Less(desk.terminal(), Path.of(""))
          .run(new Source.InputStreamSource(in, true, "the whole value"));
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "the pager failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    }
    return OptionalInt.empty();
  }

  OptionalInt set(String argument) {
    String[] words = argument.split("\\s+", 2);
    if (argument.isEmpty()) {
      Definitions definitions = new Definitions();
      for (Setting setting : Setting.values()) {
        definitions.add(setting.key() + " " + desk.settings().get(setting), setting.meaning());
      }
      say(definitions.render(desk.style().get()));
      return OptionalInt.empty();
    }
    Setting setting = Settings.named(words[0]);
    if (words.length == 1) {
      say(setting.key() + " " + desk.settings().get(setting));
    } else {
      desk.settings().set(setting, words[1].strip());
    }
    return OptionalInt.empty();
  }

  OptionalInt environment(String nothing) {
    Terminal terminal = desk.terminal();
    List<List<Cell>> rows =
        List.of(
            fact("Java", Runtime.version() + ", " + System.getProperty("java.home")),
            fact("process", Long.toString(ProcessHandle.current().pid())),
            fact("directory", System.getProperty("user.dir")),
            fact(
                "terminal",
                terminal.getType() + ", " + terminal.getWidth() + "x" + terminal.getHeight()),
            fact("startup file", desk.startup().map(Path::toString).orElse("none")),
            fact("history", desk.historyFile().map(Path::toString).orElse("not kept")),
            fact("NO_COLOR", desk.environment().getOrDefault("NO_COLOR", "not set")),
            fact("editor", FileCommands.editor(desk)),
            fact("engine", engine()));
    say(new Table(List.of(Column.left(""), Column.left("")), rows).render(desk.style().get()));
    return OptionalInt.empty();
  }

  private String engine() {
    try {
      var info = desk.engine().info();
      return "process " + info.pid() + (desk.engine().endsWithCaller() ? ", this one" : "");
    } catch (EngineException e) {
      return e.getMessage();
    }
  }

  private static List<Cell> fact(String name, String value) {
    return List.of(new Cell(name, Tone.TITLE), Cell.of(value));
  }
}
