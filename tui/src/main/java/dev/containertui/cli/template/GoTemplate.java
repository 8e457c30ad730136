package dev.containertui.cli.template;

import java.util.List;
import java.util.function.Function;

/** A template that has been read. */
public final class GoTemplate {
  private static final int MAX_LENGTH = 1 << 20;

  private final List<Node> nodes;
  private final Function<Object, String> json;

  private GoTemplate(List<Node> nodes, Function<Object, String> json) {
    this.nodes = nodes;
    this.json = json;
  }

  /**
   * Reads a template. As docker does, it takes {@code \t} and {@code \n} in its text for a tab and
   * a line break, because shells do not.
   *
   * @param json what the function {@code json} does
   * @throws dev.containertui.error.EngineException INVALID
   */
  public static GoTemplate parse(String text, Function<Object, String> json) {
    if (text.length() > MAX_LENGTH) {
      throw TemplateErrors.syntax("the template is longer than 1 MiB");
    }
    return new GoTemplate(Parser.parse(unescaped(text)), json);
  }

  /** Only between actions: inside of them, strings have escapes of their own. */
  private static String unescaped(String text) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      int end = open < 0 ? text.length() : open;
      result.append(text.substring(at, end).replace("\\t", "\t").replace("\\n", "\n"));
      int close = open < 0 ? -1 : text.indexOf("}}", open);
      at = open < 0 ? end : close < 0 ? text.length() : close + 2;
      result.append(text, end, at);
    }
    return result.toString();
  }

  /**
   * Fills it in.
   *
   * @param data map, list, string, number, boolean or null, and so on inside; a {@link Function} in
   *     a map takes one string
   * @throws dev.containertui.error.EngineException INVALID, for example if there is no such field
   */
  public String render(Object data) {
    return new Evaluator(json).run(nodes, data);
  }
}
