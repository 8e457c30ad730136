package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workbench driven by keys, over real shells on real ptys. */
class WorkbenchTest {
  private final FakeScreen screen = new FakeScreen();
  private final MemoryEngine engine = MemoryEngine.populated();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream realErrors = System.err;
  private FutureTask<Integer> running;

  @BeforeEach
  void catchErrors() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  private void start(Supplier<MemoryEngine> opener) {
    Workbench workbench = new Workbench(opener, () -> screen);
    running = new FutureTask<>(workbench::run);
    Thread.ofPlatform().start(running);
  }

  private void start() throws InterruptedException {
    start(() -> engine);
    screen.await("batch");
  }

  @AfterEach
  void end() throws Exception {
    if (running != null) {
      screen.hangUp();
      running.get(30, TimeUnit.SECONDS);
    }
    engine.close();
    System.setErr(realErrors);
  }

  private int exitCode() throws Exception {
    return running.get(30, TimeUnit.SECONDS);
  }

  private void command(String text) {
    screen.type(":" + text);
    screen.press(Kind.ENTER);
  }

  private void selectWeb() throws InterruptedException {
    screen.await("web");
    screen.type("G");
    screen.await("▸ web");
  }

  @Test
  void showsFiguresOfWhatRuns() throws Exception {
    start();
    screen.await("● running");
    screen.await("MiB");
    screen.await("%");
    screen.await("10.0.2.15");
    screen.await("1 running · qemu · tcg");
  }

  @Test
  void aShellTakesKeysUntilItIsDetached() throws Exception {
    start();
    selectWeb();
    screen.type("e");
    screen.await("Ctrl-] detaches");
    screen.type("echo $((6*7))-$TERM");
    screen.press(Kind.ENTER);
    screen.await("42-xterm-256color");
    screen.press(Key.control(']'));
    screen.await("detached");
    screen.type("1e");
    screen.await("Ctrl-] detaches");
    screen.type("exit 3");
    screen.press(Kind.ENTER);
    screen.await("/bin/sh in web exited 3");
    screen.awaitGone("╭─ Console");
  }

  @Test
  void theShellsTerminalFollowsTheScreen() throws Exception {
    start();
    selectWeb();
    screen.type("e");
    screen.await("Ctrl-] detaches");
    screen.type("stty size");
    screen.press(Kind.ENTER);
    screen.await("18 98");
    screen.resize(90, 20);
    Thread.sleep(1000); // stty in the background, as the test's engine resizes
    screen.type("stty size");
    screen.press(Kind.ENTER);
    screen.await("16 88");
  }

  @Test
  void aDetachedConsoleScrollsBack() throws Exception {
    start();
    selectWeb();
    screen.type("e");
    screen.await("Ctrl-] detaches");
    screen.type("seq 1000 1200");
    screen.press(Kind.ENTER);
    screen.await("1200");
    screen.press(Key.of(Kind.PAGE_UP).with(false, false, true));
    screen.await("rows back");
    screen.type(" ");
    screen.awaitGone("rows back");
    screen.press(Key.control(']'));
    screen.await("detached");
    screen.type("g");
    screen.await("1000");
    screen.type("G");
    screen.await("1200");
    screen.type("x");
    screen.await("It still runs");
    screen.type("y");
    screen.awaitGone("╭─ Console");
  }

  @Test
  void aCommandsOutputStaysToBeRead() throws Exception {
    start();
    selectWeb();
    command("exec sh -c 'echo one; echo two; exit 4'");
    screen.await("two");
    screen.await("exited 4 · x closes");
    screen.type("x");
    screen.awaitGone("╭─ Console");
  }

  @Test
  void pullsShowTheirBarsAndTheImage() throws Exception {
    start();
    engine.pullTime = Duration.ofSeconds(2);
    command("pull alpine:3");
    screen.await("Pulling alpine:3");
    screen.await("1abcdef01abc");
    screen.await("pulled alpine:3");
    screen.type("2");
    screen.await("alpine:3");
    screen.awaitGone("Pulling");
  }

  @Test
  void aPullCanBeCancelled() throws Exception {
    start();
    engine.pullTime = Duration.ofSeconds(60);
    command("pull alpine:3");
    screen.await("Pulling alpine:3");
    screen.press(Kind.ESCAPE);
    screen.await("Cancel pulling alpine:3?");
    screen.type("n");
    screen.awaitGone("Cancel pulling");
    screen.press(Kind.ESCAPE);
    screen.await("Cancel pulling alpine:3?");
    screen.type("y");
    screen.await("cancelled");
    screen.awaitGone("Pulling");
  }

