package dev.containertui.cli.template;

import dev.containertui.cli.template.Lexer.Kind;
import dev.containertui.cli.template.Lexer.Segment;
import dev.containertui.cli.template.Lexer.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads the structure of a template. */
final class Parser {
  private static final int MAX_DEPTH = 100;

  private final List<Segment> segments;
  private int at;
  private int depth;

  private Parser(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * @throws dev.containertui.error.EngineException INVALID
   */
  static List<Node> parse(String template) {
    Parser parser = new Parser(Lexer.segments(template));
    Block block = parser.block();
    if (!block.end.isEmpty()) {
      throw TemplateErrors.syntax("unexpected {{" + block.end + "}}");
    }
    return block.nodes;
  }

  /**
   * Nodes up to the action that ended them.
   *
   * @param end {@code end}, {@code else} or {@code else if …}; empty at the template's end
   */
  private record Block(List<Node> nodes, String end) {}

  private Block block() {
    List<Node> nodes = new ArrayList<>();
    while (at < segments.size()) {
      Segment segment = segments.get(at++);
      if (!segment.action()) {
        nodes.add(new Node.Text(segment.text()));
        continue;
      }
      String word = segment.text().split("[\\s(]", 2)[0];
      if (word.equals("end") || word.equals("else")) {
        return new Block(nodes, segment.text());
      }
      nodes.add(
          switch (word) {
            case "if", "with", "range" ->
                structure(word, segment.text().substring(word.length()).strip());
            case "define", "template", "block", "break", "continue" ->
                throw TemplateErrors.syntax("{{" + word + "}} is not supported");
            default -> simple(new Tokens(Lexer.tokens(segment.text())));
          });
    }
    return new Block(nodes, "");
  }

  private Node structure(String word, String rest) {
    if (++depth > MAX_DEPTH) {
      throw TemplateErrors.syntax("too deeply nested");
    }
    Tokens tokens = new Tokens(Lexer.tokens(rest));
    String key = "";
    String value = "";
    if (word.equals("range") && tokens.startsWith(Kind.VARIABLE, Kind.COMMA)) {
      key = tokens.take().text();
      tokens.take();
      value = tokens.take().text();
      tokens.expect(Kind.DECLARE);
    } else if (word.equals("range") && tokens.startsWith(Kind.VARIABLE, Kind.DECLARE)) {
      value = tokens.take().text();
      tokens.take();
    }
    Expression condition = pipeline(tokens);
    tokens.expectEnd();
    Block then = block();
    List<Node> otherwise = List.of();
    if (then.end.startsWith("else")) {
      otherwise = otherwise(then.end.substring("else".length()).strip());
    } else if (!then.end.equals("end")) {
      throw TemplateErrors.syntax("{{" + word + "}} without {{end}}");
    }
    depth--;
    return switch (word) {
      case "if" -> new Node.If(condition, then.nodes, otherwise);
      case "with" -> new Node.With(condition, then.nodes, otherwise);
      default -> new Node.Range(condition, key, value, then.nodes, otherwise);
    };
  }

  /** An {@code else if} has no {@code end} of its own. */
  private List<Node> otherwise(String rest) {
    if (rest.isEmpty()) {
      Block block = block();
      if (!block.end.equals("end")) {
        throw TemplateErrors.syntax("{{else}} without {{end}}");
      }
      return block.nodes;
    }
    String word = rest.split("\\s", 2)[0];
    if (!word.equals("if") && !word.equals("with")) {
      throw TemplateErrors.syntax("unexpected {{else " + rest + "}}");
    }
    return List.of(structure(word, rest.substring(word.length()).strip()));
  }

  private static Node simple(Tokens tokens) {
    if (tokens.startsWith(Kind.VARIABLE, Kind.DECLARE)
        || tokens.startsWith(Kind.VARIABLE, Kind.ASSIGN)) {
      String name = tokens.take().text();
      boolean isNew = tokens.take().kind() == Kind.DECLARE;
      Expression value = pipeline(tokens);
      tokens.expectEnd();
      return new Node.Assign(name, isNew, value);
    }
    Expression value = pipeline(tokens);
    tokens.expectEnd();
    return new Node.Print(value);
  }

  private static Expression pipeline(Tokens tokens) {
    List<Expression> commands = new ArrayList<>();
    commands.add(command(tokens));
    while (tokens.at(Kind.PIPE)) {
      tokens.take();
      commands.add(command(tokens));
    }
    return commands.size() == 1 ? commands.getFirst() : new Expression.Pipeline(commands);
  }

  private static Expression command(Tokens tokens) {
    Expression first = operand(tokens);
    List<Expression> arguments = new ArrayList<>();
    while (!tokens.atEnd() && !tokens.at(Kind.PIPE) && !tokens.at(Kind.CLOSE)) {
      arguments.add(operand(tokens));
    }
    return arguments.isEmpty() && !(first instanceof Expression.Function)
        ? first
        : new Expression.Call(first, arguments);
  }

  private static Expression operand(Tokens tokens) {
    Token token = tokens.take();
    Expression operand =
        switch (token.kind()) {
          case LITERAL -> new Expression.Literal(token.value());
          case DOT -> new Expression.Dot();
          case FIELD -> new Expression.Field(new Expression.Dot(), token.text().substring(1));
          case VARIABLE -> new Expression.Variable(token.text());
          case WORD -> new Expression.Function(Functions.known(token.text()));
          case OPEN -> {
            Expression inner = tokens.nested(() -> pipeline(tokens));
            tokens.expect(Kind.CLOSE);
            yield inner;
          }
          default -> throw TemplateErrors.syntax("unexpected '" + token.text() + "'");
        };
    while (tokens.at(Kind.FIELD) && !tokens.peek().spaceBefore()) {
      operand = new Expression.Field(operand, tokens.take().text().substring(1));
    }
    return operand;
  }

  /** The tokens of an action, one after the other. */
  private static final class Tokens {
    private final List<Token> tokens;
    private int next;
    private int nesting;

    Tokens(List<Token> tokens) {
      this.tokens = tokens;
    }

    boolean atEnd() {
      return next == tokens.size();
    }

    boolean at(Kind kind) {
      return !atEnd() && peek().kind() == kind;
    }

    boolean startsWith(Kind first, Kind second) {
      return next + 1 < tokens.size()
          && tokens.get(next).kind() == first
          && tokens.get(next + 1).kind() == second;
    }

    Token peek() {
      return tokens.get(next);
    }

    Token take() {
      if (atEnd()) {
        throw TemplateErrors.syntax("missing value for command");
      }
      return tokens.get(next++);
    }

    void expect(Kind kind) {
      if (!at(kind)) {
        throw TemplateErrors.syntax(
            atEnd() ? "unexpected end of action" : "unexpected '" + peek().text() + "'");
      }
      next++;
    }

    void expectEnd() {
      if (!atEnd()) {
        throw TemplateErrors.syntax("unexpected '" + peek().text() + "'");
      }
    }

    Expression nested(java.util.function.Supplier<Expression> inner) {
      if (++nesting > MAX_DEPTH) {
        throw TemplateErrors.syntax("too deeply nested");
      }
      Expression result = inner.get();
      nesting--;
      return result;
    }
  }
}
