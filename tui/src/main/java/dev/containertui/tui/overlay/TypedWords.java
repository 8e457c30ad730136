package dev.containertui.tui.overlay;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line that is still being typed into words as a shell does: quotes {@code ' "},
 * backslash; nothing is substituted, and a quote may be open.
 */
final class TypedWords {
  private TypedWords() {}

  /** The words; a quote that is not closed goes to the end. A last, empty one after a space. */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
          word.append(line.charAt(++i));
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        open = true;
      } else if (c == ' ') {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }

  /** The words with the one that the cursor is at as the last, which may be empty. */
  static List<String> forCompletion(String line) {
    List<String> words = new ArrayList<>(split(line));
    if (line.isEmpty() || line.endsWith(" ")) {
      words.add("");
    }
    return words;
  }
}
