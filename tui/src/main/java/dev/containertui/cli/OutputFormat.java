package dev.containertui.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --format}: a table for people, a JSON array for programs, or what a template says. */
final class OutputFormat {
  @Option(
      names = "--format",
      paramLabel = "table|json|TEMPLATE",
      defaultValue = "table",
      converter = RowFormat.Converter.class,
      description = "table, json, a Go template ('{{.ID}}'), or 'table TEMPLATE'")
  private RowFormat format;

  boolean json() {
    return format instanceof RowFormat.JsonArray;
  }

  /** Whether the columns are the command's own choice. */
  boolean columns() {
    return format instanceof RowFormat.Columns;
  }

  <T> void print(
      PrintStream out, List<T> rows, Function<T, Map<String, ?>> asJson, Runnable table) {
    print(out, rows, asJson, Map.of(), table);
  }

  /**
   * Prints the rows as they are asked for.
   *
   * @param fields what a row has, for JSON and for templates
   * @param heads of fields whose head is not their name
   * @param table prints them for people
   */
  <T> void print(
      PrintStream out,
      List<T> rows,
      Function<T, Map<String, ?>> fields,
      Map<String, String> heads,
      Runnable table) {
    switch (format) {
      case RowFormat.Columns _ -> table.run();
      case RowFormat.JsonArray _ -> {
        String lines =
            rows.stream()
                .map(row -> Json.write(fields.apply(row)))
                .collect(Collectors.joining(",\n"));
        out.println(rows.isEmpty() ? "[]" : "[\n" + lines + "\n]");
      }
      case RowFormat.Template(var template, boolean aligned) when !aligned ->
          rows.forEach(row -> out.println(TerminalText.of(template.render(fields.apply(row)))));
      case RowFormat.Template(var template, _) -> {
        List<List<String>> cells =
            rows.stream().map(row -> cells(template.render(fields.apply(row)))).toList();
        List<String> head =
            rows.isEmpty()
                ? List.of()
                : cells(template.render(heads(fields.apply(rows.getFirst()), heads)));
        Table.printAligned(out, head, cells);
      }
    }
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }

  /** As docker makes a table's head: the same template over the fields' names. */
  private static Map<String, ?> heads(Map<String, ?> fields, Map<String, String> heads) {
    Map<String, Object> head = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          Function<String, Object> last = key -> key.substring(key.lastIndexOf('.') + 1);
          head.put(
              name, value instanceof Function<?, ?> ? last : heads.getOrDefault(name, words(name)));
        });
    return head;
  }

  /** {@code CreatedAt} becomes {@code CREATED AT}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }
}
