package dev.containertui.cli;

import dev.containertui.cli.template.GoTemplate;
import dev.containertui.error.EngineException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a list is printed. */
sealed interface RowFormat {
  /** Columns for people. */
  record Columns() implements RowFormat {}

  /** A JSON array. */
  record JsonArray() implements RowFormat {}

  /**
   * A template of docker's users.
   *
   * @param aligned whether its lines, cut at tabs, become a table with a head
   */
  record Template(GoTemplate template, boolean aligned) implements RowFormat {}

  /** Reads {@code table}, {@code json}, {@code TEMPLATE} and {@code table TEMPLATE}. */
  final class Converter implements ITypeConverter<RowFormat> {
    @Override
    public RowFormat convert(String text) {
      String format = text.strip();
      if (format.equals("table") || format.isEmpty()) {
        return new Columns();
      } else if (format.equals("json")) {
        return new JsonArray();
      }
      boolean aligned = format.startsWith("table ") || format.startsWith("table\\t");
      String template = aligned ? format.substring("table".length()).strip() : format;
      if (!template.contains("{{")) {
        throw new TypeConversionException(
            "'" + text + "' is none of table, json and a template such as '{{.ID}}'");
      }
      try {
        return new Template(GoTemplate.parse(template, Json::write), aligned);
      } catch (EngineException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
