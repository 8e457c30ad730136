package dev.containertui.repl.console;

import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells the line editor whether what was typed is whole, so that Enter either runs it or opens a
 * further line.
 */
public final class JavaParser implements Parser {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SnippetRunner runner;
  private final LastValue lastValue;
  private final Predicate<String> isCommand;

  /**
   * @param isCommand whether a line is none of Java
   */
  public JavaParser(SnippetRunner runner, LastValue lastValue, Predicate<String> isCommand) {
    this.runner = runner;
    this.lastValue = lastValue;
    this.isCommand = isCommand;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isCommand.test(line)) {
      int open = openBrackets(line);
      // What is plainly unfinished needs no compiler, which may still be on its way.
      if (open > 0 || !runner.isReady()) {
        if (open > 0) {
          throw more(open);
        }
      } else {
        demandWhole(lastValue.resolve(line));
      }
    }
    int wordStart = wordStart(line, cursor);
    return new Word(line, cursor, line.substring(wordStart, cursor));
  }

  private void demandWhole(String source) {
    String rest = source;
    while (!rest.isBlank()) {
      String part = rest;
      CompletionInfo info =
          runner.analyse(LIMIT, analysis -> analysis.analyzeCompletion(part)).orElse(null);
      if (info == null) {
        return;
      }
      switch (info.completeness()) {
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> throw more(0);
        case COMPLETE -> rest = info.remaining();
        default -> {
          return;
        }
      }
    }
  }

  private static EOFError more(int open) {
    return new EOFError(-1, -1, "more is to come", null, open, null);
  }

  /** Brackets that are open at the end; an open text block or comment counts as one. */
  static int openBrackets(String source) {
    int open = 0;
    for (JavaText.Token token : JavaText.tokens(source)) {
      String text = token.text(source);
      if (token.kind() == JavaText.Kind.SYMBOL) {
        open += "([{".contains(text) ? 1 : ")]}".contains(text) ? -1 : 0;
      } else if (!token.closed() && (text.startsWith("/*") || text.startsWith("\"\"\""))) {
        return 1;
      }
    }
    return open;
  }

  /** Where the name, or the text in a string, begins that ends at the cursor. */
  static int wordStart(String line, int cursor) {
    String before = line.substring(0, cursor);
    List<JavaText.Token> tokens = JavaText.tokens(before);
    if (tokens.isEmpty()) {
      return cursor;
    }
    JavaText.Token last = tokens.getLast();
    if (last.kind() == JavaText.Kind.STRING && !last.closed()) {
      return last.start() + 1;
    }
    return last.kind() == JavaText.Kind.WORD ? last.start() : cursor;
  }

  /** What the editor wants to know of the cursor's surroundings. */
  private record Word(String line, int cursor, String word) implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    // Words are Java: what completes them goes in as it is.
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
