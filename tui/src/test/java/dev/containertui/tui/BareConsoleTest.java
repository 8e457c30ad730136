package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user's terminal, a tmux, is told of a guest's cursor and mouse, and of their end. */
class BareConsoleTest {
  @TempDir Path directory;
  private TmuxSession session;

  @BeforeEach
  void open() throws Exception {
    session = new TmuxSession(directory, 90, 24);
    session.run("pipe-pane", "cat > '" + directory.resolve("sent") + "'");
    session.startWorkbench("");
    session.await("● running");
    session.send("G");
    session.await("▸ web");
    session.send("e");
    session.await("ctrl-] detaches ─");
    session.send("stty raw -echo; printf '\\033[5 q\\033[?1003h%s' rea dy; exec cat -v", "Enter");
    session.await("│ready");
  }

  @AfterEach
  void close() throws Exception {
    session.close();
  }

  /** What was sent to the terminal. */
  private String sent() throws Exception {
    return new String(Files.readAllBytes(directory.resolve("sent")), StandardCharsets.UTF_8);
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + " in:\n" + session.screen());
      }
      Thread.sleep(50);
    }
  }

  private boolean tellsOfMovement() throws Exception {
    return session.run("display", "-p", "#{mouse_all_flag}").strip().equals("1");
  }

  @Test
  void cursorAndMouseAreTheGuestsWhileItHasTheKeyboard() throws Exception {
    await("movement", this::tellsOfMovement);
    await("its cursor", () -> sent().contains("\u001b[5 q"));
    session.send("C-]");
    session.await("enter types here");
    await("no movement", () -> !tellsOfMovement());
    await(
        "the user's cursor",
        () -> sent().lastIndexOf("\u001b[0 q") > sent().lastIndexOf("\u001b[5 q"));
    await("our own mouse", () -> session.modes().equals("1 0 1"));
  }

  @Test
  void onTheBareTerminalTooAndItIsLeftByAKeyOfKittysProtocol() throws Exception {
    session.send("C-]");
    session.await("enter types here");
    await("no movement", () -> !tellsOfMovement());
    int before = sent().length();
    session.send("f");
    await("movement", this::tellsOfMovement);
    await("its cursor", () -> sent().substring(before).contains("\u001b[5 q"));
    session.send("-l", "typed");
    session.await("typed");
    session.send("-l", "\u001b[93;5u");
    session.await("enter types here");
    await("no movement", () -> !tellsOfMovement());
    await(
        "the user's cursor",
        () -> sent().lastIndexOf("\u001b[0 q") > sent().lastIndexOf("\u001b[5 q"));
  }
}
