package dev.containertui.repl.console;

import dev.containertui.view.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A documentation comment as plain text. */
final class JavadocText {
  private static final int MOST_CHARACTERS = 16 * 1024;

  private JavadocText() {}

  /** Its first sentence, in one line; empty if there is none. */
  static String summary(String comment) {
    List<String> paragraphs = paragraphs(comment);
    if (paragraphs.isEmpty() || paragraphs.getFirst().startsWith("@")) {
      return "";
    }
    String first = paragraphs.getFirst();
    int end = first.indexOf(". ");
    return end < 0 ? first : first.substring(0, end + 1);
  }

  /** Its paragraphs, each a line; tags as {@code @param name …}. */
  static List<String> paragraphs(String comment) {
    if (comment == null || comment.isBlank()) {
      return List.of();
    }
    String text =
        (comment.length() > MOST_CHARACTERS ? comment.substring(0, MOST_CHARACTERS) : comment)
            .replace("\r", "")
            .replaceAll("\\{@(?:code|literal|value)\\s+((?:[^{}]|\\{[^{}]*})*)}", "$1")
            .replaceAll("\\{@link(?:plain)?\\s+[^\\s}(]+(?:\\([^)]*\\))?\\s+([^}]+)}", "$1")
            .replaceAll("\\{@link(?:plain)?\\s+#?([^\\s}(]+(?:\\([^)]*\\))?)\\s*}", "$1")
            .replaceAll("\\{@\\w+\\s*([^}]*)}", "$1")
            .replaceAll("(?i)<li>", "\u0001- ")
            .replaceAll(
                "(?i)</?(p|ul|ol|pre|blockquote|h\\d|table|tr|dl|dd|dt|div)\\b[^>]*>", "\u0001")
            .replaceAll("(?s)<[^>]*>", "")
            .replaceAll("(?m)^\\s*(@\\w+)", "\u0001$1")
            .replaceAll("\n\\s*\n", "\u0001")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&nbsp;", " ")
            .replace("&#64;", "@")
            .replace("&amp;", "&");
    List<String> paragraphs = new ArrayList<>();
    for (String part : text.split("\u0001")) {
      String line = part.replaceAll("\\s+", " ").strip();
      if (!line.isEmpty()) {
        paragraphs.add(SafeText.line(line));
      }
    }
    return paragraphs;
  }

  /** Breaks a paragraph into lines of at most {@code width} cells, each after {@code indent}. */
  static List<String> wrap(String paragraph, String indent, int width) {
    int room = Math.max(20, width - indent.length());
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split(" ")) {
      if (!line.isEmpty() && SafeText.width(line.toString()) + 1 + SafeText.width(word) > room) {
        lines.add(indent + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(indent + line);
    return lines;
  }
}
