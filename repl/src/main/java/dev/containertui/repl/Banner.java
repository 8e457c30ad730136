package dev.containertui.repl;

import dev.containertui.repl.console.Definitions;
import dev.containertui.view.Style;
import dev.containertui.view.Tone;
import java.util.List;

/** The first lines of the console: the four most useful things. */
final class Banner {
  private Banner() {}

  static List<String> lines(Style style) {
    String title =
        style.paint(Tone.TITLE, "container-tui console")
            + "  Java "
            + Runtime.version().feature()
            + " over the container engine";
    Definitions words =
        new Definitions()
            .add("pull(\"alpine\")", "fetches an image")
            .add("var c = run(\"alpine\").detach()", "starts a container in its own machine")
            .add("c.exec(\"uname\", \"-a\")", "runs a command in it; c.shell() is a shell")
            .add("/help", "Tab completes, again explains; Ctrl-D leaves");
    return List.of(title, words.render(style));
  }
}
