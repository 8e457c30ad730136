package dev.containertui.repl.console;

import java.util.ArrayList;
import java.util.List;

/** What JShell calls a signature: {@code String String.format(String format, Object... args)}. */
final class CallSignature {
  private CallSignature() {}

  /** Its parameters, each a type and a name. */
  static List<String> parameters(String signature) {
    int open = signature.indexOf('(');
    int close = signature.lastIndexOf(')');
    return open < 0 || close < open ? List.of() : split(signature.substring(open + 1, close));
  }

  /** Takes {@code Map<String, String> a, int b} apart. */
  static List<String> split(String parameters) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < parameters.length(); i++) {
      char c = parameters.charAt(i);
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(parameters.substring(start, i).strip());
        start = i + 1;
      }
    }
    String last = parameters.substring(start).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  /** Without the names of packages, which only fill the line. */
  static String shortened(String signature) {
    return signature.replaceAll("\\b(?:[a-z_][a-z0-9_]*\\.)+(?=[A-Z])", "");
  }

  /** The name of a parameter. */
  static String name(String parameter) {
    return parameter.substring(parameter.lastIndexOf(' ') + 1);
  }

  /** A parameter that takes any number of arguments. */
  static boolean isVariable(String parameter) {
    return parameter.contains("...");
  }
}
