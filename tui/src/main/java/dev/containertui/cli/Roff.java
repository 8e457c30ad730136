package dev.containertui.cli;

/** Text for man(7): nothing in it is a request, and what can be copied is plain ASCII. */
final class Roff {
  private Roff() {}

  static String text(String plain) {
    StringBuilder text = new StringBuilder();
    for (char c : plain.toCharArray()) {
      text.append(
          switch (c) {
            case '\\' -> "\\(rs";
            case '-' -> "\\-";
            case '\'' -> "\\(aq";
            case '`' -> "\\(ga";
            case '^' -> "\\(ha";
            case '~' -> "\\(ti";
            default -> String.valueOf(c);
          });
    }
    // At the beginning of a line these are requests.
    return text.indexOf(".") == 0 ? "\\&" + text : text.toString();
  }

  static String bold(String plain) {
    return "\\fB" + text(plain) + "\\fR";
  }

  static String italic(String plain) {
    return "\\fI" + text(plain) + "\\fR";
  }
}
