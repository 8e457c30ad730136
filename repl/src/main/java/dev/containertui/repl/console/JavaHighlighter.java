package dev.containertui.repl.console;

import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.JavaText.Kind;
import dev.containertui.repl.jshell.JavaText.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Colours what is typed by its look alone, so that no key waits for a compiler: keywords, types,
 * methods, strings, numbers, comments, and the bracket that belongs to the one at the cursor.
 */
public final class JavaHighlighter implements Highlighter {
  private static final int LONGEST = 20_000;

  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "try",
          "void",
          "volatile",
          "while",
          "true",
          "false",
          "null",
          "var",
          "record",
          "sealed",
          "permits",
          "yield",
          "when");

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle BRACKET = PLAIN.bold().foreground(AttributedStyle.YELLOW);

  private final BooleanSupplier colour;
  private final Predicate<String> isCommand;
  private final Predicate<String> isKnownCommand;

  /**
   * @param colour whether there are colours at the moment
   * @param isCommand whether a line is none of Java
   * @param isKnownCommand whether there is a command of that name
   */
  public JavaHighlighter(
      BooleanSupplier colour, Predicate<String> isCommand, Predicate<String> isKnownCommand) {
    this.colour = colour;
    this.isCommand = isCommand;
    this.isKnownCommand = isKnownCommand;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (!colour.getAsBoolean() || buffer.isEmpty() || buffer.length() > LONGEST) {
      return new AttributedString(buffer);
    }
    if (isCommand.test(buffer)) {
      return command(buffer);
    }
    AttributedStyle[] styles = new AttributedStyle[buffer.length()];
    Arrays.fill(styles, PLAIN);
    List<Token> tokens = JavaText.tokens(buffer);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).text(buffer).equals("(");
      boolean member = i > 0 && tokens.get(i - 1).text(buffer).equals(".");
      Arrays.fill(styles, token.start(), token.end(), look(token, buffer, called, member));
    }
    if (reader.isReading()) { // not in what stays behind of a line
      markPair(buffer, tokens, reader.getBuffer().cursor(), styles);
    }
    AttributedStringBuilder coloured = new AttributedStringBuilder(buffer.length());
    for (int i = 0; i < buffer.length(); i++) {
      coloured.style(styles[i]).append(buffer.charAt(i));
    }
    return coloured.toAttributedString();
  }

  private AttributedString command(String buffer) {
    String name = buffer.strip().split("\\s", 2)[0];
    AttributedStyle style =
        isKnownCommand.test(name)
            ? PLAIN.bold().foreground(AttributedStyle.CYAN)
            : PLAIN.foreground(AttributedStyle.RED);
    int end = buffer.indexOf(name) + name.length();
    return new AttributedStringBuilder()
        .styled(style, buffer.substring(0, end))
        .append(buffer.substring(end))
        .toAttributedString();
  }

  private static AttributedStyle look(Token token, String buffer, boolean called, boolean member) {
    return switch (token.kind()) {
      case STRING -> PLAIN.foreground(AttributedStyle.GREEN);
      case NUMBER -> PLAIN.foreground(AttributedStyle.CYAN);
      case COMMENT -> PLAIN.faint();
      case WORD -> word(token.text(buffer), called, member);
      case SPACE, SYMBOL -> PLAIN;
    };
  }

  private static AttributedStyle word(String word, boolean called, boolean member) {
    if (!member && KEYWORDS.contains(word)) {
      return PLAIN.foreground(AttributedStyle.MAGENTA);
    }
    if (Character.isUpperCase(word.charAt(0)) && !called) {
      return PLAIN.foreground(AttributedStyle.YELLOW);
    }
    return called ? PLAIN.foreground(AttributedStyle.BLUE) : PLAIN;
  }

  /** The bracket before the cursor and its other half. */
  private static void markPair(
      String buffer, List<Token> tokens, int cursor, AttributedStyle[] styles) {
    int at = -1;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Kind.SYMBOL && tokens.get(i).end() == cursor) {
        at = i;
      }
    }
    if (at < 0) {
      return;
    }
    String bracket = tokens.get(at).text(buffer);
    int kind = "([{)]}".indexOf(bracket);
    if (kind < 0) {
      return;
    }
    String other = ")]}([{".substring(kind, kind + 1);
    int step = kind < 3 ? 1 : -1;
    int depth = 0;
    for (int i = at; i >= 0 && i < tokens.size(); i += step) {
      if (tokens.get(i).kind() != Kind.SYMBOL) {
        continue;
      }
      String text = tokens.get(i).text(buffer);
      depth += text.equals(bracket) ? 1 : text.equals(other) ? -1 : 0;
      if (depth == 0) {
        styles[tokens.get(i).start()] = BRACKET;
        styles[tokens.get(at).start()] = BRACKET;
        return;
      }
    }
  }
}