  @Test
  void runPullsWhatIsMissingAndGoesIntoTheTerminal() throws Exception {
    start();
    command("run -it --name fresh alpine:3 /bin/sh");
    screen.await("main process of fresh");
    screen.type("echo in-$((1+1))");
    screen.press(Kind.ENTER);
    screen.await("in-2");
  }

  @Test
  void runOnAnImageLeavesRoomForTheCommand() throws Exception {
    start();
    screen.type("2r");
    screen.await(":run -it ");
    screen.type("sh");
    screen.await("team/service:2026-11 sh");
  }

  @Test
  void outputOfAContainerWithoutTerminalIsKept() throws Exception {
    start();
    command("run --name quiet busybox:1.36 sh -c 'echo first; echo second >&2; sleep 60'");
    screen.await("a shows its output");
    screen.await("▸ quiet");
    screen.type("a");
    screen.await("second");
    screen.await("output only");
  }

  @Test
  void dangerousKeysAsk() throws Exception {
    start();
    selectWeb();
    screen.type("d");
    screen.await("Remove web?");
    screen.press(Kind.ESCAPE);
    screen.awaitGone("Remove web?");
    screen.type("K");
    screen.await("Kill web?");
    screen.press(Kind.ENTER);
    screen.await("✗ exited 137");
    screen.type("d");
    screen.await("Remove web?");
    screen.type("y");
    screen.await("removed web");
    screen.awaitGone("▸ web");
  }

  @Test
  void filtersNarrowTheTable() throws Exception {
    start();
    screen.await("web");
    screen.type("/ba");
    screen.await("1 of 2  /ba");
    screen.press(Kind.ENTER);
    screen.awaitGone("● running");
    screen.type("/zzz");
    screen.await("No container matches");
    screen.press(Kind.ESCAPE);
    screen.await("● running");
  }

  @Test
  void errorsShowAHintAndAllOfIt() throws Exception {
    start();
    command("pull missing");
    screen.await("no such image: missing — check the name");
    screen.type("!");
    screen.await("Last message");
    screen.await("log in if the repository is private");
    screen.type("q");
    command("frobnicate");
    screen.await("unknown command frobnicate");
    command("stop nobody");
    screen.await("no such container: nobody");
  }

  @Test
  void completionAndHistory() throws Exception {
    start();
    screen.type("2");
    screen.await("service");
    screen.type(":ru");
    screen.press(Kind.TAB);
    screen.await(":run");
    screen.await("[-it]");
    screen.press(Kind.ESCAPE);
    command("stop nobody");
    screen.type(":");
    screen.press(Kind.UP);
    screen.await(":stop nobody");
  }

  @Test
  void helpAndInspection() throws Exception {
    start();
    screen.type("?");
    screen.await("Everywhere");
    screen.press(Kind.ESCAPE);
    screen.awaitGone("Everywhere");
    selectWeb();
    screen.type("i");
    screen.await("\"name\"");
  }

  @Test
  void quittingEndsTheContainers() throws Exception {
    start();
    screen.await("1 running");
    screen.type("q");
    screen.await("1 container runs; it is stopped.");
    screen.type("n");
    screen.awaitGone("Quit?");
    screen.type("q");
    screen.press(Kind.ENTER);
    assertEquals(0, exitCode());
    assertTrue(screen.closed);
    assertTrue(engine.closed);
    assertTrue(errors.toString(StandardCharsets.UTF_8).contains("stopping 1 container…"));
  }

  @Test
  void aTerminalThatGoesAwayEndsTheProgram() throws Exception {
    start();
    screen.hangUp();
    assertEquals(0, exitCode());
    assertTrue(screen.closed && engine.closed);
  }

  @Test
  void anEngineThatCannotBeOpenedIsReportedAfterTheScreenIsBack() throws Exception {
    start(
        () -> {
          throw new EngineException(EngineException.Kind.UNAVAILABLE, "no qemu", "install qemu");
        });
    assertEquals(1, exitCode());
    assertTrue(screen.closed);
    assertEquals("container-tui: no qemu\ninstall qemu\n", errors.toString(StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsDrawnWhileNothingHappens() throws Exception {
    engine.close();
    start();
    screen.await("✗ exited");
    Thread.sleep(500);
    int before = screen.paints;
    Thread.sleep(2000);
    assertTrue(screen.paints - before <= 1, "painted " + (screen.paints - before) + " times");
  }

  @Test
  void aFloodOfOutputLeavesTheKeysAlive() throws Exception {
    start();
    selectWeb();
    screen.type("e");
    screen.await("Ctrl-] detaches");
    screen.type("yes");
    screen.press(Kind.ENTER);
    screen.await("│y ");
    screen.press(Key.control(']'));
    screen.await("detached");
    assertFalse(screen.closed);
  }
}
