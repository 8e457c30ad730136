package dev.containertui.cli;

import dev.containertui.agent.GuestProcess;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "top",
    description = "List the processes of a running container.",
    footer = {
      "",
      "Of ps's options there are -e, -f, aux and -o with pid, ppid, uid, user, stat, time, rss, cmd,",
      "args and comm. Process ids are those inside the container.",
      "",
      "examples:",
      "  container-tui top web",
      "  container-tui top web -o pid,rss,cmd"
    })
final class TopCommand implements Callable<Integer> {
  /** A column: its head, and what it shows. */
  private record Column(String head, Function<GuestProcess, String> value) {}

  private static final Map<String, Column> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("uid", new Column("UID", p -> Integer.toString(p.user())));
    COLUMNS.put("user", new Column("USER", p -> Integer.toString(p.user())));
    COLUMNS.put("pid", new Column("PID", p -> Integer.toString(p.pid())));
    COLUMNS.put("ppid", new Column("PPID", p -> Integer.toString(p.parentPid())));
    COLUMNS.put("stat", new Column("STAT", p -> String.valueOf(p.state())));
    COLUMNS.put("time", new Column("TIME", p -> time(p.cpuMicros())));
    COLUMNS.put("rss", new Column("RSS", p -> Long.toString(p.residentBytes() >> 10)));
    COLUMNS.put("cmd", new Column("CMD", GuestProcess::command));
    COLUMNS.put("args", new Column("COMMAND", GuestProcess::command));
    COLUMNS.put("comm", new Column("COMMAND", p -> p.command().split(" ", 2)[0]));
  }

  private static final List<String> DEFAULT =
      List.of("uid", "pid", "ppid", "stat", "time", "rss", "cmd");

  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PS_OPTION",
      description = "which columns, as ps has them")
  private List<String> options = List.of();

  TopCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Column> columns = columns();
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Table table = new Table(columns.stream().map(Column::head).toList());
      for (GuestProcess process : Lookup.container(engine, name).processes()) {
        table.row(columns.stream().map(column -> column.value().apply(process)).toList());
      }
      table.print(out);
      return ExitCodes.OK;
    }
  }

  private List<Column> columns() {
    List<String> wanted = DEFAULT;
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (option.matches("-?[efaxu]+")) {
        continue; // all processes, in full: there is nothing else here
      }
      if (!option.matches("-?[ef]*o.*")) {
        throw refuse(option);
      }
      String list = option.substring(option.indexOf('o') + 1);
      if (list.isEmpty()) {
        i++;
        list = i < options.size() ? options.get(i) : "";
      }
      wanted = List.of(list.toLowerCase(Locale.ROOT).split(","));
    }
    return wanted.stream().map(TopCommand::column).toList();
  }

  private static Column column(String name) {
    Column column = COLUMNS.get(name);
    if (column == null) {
      throw refuse(name);
    }
    return column;
  }

  private static CommandFailure refuse(String what) {
    return new CommandFailure(
        ExitCodes.FAILURE,
        "'" + what + "' is nothing that top can show",
        "-o takes " + String.join(", ", COLUMNS.keySet()));
  }

  private static String time(long micros) {
    long seconds = micros / 1_000_000;
    return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
