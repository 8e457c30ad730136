package dev.containertui.tui.screen.containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.tui.text.Words;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A line of pretty-printed JSON.
 *
 * @param depth how deep it is indented
 * @param path where it is in the whole: tells it apart from all others
 * @param key with its quotes; empty if it has none
 * @param value the rest of the line: a value, or what opens or closes one
 * @param comma whether another follows
 * @param children of an object or array that it opens; else -1
 * @param last index of the line that closes what it opens; else its own
 */
record JsonRow(
    int depth,
    String path,
    String key,
    String value,
    Shape shape,
    boolean comma,
    int children,
    int last) {
  /** More lines than this are not shown. */
  static final int MAX_ROWS = 50_000;

  private static final int MAX_DEPTH = 100;

  enum Shape {
    OPEN,
    CLOSE,
    TEXT,
    NUMBER,
    WORD
  }

  boolean isFoldable() {
    return children > 0;
  }

  /** The line as it is searched. */
  String text() {
    return key.isEmpty() ? value : key + ": " + value;
  }

  /**
   * The lines of a document.
   *
   * @throws EngineException CORRUPT if it is no JSON
   */
  static List<JsonRow> of(String json) {
    try {
      List<JsonRow> rows = new ArrayList<>();
      add(rows, new ObjectMapper().readTree(json), 0, "", "", false);
      return List.copyOf(rows);
    } catch (JsonProcessingException e) {
      throw new EngineException(
          Kind.CORRUPT, "what the engine tells is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void add(
      List<JsonRow> rows, JsonNode node, int depth, String path, String key, boolean comma) {
    if (rows.size() >= MAX_ROWS) {
      return;
    }
    if (!node.isContainerNode() || node.isEmpty() || depth >= MAX_DEPTH) {
      rows.add(new JsonRow(depth, path, key, node.toString(), shape(node), comma, -1, rows.size()));
      return;
    }
    int start = rows.size();
    String open = node.isObject() ? "{" : "[";
    rows.add(null); // known when its end is
    if (node.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator();
          all.hasNext(); ) {
        Map.Entry<String, JsonNode> one = all.next();
        String name = one.getKey();
        add(rows, one.getValue(), depth + 1, path + "/" + name, Words.java(name), all.hasNext());
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        add(rows, node.get(i), depth + 1, path + "/" + i, "", i + 1 < node.size());
      }
    }
    rows.set(
        start, new JsonRow(depth, path, key, open, Shape.OPEN, false, node.size(), rows.size()));
    rows.add(
        new JsonRow(
            depth,
            path + "/}",
            "",
            node.isObject() ? "}" : "]",
            Shape.CLOSE,
            comma,
            -1,
            rows.size()));
  }

  private static Shape shape(JsonNode node) {
    return node.isTextual() ? Shape.TEXT : node.isNumber() ? Shape.NUMBER : Shape.WORD;
  }
}
