package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console on a terminal of two streams, as a pane of the workbench has it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PaneConsoleTest {
  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private PaneConsole open(MemoryEngine engine) throws IOException {
    return new PaneConsole(
        engine,
        new PipedInputStream(keys),
        screen,
        new TerminalSize(100, 30),
        ConsoleSetup.plain(),
        ended::complete);
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** All that was drawn, without colours and movements. */
  private String drawn() {
    return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "");
  }

  private void await(String text) throws InterruptedException {
    while (!drawn().contains(text)) {
      Thread.sleep(20);
    }
  }

  @Test
  void isTypedAtAndLeftLikeAnyOther() throws Exception {
    try (MemoryEngine engine = new MemoryEngine();
        PaneConsole console = open(engine)) {
      await("java> ");
      type("2 * 21\r");
      await("$1 = 42");
      console.resize(new TerminalSize(60, 20));
      type("/edit\r");
      await("an editor needs a terminal of its own");
      type("/tui\r");
      await("there is no workbench");
      type("exit(7)\r");
      assertEquals(7, ended.get());
    }
  }

  @Test
  void controlCStopsWhatRuns() throws Exception {
    try (MemoryEngine engine = new MemoryEngine();
        var _ = open(engine)) {
      await("java> ");
      type("{ print(\"g\" + \"o\"); while (true) { } }\r");
      await("\ngo");
      type("\u0003");
      await("stopped");
    }
  }

  @Test
  void endFromOutsideStopsWhatRuns() throws Exception {
    try (MemoryEngine engine = new MemoryEngine()) {
      PaneConsole console = open(engine);
      await("java> ");
      type("{ print(\"g\" + \"o\"); while (true) { } }\r");
      await("\ngo");
      console.close();
      assertEquals(0, ended.get());
      assertTrue(drawn().contains("go"));
    }
  }

  @Test
  void endFromOutsideLeavesAnIdlePrompt() throws Exception {
    try (MemoryEngine engine = new MemoryEngine()) {
      PaneConsole console = open(engine);
      await("java> ");
      console.close();
      assertEquals(0, ended.get());
    }
  }
}
