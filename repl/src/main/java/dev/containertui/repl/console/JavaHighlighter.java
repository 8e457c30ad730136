package dev.containertui.repl.console;

import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.JavaText;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Attribute;
import jdk.jshell.SourceCodeAnalysis.Highlight;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Colours what is typed: strings, numbers and comments by their look, keywords, declarations and
 * deprecated names as the compiler sees them, if it answers while the finger is still near the key.
 */
public final class JavaHighlighter implements Highlighter {
  private static final Duration LIMIT = Duration.ofMillis(60);
  private static final int LONGEST = 4000;

  private final SnippetRunner runner;
  private final boolean colour;

  public JavaHighlighter(SnippetRunner runner, boolean colour) {
    this.runner = runner;
    this.colour = colour;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (!colour || buffer.isEmpty() || buffer.length() > LONGEST) {
      return new AttributedString(buffer);
    }
    if (SlashCommands.isCommand(buffer)) {
      return new AttributedString(buffer, AttributedStyle.DEFAULT.bold());
    }
    AttributedStyle[] styles = new AttributedStyle[buffer.length()];
    Arrays.fill(styles, AttributedStyle.DEFAULT);
    for (Highlight highlight : compilerView(buffer)) {
      int end = Math.min(highlight.end(), buffer.length());
      for (Attribute attribute : highlight.attributes()) {
        for (int i = Math.max(0, highlight.start()); i < end; i++) {
          styles[i] = with(styles[i], attribute);
        }
      }
    }
    for (JavaText.Token token : JavaText.tokens(buffer)) {
      AttributedStyle style = look(token.kind());
      if (style != null) {
        Arrays.fill(styles, token.start(), token.end(), style);
      }
    }
    AttributedStringBuilder coloured = new AttributedStringBuilder(buffer.length());
    for (int i = 0; i < buffer.length(); i++) {
      coloured.style(styles[i]).append(buffer.charAt(i));
    }
    return coloured.toAttributedString();
  }

  private List<Highlight> compilerView(String buffer) {
    try {
      return runner.analyse(LIMIT, analysis -> analysis.highlights(buffer)).orElse(List.of());
    } catch (EngineException e) {
      return List.of(); // half a statement may be more than the compiler's parser can bear
    }
  }

  private static AttributedStyle with(AttributedStyle style, Attribute attribute) {
    return switch (attribute) {
      case KEYWORD -> style.foreground(AttributedStyle.MAGENTA);
      case DECLARATION -> style.bold();
      case DEPRECATED -> style.crossedOut();
    };
  }

  private static AttributedStyle look(JavaText.Kind kind) {
    return switch (kind) {
      case STRING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case NUMBER -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
      case COMMENT -> AttributedStyle.DEFAULT.faint();
      default -> null;
    };
  }
}
