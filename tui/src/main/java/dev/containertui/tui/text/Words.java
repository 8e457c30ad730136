package dev.containertui.tui.text;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines as shells write them, and texts as Java does. */
public final class Words {
  private Words() {}

  /**
   * Cuts a line at spaces; single and double quotes and the backslash keep what they enclose
   * together. Nothing else is special.
   *
   * @throws EngineException INVALID if a quote is left open
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word = word == null ? new StringBuilder() : word;
        word.append(line.charAt(++i));
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        word = word == null ? new StringBuilder() : word;
        quote = c;
      } else if (c == ' ') {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
      } else {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new EngineException(Kind.INVALID, "a quote " + quote + " is left open");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  /** A word so that a shell takes it as it is. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  public static String quoted(List<String> words) {
    return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
  }

  /** A text as a literal of Java. */
  public static String java(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        default -> {
          if (Character.isISOControl(c)) {
            literal.append("\\u%04x".formatted((int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  /** Literals of Java, separated by commas. */
  public static String java(List<String> texts) {
    return texts.stream().map(Words::java).collect(Collectors.joining(", "));
  }
}
