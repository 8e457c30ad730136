package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.repl.ConsoleSetup;
import dev.containertui.repl.PaneConsole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The console's part of {@link WarmUp}: the compiler behind it takes longest to load. */
final class ConsoleWarmUp {
  private static final int MOST_SECONDS = 60;

  /** What people type: values, a declaration, a mistake, completion, a page of help. */
  private static final String KEYS =
      """
      int n = 1 + 1
      images().size()
      "a".repe\t2)
      missing()
      for (int i = 0; i < n; i++) System.out.println(i);
      /help
      exit()
      """;

  private ConsoleWarmUp() {}

  /** Has a session on a terminal that nobody sees. */
  static void run(EngineConfig config) {
    CountDownLatch ended = new CountDownLatch(1);
    try (Engine engine = LocalEngine.open(config);
        var _ =
            new PaneConsole(
                engine,
                new ByteArrayInputStream(KEYS.getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream(),
                new TerminalSize(100, 30),
                ConsoleSetup.plain(),
                code -> ended.countDown())) {
      ended.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What of the line editor serves a real terminal, which there is none of here. */
  static void linkLineEditor(Path jar) throws IOException {
    if (jar.getFileName().toString().startsWith("jline-")) {
      for (String part : List.of("terminal/", "reader/", "utils/", "keymap/")) {
        WarmUp.linkAll(jar, "org/jline/" + part);
      }
    }
  }
}
