package dev.containertui.repl;

import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.List;

/** The first lines of the console: the four most useful things. */
final class Banner {
  private Banner() {}

  static List<String> lines(Style style) {
    return List.of(
        style.paint(Tone.TITLE, "container-tui console")
            + "  Java "
            + Runtime.version().feature()
            + " over the container engine",
        line(style, "pull(\"alpine\")", "fetches an image"),
        line(
            style,
            "var c = run(\"alpine\").detach()",
            "starts a container in its own virtual machine"),
        line(
            style,
            "c.exec(\"uname\", \"-a\")",
            "runs a command in it; c.shell() gives you a shell"),
        line(style, "/help", "lists all words; Tab completes, Ctrl-C stops, Ctrl-D leaves"));
  }

  private static String line(Style style, String code, String meaning) {
    return "  " + style.paint(Tone.NAME, code) + " ".repeat(34 - code.length()) + meaning;
  }
}
