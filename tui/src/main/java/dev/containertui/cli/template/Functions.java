package dev.containertui.cli.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions: Go's own and those that docker adds. */
final class Functions {
  private static final int MAX_PAD = 1000;

  /** A function by its arguments. */
  private interface Body {
    Object call(List<Object> arguments);
  }

  /**
   * @param most arguments; -1: any number
   */
  private record Definition(int least, int most, Body body) {}

  private static final Map<String, Definition> DEFINITIONS = new TreeMap<>();

  static {
    define("join", 2, 2, Functions::join);
    define("split", 2, 2, a -> List.of(text(a, 0).split(quoted(text(a, 1)), -1)));
    define("upper", 1, 1, a -> text(a, 0).toUpperCase(Locale.ROOT));
    define("lower", 1, 1, a -> text(a, 0).toLowerCase(Locale.ROOT));
    define("title", 1, 1, a -> title(text(a, 0)));
    define("trim", 1, 1, a -> text(a, 0).strip());
    define("truncate", 2, 2, Functions::truncate);
    define("pad", 3, 3, Functions::pad);
    define("len", 1, 1, a -> (long) Values.length(a.getFirst()));
    define("index", 1, -1, Functions::index);
    define("slice", 1, 3, Functions::slice);
    define("print", 0, -1, a -> a.stream().map(Values::text).collect(Collectors.joining()));
    define("println", 0, -1, Functions::println);
    define("printf", 1, -1, a -> Printf.format(text(a, 0), a.subList(1, a.size())));
    define("not", 1, 1, a -> !Values.truth(a.getFirst()));
    define("eq", 2, -1, Functions::equalsAny);
    define("ne", 2, 2, a -> !Values.equal(a.get(0), a.get(1)));
    define("lt", 2, 2, a -> Values.compare(a.get(0), a.get(1)) < 0);
    define("le", 2, 2, a -> Values.compare(a.get(0), a.get(1)) <= 0);
    define("gt", 2, 2, a -> Values.compare(a.get(0), a.get(1)) > 0);
    define("ge", 2, 2, a -> Values.compare(a.get(0), a.get(1)) >= 0);
    // The evaluator has these: they need the JSON writer, or do not need all their arguments.
    define("json", 1, 1, null);
    define("and", 1, -1, null);
    define("or", 1, -1, null);
  }

  private Functions() {}

  private static void define(String name, int least, int most, Body body) {
    DEFINITIONS.put(name, new Definition(least, most, body));
  }

  /** The name, if there is such a function. */
  static String known(String name) {
    if (!DEFINITIONS.containsKey(name)) {
      throw TemplateErrors.syntax("function \"" + name + "\" not defined");
    }
    return name;
  }

  static void checkCount(String name, int count) {
    Definition definition = DEFINITIONS.get(name);
    if (count < definition.least || definition.most >= 0 && count > definition.most) {
      throw TemplateErrors.execution(
          "wrong number of arguments for "
              + name
              + ": "
              + count
              + " instead of "
              + (definition.most == definition.least
                  ? definition.least
                  : "at least " + definition.least),
          "");
    }
  }

  static Object call(String name, List<Object> arguments) {
    checkCount(name, arguments.size());
    return DEFINITIONS.get(name).body.call(arguments);
  }

  private static String text(List<Object> arguments, int index) {
    return Values.text(arguments.get(index));
  }

  private static String quoted(String literal) {
    return java.util.regex.Pattern.quote(literal);
  }

  private static Object join(List<Object> arguments) {
    return Values.list(arguments.get(0), "join").stream()
        .map(Values::text)
        .collect(Collectors.joining(text(arguments, 1)));
  }

  private static String title(String text) {
    return Arrays.stream(text.split(" ", -1))
        .map(w -> w.isEmpty() ? w : w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static Object truncate(List<Object> arguments) {
    String text = text(arguments, 0);
    return text.substring(0, Math.clamp(integer(arguments.get(1)), 0, text.length()));
  }

  private static Object pad(List<Object> arguments) {
    String text = text(arguments, 0);
    int before = Math.clamp(integer(arguments.get(1)), 0, MAX_PAD);
    int after = Math.clamp(integer(arguments.get(2)), 0, MAX_PAD);
    return text.isEmpty() ? text : " ".repeat(before) + text + " ".repeat(after);
  }

  private static Object index(List<Object> arguments) {
    Object value = arguments.getFirst();
    for (Object key : arguments.subList(1, arguments.size())) {
      value =
          switch (value) {
            case Map<?, ?> map -> map.get(Values.text(key));
            case List<?> list -> element(list, integer(key));
            case null, default ->
                throw TemplateErrors.execution(
                    "error calling index: can't index " + Values.text(value), "");
          };
    }
    return value;
  }

  private static Object element(List<?> list, int index) {
    if (index < 0 || index >= list.size()) {
      throw TemplateErrors.execution("error calling index: index out of range: " + index, "");
    }
    return list.get(index);
  }

  private static Object slice(List<Object> arguments) {
    Object value = arguments.getFirst();
    int length = Values.length(value);
    int from = arguments.size() > 1 ? integer(arguments.get(1)) : 0;
    int to = arguments.size() > 2 ? integer(arguments.get(2)) : length;
    if (from < 0 || to < from || to > length) {
      throw TemplateErrors.execution("error calling slice: index out of range", "");
    }
    return value instanceof String text
        ? text.substring(from, Math.min(to, text.length()))
        : Values.list(value, "slice").subList(from, to);
  }

  private static Object println(List<Object> arguments) {
    return arguments.stream().map(Values::text).collect(Collectors.joining(" ", "", "\n"));
  }

  private static Object equalsAny(List<Object> arguments) {
    Object first = arguments.getFirst();
    return arguments.subList(1, arguments.size()).stream()
        .anyMatch(other -> Values.equal(first, other));
  }

  private static int integer(Object value) {
    if (value instanceof Number number) {
      return Math.clamp(number.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    throw TemplateErrors.execution("not an integer: " + Values.text(value), "");
  }

  /** Calls a value that takes arguments, as {@code .Label "key"}. */
  static Object callValue(Object callee, List<Object> arguments) {
    if (callee instanceof Function<?, ?> function && arguments.size() == 1) {
      @SuppressWarnings("unchecked")
      Function<String, Object> byText = (Function<String, Object>) function;
      return byText.apply(Values.text(arguments.getFirst()));
    }
    throw TemplateErrors.execution(
        "can't give argument to non-function " + Values.text(callee), "");
  }

  static List<String> names() {
    return new ArrayList<>(DEFINITIONS.keySet());
  }
}
