package dev.containertui.tui;

import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Key;
import java.util.ArrayList;
import java.util.List;

/** One line of text being typed, with a history. */
final class LineEditor {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_HISTORY = 200;

  private final StringBuilder text = new StringBuilder();
  private int cursor;
  private final List<String> history = new ArrayList<>();
  private int historyAt;
  private String draft = "";

  String text() {
    return text.toString();
  }

  int cursor() {
    return cursor;
  }

  void set(String value) {
    text.setLength(0);
    text.append(value);
    cursor = text.length();
  }

  /** Starts anew with {@code value}. */
  void open(String value) {
    set(value);
    historyAt = history.size();
    draft = "";
  }

  void remember(String line) {
    if (!line.isBlank() && (history.isEmpty() || !history.getLast().equals(line))) {
      history.add(line);
      if (history.size() > MAX_HISTORY) {
        history.removeFirst();
      }
    }
  }

  /** Edits the line; false if the key is none of an editor's. */
  boolean edit(Key key) {
    switch (key.kind()) {
      case CHARACTER -> {
        if (key.ctrl()) {
          return control(key.codePoint());
        }
        insert(Character.toString(key.codePoint()));
      }
      case PASTE -> insert(key.text().lines().findFirst().orElse(""));
      case BACKSPACE -> {
        int from = before(cursor);
        text.delete(from, cursor);
        cursor = from;
      }
      case DELETE -> text.delete(cursor, after(cursor));
      case LEFT -> cursor = before(cursor);
      case RIGHT -> cursor = after(cursor);
      case HOME -> cursor = 0;
      case END -> cursor = text.length();
      case UP -> recall(-1);
      case DOWN -> recall(1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean control(int c) {
    switch (c) {
      case 'a' -> cursor = 0;
      case 'e' -> cursor = text.length();
      case 'k' -> text.setLength(cursor);
      case 'u' -> {
        text.delete(0, cursor);
        cursor = 0;
      }
      case 'w' -> {
        int from = cursor;
        while (from > 0 && text.charAt(from - 1) == ' ') {
          from--;
        }
        while (from > 0 && text.charAt(from - 1) != ' ') {
          from--;
        }
        text.delete(from, cursor);
        cursor = from;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void insert(String typed) {
    StringBuilder printable = new StringBuilder();
    typed
        .codePoints()
        .filter(c -> !Character.isISOControl(c) && CharWidth.of(c) > 0)
        .forEach(printable::appendCodePoint);
    if (text.length() + printable.length() <= MAX_LENGTH) {
      text.insert(cursor, printable);
      cursor += printable.length();
    }
  }

  private int before(int index) {
    return index == 0 ? 0 : text.offsetByCodePoints(index, -1);
  }

  private int after(int index) {
    return index == text.length() ? index : text.offsetByCodePoints(index, 1);
  }

  private void recall(int step) {
    int next = historyAt + step;
    if (next < 0 || next > history.size()) {
      return;
    }
    if (historyAt == history.size()) {
      draft = text();
    }
    historyAt = next;
    set(next == history.size() ? draft : history.get(next));
  }
}
