package dev.containertui.cli.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into text and actions, and an action into tokens. */
final class Lexer {
  private Lexer() {}

  /** Text between actions, or the inside of an action. */
  record Segment(boolean action, String text) {}

  /** What a token is. */
  enum Kind {
    WORD,
    FIELD,
    VARIABLE,
    LITERAL,
    DOT,
    PIPE,
    OPEN,
    CLOSE,
    COMMA,
    DECLARE,
    ASSIGN
  }

  /**
   * A token.
   *
   * @param spaceBefore whether it stands apart from the one before: {@code .a .b} are two fields,
   *     {@code .a.b} is one
   */
  record Token(Kind kind, String text, Object value, boolean spaceBefore) {}

  /** Actions do not nest; {@code {{-} and {@code -}}} take the white space beside them away. */
  static List<Segment> segments(String template) {
    List<Segment> segments = new ArrayList<>();
    int at = 0;
    boolean trimNext = false;
    while (at <= template.length()) {
      int open = template.indexOf("{{", at);
      String text = template.substring(at, open < 0 ? template.length() : open);
      text = trimNext ? text.stripLeading() : text;
      boolean trimBefore = open >= 0 && template.startsWith("{{- ", open);
      text = trimBefore ? text.stripTrailing() : text;
      if (!text.isEmpty()) {
        segments.add(new Segment(false, text));
      }
      if (open < 0) {
        return segments;
      }
      int from = open + (trimBefore ? 3 : 2);
      int close = endOfAction(template, from);
      trimNext = template.startsWith(" -", close - 2) && close - 2 >= from;
      String action = template.substring(from, trimNext ? close - 2 : close).strip();
      if (!(action.startsWith("/*") && action.endsWith("*/"))) {
        segments.add(new Segment(true, action));
      }
      at = close + 2;
    }
    return segments;
  }

  private static int endOfAction(String template, int from) {
    char quote = 0;
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`') {
        quote = c;
      } else if (template.startsWith("}}", i)) {
        return i;
      }
    }
    throw TemplateErrors.syntax(quote == 0 ? "unclosed action" : "unterminated quoted string");
  }

  static List<Token> tokens(String action) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    boolean space = true;
    while (i < action.length()) {
      char c = action.charAt(i);
      if (Character.isWhitespace(c)) {
        space = true;
        i++;
        continue;
      }
      int start = i;
      Token token =
          switch (c) {
            case '|' -> new Token(Kind.PIPE, "|", null, space);
            case '(' -> new Token(Kind.OPEN, "(", null, space);
            case ')' -> new Token(Kind.CLOSE, ")", null, space);
            case ',' -> new Token(Kind.COMMA, ",", null, space);
            case '=' -> new Token(Kind.ASSIGN, "=", null, space);
            case '"' -> string(action, i, space);
            case '`' -> rawString(action, i, space);
            case '.' -> field(action, i, space);
            default -> wordOrNumber(action, i, space);
          };
      tokens.add(token);
      i = start + Math.max(1, token.text().length());
      space = false;
    }
    return tokens;
  }

  private static Token field(String action, int start, boolean space) {
    int end = endOfName(action, start + 1);
    return end == start + 1
        ? new Token(Kind.DOT, ".", null, space)
        : new Token(Kind.FIELD, action.substring(start, end), null, space);
  }

  private static Token wordOrNumber(String action, int start, boolean space) {
    if (action.startsWith(":=", start)) {
      return new Token(Kind.DECLARE, ":=", null, space);
    }
    char c = action.charAt(start);
    if (c == '$') {
      int end = endOfName(action, start + 1);
      return new Token(Kind.VARIABLE, action.substring(start, end), null, space);
    }
    if (Character.isDigit(c) || (c == '-' || c == '+') && start + 1 < action.length()) {
      int end = start + 1;
      while (end < action.length()
          && (Character.isDigit(action.charAt(end)) || action.charAt(end) == '.')) {
        end++;
      }
      String text = action.substring(start, end);
      return new Token(Kind.LITERAL, text, number(text), space);
    }
    int end = endOfName(action, start);
    if (end == start) {
      throw TemplateErrors.syntax("unexpected '" + c + "'");
    }
    String word = action.substring(start, end);
    return switch (word) {
      case "true" -> new Token(Kind.LITERAL, word, true, space);
      case "false" -> new Token(Kind.LITERAL, word, false, space);
      case "nil" -> new Token(Kind.LITERAL, word, null, space);
      default -> new Token(Kind.WORD, word, null, space);
    };
  }

  private static Object number(String text) {
    try {
      return text.contains(".")
          ? (Object) new BigDecimal(text).doubleValue()
          : (Object) Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw TemplateErrors.syntax("bad number: " + text);
    }
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static Token rawString(String action, int start, boolean space) {
    int end = action.indexOf('`', start + 1);
    return new Token(
        Kind.LITERAL, action.substring(start, end + 1), action.substring(start + 1, end), space);
  }

  private static Token string(String action, int start, boolean space) {
    StringBuilder value = new StringBuilder();
    int i = start + 1;
    while (action.charAt(i) != '"') {
      char c = action.charAt(i++);
      if (c == '\\') {
        c = escaped(action.charAt(i++));
      }
      value.append(c);
    }
    return new Token(Kind.LITERAL, action.substring(start, i + 1), value.toString(), space);
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\', '\'' -> c;
      default -> throw TemplateErrors.syntax("unknown escape: \\" + c);
    };
  }
}
