package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.agent.GuestProcess;
import dev.containertui.engine.api.http.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code docker top}: processes as {@code ps} lists them. Docker runs the host's ps; here there are
 * the guest's processes, and the columns that can be known of them. Process ids are the
 * container's.
 */
final class TopTable {
  private record Column(String title, Function<GuestProcess, String> value) {}

  private static final Column USER = new Column("USER", p -> Integer.toString(p.user()));
  private static final Column UID = new Column("UID", p -> Integer.toString(p.user()));
  private static final Column PID = new Column("PID", p -> Integer.toString(p.pid()));
  private static final Column PPID = new Column("PPID", p -> Integer.toString(p.parentPid()));
  private static final Column TTY = new Column("TTY", _ -> "?");
  private static final Column TIME = new Column("TIME", TopTable::time);
  private static final Column STATE = new Column("STAT", p -> String.valueOf(p.state()));
  private static final Column RSS = new Column("RSS", p -> Long.toString(p.residentBytes() >> 10));
  private static final Column COMMAND = new Column("COMMAND", GuestProcess::command);
  private static final Column COMM = new Column("COMMAND", TopTable::program);

  private static final Map<String, Column> BY_NAME =
      Map.ofEntries(
          Map.entry("user", USER),
          Map.entry("uid", UID),
          Map.entry("euid", UID),
          Map.entry("pid", PID),
          Map.entry("ppid", PPID),
          Map.entry("tty", TTY),
          Map.entry("time", TIME),
          Map.entry("cputime", TIME),
          Map.entry("stat", STATE),
          Map.entry("state", STATE),
          Map.entry("s", STATE),
          Map.entry("rss", RSS),
          Map.entry("rssize", RSS),
          Map.entry("args", COMMAND),
          Map.entry("cmd", new Column("CMD", GuestProcess::command)),
          Map.entry("command", COMMAND),
          Map.entry("comm", COMM),
          Map.entry("ucmd", COMM));

  /** What {@code ps -ef} prints, as far as it can be known. */
  private static final List<Column> FULL =
      List.of(
          UID,
          PID,
          PPID,
          new Column("C", _ -> "0"),
          new Column("STIME", _ -> "-"),
          TTY,
          TIME,
          new Column("CMD", GuestProcess::command));

  /** What {@code ps aux} prints. */
  private static final List<Column> BSD = List.of(USER, PID, RSS, TTY, STATE, TIME, COMMAND);

  private TopTable() {}

  /**
   * @param psArguments as the client wrote them
   * @throws Failure 400 if they ask for what cannot be known
   */
  static ObjectNode of(List<GuestProcess> processes, String psArguments) {
    List<Column> columns = columns(psArguments.strip());
    ObjectNode json = Json.object();
    json.set("Titles", Json.strings(columns.stream().map(Column::title).toList()));
    ArrayNode rows = json.putArray("Processes");
    for (GuestProcess process : processes) {
      rows.add(Json.strings(columns.stream().map(c -> c.value().apply(process)).toList()));
    }
    return json;
  }

  private static List<Column> columns(String arguments) {
    return switch (arguments) {
      case "", "-ef", "-e -f", "-eaf", "-aef", "ef", "-f" -> FULL;
      case "aux", "-aux", "axu", "ax -u", "u" -> BSD;
      default -> chosen(arguments);
    };
  }

  private static List<Column> chosen(String arguments) {
    List<Column> columns = new ArrayList<>();
    String[] words = arguments.split("\\s+");
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      boolean format = word.matches("-?[eaAx]*o(=?.*)");
      if (format) {
        String names = word.replaceFirst("-?[eaAx]*o=?", "");
        if (names.isEmpty() && i + 1 < words.length) {
          names = words[++i];
        }
        for (String name : names.split(",")) {
          columns.add(column(name.replaceFirst("=.*", "")));
        }
      } else if (!word.matches("-?[eaAx]+")) {
        throw new Failure(400, "this engine does not understand ps's argument " + word);
      }
    }
    return columns.isEmpty() ? List.of(PID, TTY, TIME, COMM) : columns;
  }

  private static Column column(String name) {
    Column column = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (column == null) {
      throw new Failure(400, "this engine does not know of processes: " + name);
    }
    return column;
  }

  private static String time(GuestProcess process) {
    long seconds = process.cpuMicros() / 1_000_000;
    return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String program(GuestProcess process) {
    String path = process.command().split(" ", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
