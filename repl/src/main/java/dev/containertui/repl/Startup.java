package dev.containertui.repl;

import java.util.List;

/** What every snippet can use without saying so. Each line costs some 10 ms at the start. */
final class Startup {
  static final List<String> IMPORTS =
      List.of(
          "import java.io.*;",
          "import java.nio.file.*;",
          "import java.time.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.function.*;",
          "import java.util.stream.*;",
          "import dev.containertui.agent.GuestProcess;",
          "import dev.containertui.agent.TerminalSize;",
          "import dev.containertui.container.*;",
          "import dev.containertui.engine.*;",
          "import dev.containertui.error.*;",
          "import dev.containertui.image.*;",
          "import dev.containertui.repl.commands.*;",
          "import dev.containertui.vm.BootTimeline;",
          "import static dev.containertui.repl.commands.Commands.*;");

  private Startup() {}
}
