package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The words of a Dockerfile's line (Dockerfile reference: "Environment replacement", "Shell and
 * exec form"): quotes, escapes and variables as in a shell, though with little of what a shell can
 * do.
 */
final class DockerfileText {
  private static final int MAX_EXPANDED_CHARS = 1 << 20;

  private final String text;
  private final UnaryOperator<String> variables;
  private int at;

  /**
   * @param variables the value of a variable; null if it is not set
   */
  private DockerfileText(String text, UnaryOperator<String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /** Words between blanks; quotes are taken away, variables replaced. */
  static List<String> words(String text, UnaryOperator<String> variables) {
    DockerfileText cursor = new DockerfileText(text, variables);
    List<String> words = new ArrayList<>();
    while (cursor.skipBlanks()) {
      words.add(cursor.word());
    }
    return words;
  }

  /** The whole text as one word, inner blanks included. */
  static String oneWord(String text, UnaryOperator<String> variables) {
    DockerfileText cursor = new DockerfileText(text, variables);
    StringBuilder out = new StringBuilder();
    while (cursor.at < text.length()) {
      out.append(cursor.word());
      while (cursor.at < text.length() && isBlank(text.charAt(cursor.at))) {
        out.append(text.charAt(cursor.at++));
      }
    }
    return out.toString().strip();
  }

  /** The words of the exec form, a JSON array of strings; empty if it is not one. */
  static Optional<List<String>> execForm(String text) {
    return text.startsWith("[") ? JsonObject.stringArray(text) : Optional.empty();
  }

  private boolean skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private String word() {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && !isBlank(text.charAt(at))) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> singleQuoted(out);
        case '"' -> doubleQuoted(out);
        case '\\' -> {
          if (at < text.length()) {
            out.append(text.charAt(at++));
          }
        }
        case '$' -> out.append(variable());
        default -> out.append(c);
      }
      if (out.length() > MAX_EXPANDED_CHARS) {
        throw invalid("becomes too long");
      }
    }
    return out.toString();
  }

  private void singleQuoted(StringBuilder out) {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw invalid("has a quote without an end");
    }
    out.append(text, at, end);
    at = end + 1;
  }

  private void doubleQuoted(StringBuilder out) {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '"' -> {
          return;
        }
        case '\\' -> {
          if (at < text.length() && "\"\\$".indexOf(text.charAt(at)) < 0) {
            out.append('\\');
          } else if (at < text.length()) {
            out.append(text.charAt(at++));
          }
        }
        case '$' -> out.append(variable());
        default -> out.append(c);
      }
    }
    throw invalid("has a quote without an end");
  }

  /**
   * After a dollar sign: {@code NAME}, <code>{NAME}</code>, with {@code :-word} or {@code :+word}.
   */
  private String variable() {
    boolean braces = at < text.length() && text.charAt(at) == '{';
    int start = braces ? at + 1 : at;
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end), end == start)) {
      end++;
    }
    String name = text.substring(start, end);
    if (!braces) {
      at = end;
      return name.isEmpty() ? "$" : Optional.ofNullable(variables.apply(name)).orElse("");
    }
    int close = text.indexOf('}', end);
    if (name.isEmpty() || close < 0) {
      throw invalid("has a variable that is not understood");
    }
    String rest = text.substring(end, close);
    at = close + 1;
    Optional<String> value = Optional.ofNullable(variables.apply(name));
    if (rest.isEmpty()) {
      return value.orElse("");
    }
    boolean set = value.filter(v -> !v.isEmpty()).isPresent();
    if (rest.startsWith(":-")) {
      return set ? value.get() : rest.substring(2);
    }
    if (rest.startsWith(":+")) {
      return set ? rest.substring(2) : "";
    }
    throw invalid("has a variable that is not understood");
  }

  private static boolean isNamePart(char c, boolean first) {
    return c == '_'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || !first && c >= '0' && c <= '9';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private EngineException invalid(String how) {
    return new EngineException(
        Kind.INVALID, "\"" + Printable.of(text) + "\" " + how, "see the Dockerfile reference");
  }
}
