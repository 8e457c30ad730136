package dev.containertui.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.view.Table.Column;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shows any live value to a person: what knows how it looks as it says, records as columns, the
 * rest as its own text. The answer is safe to print on a terminal, whatever the value says of
 * itself.
 */
public final class ValueRenderer {
  /** Longer collections are cut here, with a word about the rest. */
  private static final int MOST_ROWS = 200;

  /** Longer texts are cut here, characters. */
  private static final int MOST_TEXT = 64 * 1024;

  private final Style style;

  public ValueRenderer(Style style) {
    this.style = style;
  }

  /** The value as one or more lines, without a line end behind the last. */
  public String render(Object value) {
    return switch (value) {
      case null -> "null";
      case Viewable viewable -> cut(viewable.view().render(style));
      case View view -> cut(view.render(style));
      case JsonNode json -> cut(SafeText.block(json.toPrettyString()));
      case Collection<?> collection -> collection(collection);
      case Map<?, ?> map -> map(map);
      case Optional<?> optional -> optional.isEmpty() ? "empty" : render(optional.get());
      case String text -> text(text);
      case Character c -> "'" + SafeText.line(c.toString()) + "'";
      case Duration duration -> Humanize.duration(duration);
      case Record record -> record(record);
      case Object array when array.getClass().isArray() ->
          collection(
              IntStream.range(0, Math.min(Array.getLength(array), MOST_ROWS + 1))
                  .mapToObj(i -> Array.get(array, i))
                  .toList());
      default -> cut(SafeText.block(String.valueOf(value)));
    };
  }

  private String collection(Collection<?> collection) {
    if (collection.isEmpty()) {
      return "none";
    }
    List<Object> shown = new ArrayList<>();
    for (Object element : collection) {
      if (shown.size() == MOST_ROWS) {
        break;
      }
      shown.add(element);
    }
    int more = collection.size() - shown.size();
    String rest = more <= 0 ? "" : "\n" + style.paint(Tone.DIM, "and " + more + " more");
    return rows(shown) + rest;
  }

  private String rows(List<Object> elements) {
    if (elements.getFirst() instanceof Listed first && all(elements, first.rowView().type())) {
      return first.rowView().table(elements).render(style);
    }
    if (all(elements, String.class)) {
      return String.join("\n", elements.stream().map(e -> SafeText.line((String) e)).toList());
    }
    Class<?> type = elements.getFirst() == null ? null : elements.getFirst().getClass();
    if (type != null && type.isRecord() && all(elements, type)) {
      return records(elements, type);
    }
    String line = "[" + String.join(", ", elements.stream().map(this::inline).toList()) + "]";
    if (SafeText.width(line) <= Math.min(style.width(), 100)) {
      return line;
    }
    return String.join("\n", elements.stream().map(this::inline).toList());
  }

  private static boolean all(List<?> elements, Class<?> type) {
    return elements.stream().allMatch(type::isInstance);
  }

  private String records(List<Object> elements, Class<?> type) {
    List<Column> columns = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String title = Humanize.words(component.getName()).toUpperCase(java.util.Locale.ROOT);
      columns.add(new Column(title, isNumber(component.getType())));
    }
    if (columns.isEmpty()) {
      return elements.size() + " × " + type.getSimpleName();
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Object element : elements) {
      List<Cell> row = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        row.add(Cell.of(component(element, component)));
      }
      rows.add(row);
    }
    return new Table(columns, rows).render(style);
  }

  private static boolean isNumber(Class<?> type) {
    return type == Duration.class
        || Number.class.isAssignableFrom(type)
        || (type.isPrimitive() && type != boolean.class && type != char.class);
  }

  private String record(Record record) {
    List<List<Cell>> rows = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      rows.add(
          List.of(
              new Cell(Humanize.words(component.getName()), Tone.TITLE),
              Cell.of(component(record, component))));
    }
    return rows.isEmpty() ? record.getClass().getSimpleName() : twoColumns(rows);
  }

  private String component(Object record, RecordComponent component) {
    Object value;
    try {
      component.getAccessor().setAccessible(true);
      value = component.getAccessor().invoke(record);
    } catch (InvocationTargetException e) {
      return e.getCause().toString();
    } catch (IllegalAccessException | RuntimeException e) {
      return "?";
    }
    return component.getName().toLowerCase(java.util.Locale.ROOT).endsWith("bytes")
            && value instanceof Long bytes
        ? Humanize.bytes(bytes)
        : inline(value);
  }

  private String map(Map<?, ?> map) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (rows.size() == MOST_ROWS) {
        rows.add(List.of(Cell.dim("and " + (map.size() - MOST_ROWS) + " more"), Cell.of("")));
        break;
      }
      rows.add(
          List.of(new Cell(inline(entry.getKey()), Tone.TITLE), Cell.of(inline(entry.getValue()))));
    }
    return rows.isEmpty() ? "none" : twoColumns(rows);
  }

  private String twoColumns(List<List<Cell>> rows) {
    return new Table(List.of(Column.left(""), Column.left("")), rows).render(style);
  }

  /** The value in one line. */
  public String line(Object value) {
    return value instanceof String text ? "\"" + SafeText.line(text) + "\"" : inline(value);
  }

  private String inline(Object value) {
    return switch (value) {
      case null -> "null";
      case Duration duration -> Humanize.duration(duration);
      case Instant instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString();
      case Optional<?> optional -> optional.isEmpty() ? "-" : inline(optional.get());
      case Collection<?> parts when parts.size() <= MOST_ROWS ->
          parts.isEmpty() ? "-" : String.join(", ", parts.stream().map(this::inline).toList());
      default -> cut(SafeText.line(value.toString()));
    };
  }

  private static String text(String text) {
    if (text.stripTrailing().indexOf('\n') >= 0) {
      return cut(SafeText.block(text.stripTrailing()));
    }
    return cut("\"" + SafeText.line(text.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"");
  }

  private static String cut(String text) {
    return text.length() <= MOST_TEXT
        ? text
        : text.substring(0, MOST_TEXT)
            + "\nand "
            + (text.length() - MOST_TEXT)
            + " more characters";
  }
}
