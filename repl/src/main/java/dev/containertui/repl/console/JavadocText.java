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
    return split(bounded(comment).replaceAll("(?m)^\\s*(@\\w+)", "\u0001$1")).stream()
        .map(SafeText::line)
        .toList();
  }

  /** As much of it as anybody reads. */
  static String bounded(String comment) {
    String text = comment == null ? "" : comment.replace("\r", "").replaceAll("[\u0001\u0002]", "");
    return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
  }

  /** The paragraphs of a text without its markup; U+0001 ends one too. */
  static List<String> split(String text) {
    String plain =
        entities(
            text.replaceAll("\\{@(?:code|literal|value)\\s+((?:[^{}]|\\{[^{}]*})*)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+[^\\s}(]+(?:\\([^)]*\\))?\\s+([^}]+)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+#?([^\\s}(]+(?:\\([^)]*\\))?)\\s*}", "$1")
                .replaceAll("\\{@\\w+\\s*([^}]*)}", "$1")
                .replaceAll("(?i)<li>", "\u0001- ")
                .replaceAll(
                    "(?i)</?(p|ul|ol|pre|blockquote|h\\d|table|tr|dl|dd|dt|div)\\b[^>]*>", "\u0001")
                .replaceAll("(?s)<[a-zA-Z/][^>]*>", "")
                .replaceAll("\n\\s*\n", "\u0001"));
    List<String> paragraphs = new ArrayList<>();
    for (String part : plain.split("\u0001")) {
      String line = part.replaceAll("\\s+", " ").strip();
      if (!line.isEmpty()) {
        paragraphs.add(line);
      }
    }
    return paragraphs;
  }

  static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&#64;", "@")
        .replace("{@literal @}", "@")
        .replace("&amp;", "&");
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
