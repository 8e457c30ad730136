package dev.containertui.cli.template;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's {@code printf} for the verbs {@code v s q d x f t %}, with flags, width and precision. */
final class Printf {
  private static final Pattern VERB =
      Pattern.compile("%([-+0 ]*)([0-9]{0,3})(?:\\.([0-9]{1,2}))?([a-zA-Z%])");

  private Printf() {}

  static String format(String format, List<Object> arguments) {
    StringBuilder out = new StringBuilder();
    Matcher verbs = VERB.matcher(format);
    int next = 0;
    int at = 0;
    while (verbs.find()) {
      out.append(format, at, verbs.start());
      at = verbs.end();
      String verb = verbs.group(4);
      if (verb.equals("%")) {
        out.append('%');
      } else if (next == arguments.size()) {
        out.append("%!").append(verb).append("(MISSING)");
      } else {
        out.append(one(verbs, verb, arguments.get(next++)));
      }
    }
    return out.append(format.substring(at)).toString();
  }

  private static String one(Matcher parts, String verb, Object value) {
    String flags = parts.group(1);
    int precision = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
    String text =
        switch (verb) {
          case "v", "s", "t" -> cut(Values.text(value), verb.equals("s") ? precision : -1);
          case "q" -> '"' + Values.text(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
          case "d" -> value instanceof Number n ? Long.toString(n.longValue()) : bad(verb, value);
          case "x" ->
              value instanceof Number n ? Long.toHexString(n.longValue()) : bad(verb, value);
          case "f" ->
              value instanceof Number n
                  ? String.format(
                      Locale.ROOT, "%." + (precision < 0 ? 6 : precision) + "f", n.doubleValue())
                  : bad(verb, value);
          default -> bad(verb, value);
        };
    if (flags.contains("+") && value instanceof Number n && n.doubleValue() >= 0) {
      text = "+" + text;
    }
    int width = parts.group(2).isEmpty() ? 0 : Integer.parseInt(parts.group(2));
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    return (flags.contains("0") ? "0" : " ").repeat(missing) + text;
  }

  private static String cut(String text, int precision) {
    return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
  }

  private static String bad(String verb, Object value) {
    return "%!" + verb + "(" + Values.text(value) + ")";
  }
}
