package dev.containertui.repl.jshell;

import java.util.ArrayList;
import java.util.List;

/**
 * Java source as a run of coarse tokens: enough to skip comments, to colour, to see whether a place
 * lies in a string. Never fails; what is unfinished reaches to the end.
 */
public final class JavaText {
  /** What a token is. */
  public enum Kind {
    SPACE,
    COMMENT,
    STRING,
    NUMBER,
    WORD,
    SYMBOL
  }

  /**
   * A piece of the source.
   *
   * @param start offset of the first character
   * @param end offset after the last
   * @param closed false for a string or comment that lacks its end
   */
  public record Token(Kind kind, int start, int end, boolean closed) {
    public String text(String source) {
      return source.substring(start, end);
    }
  }

  private final String source;
  private int at;

  private JavaText(String source) {
    this.source = source;
  }

  /** All of the source, without gaps. */
  public static List<Token> tokens(String source) {
    JavaText text = new JavaText(source);
    List<Token> tokens = new ArrayList<>();
    while (text.at < source.length()) {
      tokens.add(text.next());
    }
    return tokens;
  }

  /** Offset of the first character at or after {@code from} that is neither space nor comment. */
  public static int skipBlank(String source, int from) {
    JavaText text = new JavaText(source);
    text.at = from;
    while (text.at < source.length()) {
      Token token = text.next();
      if (token.kind() != Kind.SPACE && token.kind() != Kind.COMMENT) {
        return token.start();
      }
    }
    return source.length();
  }

  private Token next() {
    int start = at;
    char c = source.charAt(at);
    if (Character.isWhitespace(c)) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      return new Token(Kind.SPACE, start, at, true);
    }
    if (source.startsWith("//", at)) {
      int end = source.indexOf('\n', at);
      at = end < 0 ? source.length() : end;
      return new Token(Kind.COMMENT, start, at, true);
    }
    if (source.startsWith("/*", at)) {
      return until(Kind.COMMENT, start, start + 2, "*/");
    }
    if (source.startsWith("\"\"\"", at)) {
      return until(Kind.STRING, start, start + 3, "\"\"\"");
    }
    if (c == '"' || c == '\'') {
      return quoted(start, c);
    }
    if (Character.isJavaIdentifierStart(c)) {
      while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
        at++;
      }
      return new Token(Kind.WORD, start, at, true);
    }
    if (Character.isDigit(c)) {
      while (at < source.length()
          && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
        at++;
      }
      return new Token(Kind.NUMBER, start, at, true);
    }
    at++;
    return new Token(Kind.SYMBOL, start, at, true);
  }

  private Token until(Kind kind, int start, int from, String end) {
    at = from;
    while (at < source.length()) {
      if (source.charAt(at) == '\\' && kind == Kind.STRING) {
        at = Math.min(at + 2, source.length());
      } else if (source.startsWith(end, at)) {
        at += end.length();
        return new Token(kind, start, at, true);
      } else {
        at++;
      }
    }
    return new Token(kind, start, at, false);
  }

  private Token quoted(int start, char quote) {
    at = start + 1;
    while (at < source.length() && source.charAt(at) != '\n') {
      char c = source.charAt(at);
      if (c == '\\') {
        at = Math.min(at + 2, source.length());
      } else {
        at++;
        if (c == quote) {
          return new Token(Kind.STRING, start, at, true);
        }
      }
    }
    return new Token(Kind.STRING, start, at, false);
  }
}
