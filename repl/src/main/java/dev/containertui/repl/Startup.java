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
          "import dev.containertui.*;",
          "import dev.containertui.engine.Engine;",
          "import dev.containertui.error.EngineException;",
          "import static dev.containertui.ContainerTui.*;",
          "import static dev.containertui.repl.commands.ScriptWords.*;");

  private Startup() {}
}
