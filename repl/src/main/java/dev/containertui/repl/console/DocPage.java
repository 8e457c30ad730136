package dev.containertui.repl.console;

import dev.containertui.view.SafeText;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A documentation comment as a page that is read in a terminal: paragraphs, examples as they are,
 * and its tags in words.
 *
 * <pre>
 *     Waits until it has ended, at most so long.
 *
 *     takes   limit  how long
 *     gives   its exit code
 *     throws  EngineException  TIMEOUT
 * </pre>
 */
final class DocPage {
  private static final String INDENT = "    ";
  private static final int WIDEST_NAME = 24;
  private static final Pattern CODE =
      Pattern.compile(
          "<pre>\\s*?(?:\\{@code\\s*?\\n?(.*?)}\\s*</pre>|\\n?(.*?)</pre>)", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("(?m)^\\s*@(\\w+)\\s+");

  /** What tags are called on the page, in the order in which they stand there. */
  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("param", "takes");
    TITLES.put("return", "gives");
    TITLES.put("throws", "throws");
    TITLES.put("exception", "throws");
    TITLES.put("deprecated", "deprecated");
    TITLES.put("apiNote", "note");
    TITLES.put("implSpec", "note");
    TITLES.put("implNote", "note");
    TITLES.put("since", "since");
    TITLES.put("see", "see");
  }

  /** How wide the column of titles is. */
  private static final int TITLE_WIDTH = 8;

  private DocPage() {}

  /** A tag's name, if it has one, and what it says. */
  private record Tag(String name, String text) {}

  /** The lines of the page, indented by four; none if there is no comment. */
  static List<String> lines(String comment, int width, Style style) {
    String text = JavadocText.bounded(comment);
    List<String> examples = new ArrayList<>();
    String prose =
        CODE.matcher(text)
            .replaceAll(
                code -> {
                  examples.add(code.group(1) == null ? code.group(2) : code.group(1));
                  return "\u0001\u0002" + (examples.size() - 1) + "\u0001";
                });
    Matcher first = TAG.matcher(prose);
    int end = first.find() ? first.start() : prose.length();
    List<String> lines = new ArrayList<>();
    for (String paragraph : JavadocText.split(prose.substring(0, end))) {
      if (paragraph.startsWith("\u0002")) {
        lines.addAll(example(examples.get(Integer.parseInt(paragraph.substring(1)))));
      } else {
        lines.addAll(JavadocText.wrap(SafeText.line(paragraph), INDENT, width));
      }
    }
    tags(prose.substring(end)).forEach((title, tags) -> add(lines, title, tags, width, style));
    return lines;
  }

  /** Lines without the indentation that all of them have. */
  private static List<String> example(String code) {
    return JavadocText.entities(code.stripTrailing())
        .stripIndent()
        .lines()
        .dropWhile(String::isBlank)
        .map(line -> (INDENT + "  " + SafeText.line(line)).stripTrailing())
        .toList();
  }

  /** What the tags say, by their titles. */
  private static Map<String, List<Tag>> tags(String text) {
    Map<String, List<Tag>> tags = new LinkedHashMap<>();
    TITLES.values().forEach(title -> tags.put(title, new ArrayList<>()));
    Matcher tag = TAG.matcher(text);
    boolean more = tag.find();
    while (more) {
      String title = TITLES.get(tag.group(1));
      boolean named = "takes".equals(title) || "throws".equals(title);
      int from = tag.end();
      more = tag.find();
      String said = text.substring(from, more ? tag.start() : text.length());
      String line = SafeText.line(String.join(" ", JavadocText.split(said)));
      if (title != null) {
        String[] words = line.split(" ", named ? 2 : 1);
        tags.get(title)
            .add(named ? new Tag(words[0], words.length > 1 ? words[1] : "") : new Tag("", line));
      }
    }
    tags.values().removeIf(List::isEmpty);
    return tags;
  }

  private static void add(
      List<String> lines, String title, List<Tag> tags, int width, Style style) {
    int names =
        Math.min(tags.stream().mapToInt(tag -> tag.name().length()).max().orElse(0), WIDEST_NAME);
    String hanging = INDENT + " ".repeat(TITLE_WIDTH + (names == 0 ? 0 : names + 2));
    String before =
        INDENT
            + style.paint(Tone.DIM, title + " ".repeat(Math.max(1, TITLE_WIDTH - title.length())));
    for (Tag tag : tags) {
      String name =
          tag.name().isEmpty()
              ? ""
              : style.paint(Tone.NAME, tag.name())
                  + " ".repeat(Math.max(2, names + 2 - tag.name().length()));
      List<String> said = JavadocText.wrap(tag.text(), hanging, width);
      lines.add((before + name + said.getFirst().strip()).stripTrailing());
      lines.addAll(said.subList(1, said.size()));
      before = INDENT + " ".repeat(TITLE_WIDTH);
    }
  }
}
