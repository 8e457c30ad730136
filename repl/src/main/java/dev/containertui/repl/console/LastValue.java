package dev.containertui.repl.console;

import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.JavaText.Kind;
import dev.containertui.repl.jshell.JavaText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets {@code _} stand for the last value: it is replaced by the name of the variable that holds
 * it, so that it has that variable's type.
 *
 * <p>Java uses {@code _} too, but only where something is declared: {@code var _ = …}, {@code (_,
 * x) ->}, {@code case Box(_)}. Those stay as they are.
 */
public final class LastValue {
  private volatile Optional<String> variable = Optional.empty();

  /** Remembers which variable holds the last value. */
  public void isIn(String name) {
    variable = Optional.of(name);
  }

  /**
   * A source in which {@code _} has been replaced.
   *
   * @param text what is to be evaluated
   * @param places offsets in {@code text} of the replacements, ascending
   * @param growth by how many characters each of them is longer than {@code _}
   */
  public record Resolved(String text, List<Integer> places, int growth) {
    /** The offset in what was typed that stands behind an offset in the text. */
    public int typed(int offset) {
      int typed = offset;
      for (int place : places) {
        if (offset > place) {
          typed -= Math.min(growth, offset - place);
        }
      }
      return typed;
    }
  }

  /** The source with the variable's name for every {@code _} that asks for the last value. */
  public String resolve(String source) {
    return resolved(source).text();
  }

  /** The same, with the way back. */
  public Resolved resolved(String source) {
    if (variable.isEmpty() || source.indexOf('_') < 0) {
      return new Resolved(source, List.of(), 0);
    }
    List<Token> tokens =
        JavaText.tokens(source).stream()
            .filter(t -> t.kind() != Kind.SPACE && t.kind() != Kind.COMMENT)
            .toList();
    boolean patterns =
        tokens.stream()
            .map(t -> t.text(source))
            .anyMatch(t -> t.equals("case") || t.equals("instanceof"));
    String name = variable.get();
    StringBuilder resolved = new StringBuilder(source);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.text(source).equals("_") && asksForValue(source, tokens, i, patterns)) {
        int place = token.start() + places.size() * (name.length() - 1);
        resolved.replace(place, place + 1, name);
        places.add(place);
      }
    }
    return new Resolved(resolved.toString(), places, name.length() - 1);
  }

  private static boolean asksForValue(String source, List<Token> tokens, int at, boolean patterns) {
    String before = at == 0 ? "" : tokens.get(at - 1).text(source);
    String after = at + 1 == tokens.size() ? "" : tokens.get(at + 1).text(source);
    String afterThat = at + 2 >= tokens.size() ? "" : tokens.get(at + 2).text(source);
    boolean declared =
        !before.isEmpty()
            && (Character.isJavaIdentifierPart(before.charAt(before.length() - 1))
                || before.equals("]")
                || before.equals(">"))
            && !before.equals("return");
    boolean assigned = after.equals("=") && !afterThat.equals("=");
    boolean lambda = after.equals("-") && afterThat.equals(">");
    boolean inList = after.equals(")") || after.equals(",");
    return !(declared || assigned || lambda || after.equals(":"))
        && !(inList && (patterns || closesLambdaParameters(source, tokens, at)));
  }

  private static boolean closesLambdaParameters(String source, List<Token> tokens, int at) {
    for (int i = at; i + 2 < tokens.size(); i++) {
      String text = tokens.get(i).text(source);
      if (text.equals(")")) {
        return tokens.get(i + 1).text(source).equals("-")
            && tokens.get(i + 2).text(source).equals(">");
      }
      if (text.equals("(")) {
        return false;
      }
    }
    return false;
  }
}
