package dev.containertui.repl.console;

import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.ArrayList;
import java.util.List;

/** Words and what they mean, in two columns; what does not fit goes on in the next line. */
public final class Definitions {
  private static final int WIDEST_TEXT = 100;

  private static final int MOST_COLUMNS = 110;

  private final List<String[]> entries = new ArrayList<>();

  /** Adds a word with its meaning. */
  public Definitions add(String word, String meaning) {
    entries.add(new String[] {word, meaning});
    return this;
  }

  /** As lines, without a line end behind the last. */
  public String render(Style style) {
    int width = Math.min(style.width() - 1, MOST_COLUMNS);
    int widest =
        entries.stream()
            .mapToInt(entry -> SafeText.width(entry[0]))
            .filter(words -> words <= width / 2)
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    for (String[] entry : entries) {
      String indent = " ".repeat(widest + 4);
      List<String> meaning = new ArrayList<>(JavadocText.wrap(entry[1], indent, width));
      String word = "  " + style.paint(Tone.NAME, entry[0]);
      if (SafeText.width(entry[0]) <= widest) {
        String first = meaning.removeFirst().substring(SafeText.width(entry[0]) + 2);
        lines.add(word + first);
      } else {
        lines.add(word);
      }
      lines.addAll(meaning);
    }
    return String.join("\n", lines);
  }

  /** A text as indented lines that a terminal need not break. */
  public static List<String> paragraph(String text, Style style) {
    return JavadocText.wrap(text, "  ", Math.min(style.width(), WIDEST_TEXT));
  }
}
