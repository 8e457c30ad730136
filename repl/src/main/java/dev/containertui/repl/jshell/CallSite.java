package dev.containertui.repl.jshell;

import dev.containertui.repl.jshell.JavaText.Kind;
import dev.containertui.repl.jshell.JavaText.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The method call whose arguments are being typed at the end of a source.
 *
 * @param method its name
 * @param open offset behind its bracket
 * @param argument which one is being typed, from 0
 * @param blank whether nothing of that argument has been typed
 * @param receiver the calls and names before the method, outermost first: of {@code
 *     container("web").files().read(} they are {@code container} and {@code files}
 * @param strings the arguments so far that are plain strings, without their quotes, among them
 *     those of the first of the receivers
 */
public record CallSite(
    String method,
    int open,
    int argument,
    boolean blank,
    List<String> receiver,
    List<String> strings) {

  /** The innermost call that is open at the end; empty if there is none. */
  public static Optional<CallSite> atEndOf(String source) {
    List<Token> tokens = code(source);
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() != Kind.SYMBOL) {
        continue;
      }
      switch (token.text(source)) {
        case "(", "[", "{" -> open.push(i);
        case ")", "]", "}" -> open.poll();
        default -> {}
      }
    }
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int bracket = open.peek();
    boolean call =
        tokens.get(bracket).text(source).equals("(")
            && bracket > 0
            && tokens.get(bracket - 1).kind() == Kind.WORD;
    return call ? Optional.of(at(source, tokens, bracket)) : Optional.empty();
  }

  private static CallSite at(String source, List<Token> tokens, int bracket) {
    int argument = 0;
    int depth = 0;
    List<String> strings = new ArrayList<>();
    for (Token token : tokens.subList(bracket + 1, tokens.size())) {
      String text = token.text(source);
      switch (text) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        case "," -> argument += depth == 0 ? 1 : 0;
        default -> {
          if (depth == 0 && isString(token, text)) {
            strings.add(text.substring(1, text.length() - 1));
          }
        }
      }
    }
    List<String> receiver = new ArrayList<>();
    int at = bracket - 1;
    while (at >= 2 && tokens.get(at - 1).text(source).equals(".")) {
      at -= 2;
      if (tokens.get(at).text(source).equals(")")) {
        int from = opening(source, tokens, at);
        if (from < 1 || tokens.get(from - 1).kind() != Kind.WORD) {
          break;
        }
        if (from + 1 < at && isString(tokens.get(from + 1), tokens.get(from + 1).text(source))) {
          String text = tokens.get(from + 1).text(source);
          strings.addFirst(text.substring(1, text.length() - 1));
        }
        at = from - 1;
      }
      if (tokens.get(at).kind() != Kind.WORD) {
        break;
      }
      receiver.addFirst(tokens.get(at).text(source));
    }
    Token last = tokens.getLast();
    boolean blank = last == tokens.get(bracket) || last.text(source).equals(",");
    return new CallSite(
        tokens.get(bracket - 1).text(source),
        tokens.get(bracket).end(),
        argument,
        blank,
        receiver,
        strings);
  }

  private static int opening(String source, List<Token> tokens, int closing) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      String text = tokens.get(i).text(source);
      depth += text.equals(")") ? 1 : text.equals("(") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isString(Token token, String text) {
    return token.kind() == Kind.STRING
        && token.closed()
        && text.length() >= 2
        && text.charAt(0) == '"';
  }

  private static List<Token> code(String source) {
    return JavaText.tokens(source).stream()
        .filter(t -> t.kind() != Kind.SPACE && t.kind() != Kind.COMMENT)
        .toList();
  }
}
