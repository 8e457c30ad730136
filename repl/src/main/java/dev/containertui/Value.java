package dev.containertui;

import com.fasterxml.jackson.databind.JsonNode;

/** What the words answer with: shown as tables, trees or charts, and given as JSON to programs. */
public interface Value {
  /**
   * This value as JSON. An object has a field for each component of the record, under the same
   * name; these names stay. Points in time are strings (ISO 8601), durations are numbers in fields
   * that end in {@code Millis}, sizes are numbers of bytes; what is absent is {@code null}.
   *
   * <pre>{@code image("alpine").json().get("sizeBytes").asLong()}</pre>
   */
  default JsonNode json() {
    return Json.of(this);
  }
}
