package dev.containertui.repl.jshell;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Takes a source apart into snippets, and keeps where in the source each one stood. */
public final class SnippetSplitter {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SnippetRunner runner;
  private final String text;
  private int at;

  public SnippetSplitter(SnippetRunner runner, String text) {
    this.runner = runner;
    this.text = text;
  }

  /**
   * A snippet.
   *
   * @param offset of its first character in the whole source, behind spaces and comments
   * @param source complete, if necessary by a semicolon that was not there
   * @param completeness JShell's opinion
   */
  public record Piece(int offset, String source, Completeness completeness) {}

  /** The next snippet, or a command line that begins with a slash; empty at the end. */
  public Optional<Piece> next() {
    int offset = JavaText.skipBlank(text, at);
    if (offset == text.length()) {
      at = offset;
      return Optional.empty();
    }
    if (text.charAt(offset) == '/') {
      int end = text.indexOf('\n', offset);
      at = end < 0 ? text.length() : end;
      String line = text.substring(offset, at).strip();
      return Optional.of(new Piece(offset, line, Completeness.COMPLETE));
    }
    return Optional.of(accumulate(offset));
  }

  /** Adds line after line until they make a snippet, as a person would type them. */
  private Piece accumulate(int offset) {
    int end = lineEnd(offset);
    while (true) {
      String part = text.substring(offset, end);
      CompletionInfo info =
          runner
              .analyse(LIMIT, analysis -> analysis.analyzeCompletion(part))
              .orElseThrow(SnippetSplitter::noAnswer);
      boolean more =
          switch (info.completeness()) {
            case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> true;
            case COMPLETE_WITH_SEMI -> continuesExpression(end);
            case COMPLETE ->
                info.remaining().isBlank()
                    && (continuesStatement(offset, end)
                        || isOpenExpression(part) && continuesExpression(end));
            case EMPTY, UNKNOWN -> false;
          };
      if (more && end < text.length()) {
        end = lineEnd(end + 1);
        continue;
      }
      boolean rest = info.completeness() == Completeness.COMPLETE && !info.remaining().isEmpty();
      at = rest ? end - info.remaining().length() : end;
      String source = info.source() == null ? part : info.source();
      return new Piece(offset, source, info.completeness());
    }
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Whether the next line goes on with a call chain or an operator. */
  private boolean continuesExpression(int end) {
    int next = JavaText.skipBlank(text, end);
    return next < text.length()
        && ".?:+-*%&|=<>)".indexOf(text.charAt(next)) >= 0
        && !text.startsWith("++", next)
        && !text.startsWith("--", next);
  }

  /**
   * Whether nothing ends it, so that it could go on: JShell takes an expression without a
   * semicolon.
   */
  private static boolean isOpenExpression(String part) {
    return JavaText.tokens(part).reversed().stream()
        .filter(t -> t.kind() != JavaText.Kind.SPACE && t.kind() != JavaText.Kind.COMMENT)
        .findFirst()
        .filter(t -> !t.text(part).equals(";") && !t.text(part).equals("}"))
        .isPresent();
  }

  /** Whether the next line is a further branch of the statement. */
  private boolean continuesStatement(int offset, int end) {
    int next = JavaText.skipBlank(text, end);
    String follows = word(next);
    return switch (word(offset)) {
      case "if" -> follows.equals("else");
      case "try" -> follows.equals("catch") || follows.equals("finally");
      default -> false;
    };
  }

  private String word(int from) {
    int end = from;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return text.substring(from, end);
  }

  private static EngineException noAnswer() {
    return Thread.currentThread().isInterrupted()
        ? new EngineException(Kind.CANCELLED, "cancelled")
        : new EngineException(
            Kind.TIMEOUT, "the Java evaluator gave no answer within " + LIMIT.toSeconds() + " s");
  }
}
