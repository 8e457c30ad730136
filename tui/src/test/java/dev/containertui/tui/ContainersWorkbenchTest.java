package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.containertui.container.ContainerState;
import dev.containertui.container.FileChange;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.tui.settings.Settings;
import dev.containertui.tui.vt.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The screen of containers with an engine: keys in, and what becomes of the containers. */
class ContainersWorkbenchTest {
  private final MemoryEngine engine = MemoryEngine.populated();
  private final FakeScreen screen = new FakeScreen();
  private final MemoryContainer web = find("web");
  private Thread running;

  @TempDir Path directory;

  private MemoryContainer find(String name) {
    return engine.containers.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @BeforeEach
  void open() throws InterruptedException {
    Workbench workbench =
        new Workbench(
            () -> engine, () -> screen, new NoCommands(), Settings.DEFAULT, Optional.empty());
    running = Thread.ofPlatform().start(workbench::run);
    screen.await("● running");
    screen.type("G"); // web, the older one
    screen.await("▸ web");
  }

  @AfterEach
  void close() throws InterruptedException {
    screen.hangUp();
    running.join(TimeUnit.SECONDS.toMillis(60));
    assertFalse(running.isAlive());
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what);
      }
      Thread.sleep(10);
    }
  }

  @Test
  void stoppingAndStarting() throws InterruptedException {
    screen.type("s");
    screen.await("stopped web");
    assertTrue(web.state() instanceof ContainerState.Exited, web.state().toString());
    screen.await("✗ exited");
    screen.type("S");
    screen.await("started web");
    assertTrue(web.state() instanceof ContainerState.Running);
  }

  @Test
  void pausingAndGoingOn() throws InterruptedException {
    screen.type("p");
    screen.await("‖ paused");
    screen.type("p");
    screen.await("unpaused web");
    assertTrue(web.state() instanceof ContainerState.Running);
  }

  @Test
  void removingAllThatAreMarked() throws InterruptedException {
    screen.press(Key.control('a'));
    screen.type("d");
    screen.await("Remove 2 containers?");
    screen.type("y");
    screen.await("removed ");
    await("their end", engine.containers::isEmpty);
    screen.await("No containers yet.");
  }

  @Test
  void aNameThatIsTakenIsToldAndAnotherIsTaken() throws InterruptedException {
    screen.type("m");
    screen.await("rename web to web");
    screen.press(Key.control('u'));
    screen.type("batch");
    screen.press(Key.Kind.ENTER);
    screen.await("the name batch is taken");
    screen.type("m");
    screen.press(Key.control('u'));
    screen.type("front");
    screen.press(Key.Kind.ENTER);
    screen.await("web is called front");
    screen.await("▸ front");
  }

  @Test
  void runningAnotherOneSelectsIt() throws InterruptedException {
    screen.type("ocat -");
    screen.press(Key.Kind.ENTER);
    screen.await("started container-3");
    screen.await("▸ container-3");
    assertEquals(List.of("cat", "-"), find("container-3").spec().arguments());
  }

  @Test
  void committingMakesAnImage() throws InterruptedException {
    screen.type("c");
    screen.press(Key.Kind.ENTER);
    screen.await("made web:latest");
    assertTrue(engine.images.stream().anyMatch(i -> i.references().contains("web:latest")));
  }

  @Test
  void copyingTheId() throws InterruptedException {
    screen.type("y");
    screen.await("copied the id of web");
    await("the clipboard", () -> screen.clipboard.equals(web.id()));
  }

  @Test
  void theLogIsFollowed() throws InterruptedException {
    web.log.write(Stream.OUT, "first line\n");
    screen.await("first line");
    web.log.write(Stream.ERR, "prompt without end");
    screen.await("▌prompt without end");
    web.log.write(Stream.ERR, " and its end\nnext\n");
    screen.await("▌prompt without end and its end");
    screen.await("▌next");
    web.log.end();
    screen.await("─ ended");
  }

  @Test
  void aLogThatIsCutOffIsFollowedAgainWhileItsContainerRuns() throws InterruptedException {
    web.log.write(Stream.OUT, "before\n");
    screen.await("before");
    web.log.cutOff();
    screen.await("─ ended");
    web.log.write(Stream.OUT, "behind\n");
    screen.await("behind");
    screen.await("─ following");
  }

  @Test
  void whoLooksAtAnotherContainerIsReadNoMore() throws InterruptedException {
    web.log.write(Stream.OUT, "of web\n");
    screen.await("of web");
    await("a reader", () -> web.log.readers() == 1);
    screen.type("k");
    screen.await("▸ batch");
    await("no reader", () -> web.log.readers() == 0);
    screen.awaitGone("of web");
    screen.type("2");
    screen.await("─ Images");
    await("no reader of batch", () -> find("batch").log.readers() == 0);
  }

  @Test
  void aFloodOfOutputIsKeptUpWith() throws InterruptedException {
    Thread flood =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 1; i <= 2000; i++) {
                    StringBuilder piece = new StringBuilder();
                    for (int k = 0; k < 100; k++) {
                      piece.append("flood line ").append(i).append('-').append(k).append("\n");
                    }
                    web.log.write(Stream.OUT, piece.toString());
                  }
                });
    screen.await("flood line");
    screen.press(Key.Kind.ENTER);
    screen.type("z/flood line 2000-77");
    screen.press(Key.Kind.ENTER);
    flood.join();
    screen.await("flood line 2000-99");
    screen.type("n");
    screen.await("▸flood line 2000-77");
  }

  @Test
  void theLogIsSaved() throws Exception {
    web.log.write(Stream.OUT, "\u001b[31mred\u001b[0m\nplain\n");
    screen.await("plain");
    screen.press(Key.Kind.ENTER);
    screen.press(Key.control('s'));
    screen.await("save log to: web-");
    screen.press(Key.control('u'));
    Path file = directory.resolve("web.log");
    screen.type(file.toString());
    screen.press(Key.Kind.ENTER);
    screen.await("saved 2 lines");
    assertEquals("red\nplain\n", Files.readString(file));
    screen.press(Key.control('s'));
    screen.press(Key.control('u'));
    screen.type(file.toString());
    screen.press(Key.Kind.ENTER);
    screen.await("is there already");
  }

  @Test
  void filesAreLookedInto() throws InterruptedException {
    web.files.put("/etc/", "");
    web.files.put("/etc/motd", "Welcome\nto the \u001b[2Jmachine\n");
    web.files.put("/etc/secret", "\0binary");
    web.files.put("/root", "");
    web.files.changes.add(new FileChange(FileChange.Kind.ADDED, "/etc/motd"));
    screen.type("F");
    screen.await("▸    drwxr-xr-x");
    screen.press(Key.Kind.ENTER);
    screen.await("A  -rw-r--r--");
    screen.type("j");
    screen.press(Key.Kind.ENTER);
    screen.await("to the ·[2Jmachine");
    screen.press(Key.Kind.ESCAPE);
    screen.await("secret");
    screen.type("j");
    screen.press(Key.Kind.ENTER);
    screen.await("00 62 69 6e 61 72 79");
    screen.type("q");
    screen.press(Key.Kind.BACKSPACE);
    screen.await("▸    drwxr-xr-x");
  }

  @Test
  void inspectingShowsWhatTheEngineKnows() throws InterruptedException {
    screen.type("i");
    screen.await("\"name\": \"" + web.id());
  }

  @Test
  void aConsoleIsAskedFor() throws InterruptedException {
    screen.type("e");
    screen.await("─ web · shell");
  }
}
