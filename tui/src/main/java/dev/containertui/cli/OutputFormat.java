package dev.containertui.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --format}: a table for people, or a JSON array for programs. */
final class OutputFormat {
  enum Format {
    table,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "table, or JSON")
  private Format format;

  boolean json() {
    return format == Format.json;
  }

  /** Prints the rows as a JSON array, one row a line, or lets {@code table} print them. */
  <T> void print(
      PrintStream out, List<T> rows, Function<T, Map<String, ?>> asJson, Runnable table) {
    if (json()) {
      String lines =
          rows.stream()
              .map(row -> Json.write(asJson.apply(row)))
              .collect(Collectors.joining(",\n"));
      out.println(rows.isEmpty() ? "[]" : "[\n" + lines + "\n]");
    } else {
      table.run();
    }
  }
}
