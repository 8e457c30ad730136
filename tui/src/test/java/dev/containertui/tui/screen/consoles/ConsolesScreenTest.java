package dev.containertui.tui.screen.consoles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.ProgramFixture;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Notice;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.console.ConsoleRequests;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import dev.containertui.tui.vt.Mouse.Action;
import dev.containertui.tui.vt.Mouse.Button;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consoles of real shells on ptys of this machine. */
class ConsolesScreenTest {
  private static final Key DETACH = Key.control(']');

  private final ProgramFixture workbench = new ProgramFixture(100, 30);

  @AfterEach
  void close() {
    workbench.close();
  }

  private void open(String... words) {
    workbench.apply(ConsoleRequests.exec(workbench.id("web"), List.of(words)));
  }

  /** A shell with a known prompt, that has the keyboard. */
  private void shell() throws InterruptedException {
    open("sh");
    workbench.await("│#");
  }

  @Test
  void aShellIsTypedIntoAndAnswers() throws Exception {
    shell();
    assertEquals(ScreenId.CONSOLES, workbench.state().get(Shell.SLOT).screen());
    workbench.type("echo $((6*7))q\n");
    workbench.await("42q");
  }

  @Test
  void itsTerminalHasThePanesSizeAlsoAfterAnother() throws Exception {
    shell();
    workbench.type("stty size\n");
    workbench.await("26 98");
    workbench.resize(70, 20);
    workbench.await("the new size", () -> sizeSays("16 68"));
  }

  private boolean sizeSays(String size) {
    workbench.type("stty size\n");
    return workbench.picture().contains(size);
  }

  @Test
  void detachingLeavesTheMainProcessRunning() throws Exception {
    workbench.apply(ConsoleRequests.attach(workbench.id("web")));
    workbench.await("ctrl-] detaches ─");
    workbench.type("echo one-$((1+1))\n");
    workbench.await("one-2");
    workbench.press(DETACH);
    workbench.await("enter types here");
    workbench.press(Key.character('x'));
    workbench.await("No console is open");
    workbench.apply(ConsoleRequests.attach(workbench.id("web")));
    workbench.await("one-2"); // what it wrote before is there again
    workbench.type("echo still-$((2+2))\n");
    workbench.await("still-4");
  }

  @Test
  void dockersKeysDetachTooAndOneOfThemAloneIsPassedOn() throws Exception {
    open("cat", "-v");
    workbench.await("ctrl-] detaches ─");
    workbench.press(Key.control('p'));
    workbench.type("x\n");
    workbench.await("^Px");
    workbench.press(Key.control('p'));
    workbench.press(Key.control('q'));
    workbench.await("enter types here");
  }

  @Test
  void anEndedProcessLeavesItsLastScreenAndItsExitCode() throws Exception {
    open("sh", "-c", "echo the last words; exit 3");
    workbench.await("exited 3");
    assertTrue(workbench.picture().contains("the last words"));
    workbench.type("q"); // typed a moment too late: no command
    assertFalse(workbench.state().get(Shell.SLOT).quitting());
    assertTrue(workbench.picture().contains("enter goes on"), workbench.picture());
    assertTrue(footer().startsWith("enter goes on"), footer());
    assertFalse(footer().contains("detaches"), footer());
    workbench.press(Kind.ENTER);
    assertFalse(workbench.picture().contains("enter goes on"), workbench.picture());
    workbench.press(Key.character('r'));
    workbench.await("exited 3 · enter goes on");
  }

  private String footer() {
    return workbench.picture().lines().toList().getLast().strip();
  }

  /** As by hands that are faster than the engine. */
  private void typeEarly(String text) {
    text.codePoints()
        .forEach(
            c ->
                workbench.happened(
                    new Event.Pressed(c == '\n' ? Key.of(Kind.ENTER) : Key.character(c))));
  }

  @Test
  void whatIsTypedWhileAConsoleIsOpeningGoesToIt() throws Exception {
    open("sh", "-c", "stty -echo; cat");
    typeEarly("typed early\n");
    workbench.happened(new Event.Pressed(Key.paste("pasted early")));
    workbench.happened(new Event.Pressed(Key.paste("one\ntwo\n")));
    assertTrue(footer().contains("not pasted"), footer());
    workbench.await("typed early");
    workbench.type("\n");
    workbench.await("pasted early");
    assertFalse(workbench.picture().contains("two"), workbench.picture());
  }

  @Test
  void keysThatDetachWorkWhileAConsoleIsOpening() throws Exception {
    open("sh", "-c", "stty -echo; echo up; cat");
    workbench.happened(new Event.Pressed(Key.control('p')));
    workbench.happened(new Event.Pressed(Key.control('q')));
    workbench.await("enter types here");
  }

  @Test
  void notEndlesslyManyKeysAreKept() throws Exception {
    open("sh", "-c", "read x; echo ${#x} letters");
    typeEarly("x".repeat(300));
    assertTrue(footer().contains("still being opened"), footer());
    workbench.await("open", () -> !workbench.picture().contains("Opening"));
    workbench.type("\n");
    workbench.await("│256 letters");
  }

  @Test
  void theTerminalTakesTheGuestsCursorAndTellsOfMovement() throws Exception {
    open("sh", "-c", "stty raw -echo; printf '\\033[5 q\\033[?1003h\\033[?1006hready'; cat -v");
    workbench.await("│ready");
    assertEquals(5, workbench.frame().cursorShape());
    assertTrue(workbench.frame().isMovementTracked());
    workbench.point(Action.MOVE, Button.NONE, 1 + 4, 2 + 3);
    workbench.await("^[[<35;5;4M");
    workbench.point(Action.MOVE, Button.NONE, 0, 0); // not its
    workbench.point(Action.MOVE, Button.NONE, 1 + 5, 2 + 3);
    workbench.await("^[[<35;5;4M^[[<35;6;4M");
    workbench.press(DETACH);
    assertEquals(0, workbench.frame().cursorShape());
    assertFalse(workbench.frame().isMovementTracked());
  }

  @Test
  void aContainerThatDoesNotRunSaysSo() throws Exception {
    workbench.apply(ConsoleRequests.shell(workbench.id("batch")));
    workbench.await("batch does not run");
  }

  @Test
  void tabsAndPanesComeAndGo() throws Exception {
    shell();
    workbench.press(DETACH);
    workbench.press(Key.character('s'));
    workbench.await(
        "two panes", () -> workbench.picture().lines().anyMatch(l -> count(l, "╭") == 2));
    workbench.press(DETACH);
    workbench.press(Key.character('z'));
    workbench.await("2/2  web");
    workbench.press(Key.character('z'));
    workbench.press(Key.character('b'));
    workbench.await("web:shell");
    assertEquals(1, count(workbench.picture().lines().skip(2).findFirst().orElseThrow(), "╭"));
    workbench.press(Key.character('['));
    workbench.press(Key.character('m'));
    workbench.await("joined", () -> workbench.picture().lines().anyMatch(l -> count(l, "╭") == 2));
    workbench.press(Key.character('x'));
    workbench.await("What runs in it is ended");
    workbench.press(Key.character('y'));
    workbench.press(Key.character('x'));
    workbench.press(Key.character('y'));
    workbench.await("No console is open");
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void lookingBackStaysWhereItIsWhileOutputGoesOn() throws Exception {
    open("sh", "-c", "seq 1 100; read x; seq 101 300; sleep 100");
    workbench.await("│100");
    workbench.press(DETACH);
    workbench.press(Key.character('g'));
    workbench.await("│1 ");
    workbench.press(Kind.ENTER); // typing goes to the present
    workbench.await("│100");
    workbench.press(DETACH);
    workbench.press(Kind.PAGE_UP);
    workbench.await("rows back");
    String before = body();
    workbench.press(Key.character('i'));
    workbench.press(DETACH);
    workbench.press(Kind.PAGE_UP);
    assertEquals(before, body());
  }

  private String body() {
    return String.join(
        "\n", workbench.picture().lines().skip(2).limit(25).map(l -> l.substring(1, 40)).toList());
  }

  @Test
  void searchingLeadsToTheLastPlaceAndOnBack() throws Exception {
    open("sh", "-c", "for i in $(seq 1 200); do echo row $i.; done; sleep 100");
    workbench.await("row 200.");
    workbench.press(DETACH);
    workbench.type("/row 7");
    workbench.await("row 79.");
    workbench.press(Kind.ENTER);
    workbench.await("11 of 11");
    workbench.press(Key.character('n'));
    workbench.await("10 of 11");
    workbench.press(Key.character('N'));
    workbench.await("11 of 11");
    workbench.press(Kind.ESCAPE);
    workbench.awaitGone("of 11");
    workbench.type("/nowhere\n");
    workbench.await("not found: nowhere");
    workbench.press(Key.character('n'));
    assertEquals(
        List.of("not found: nowhere"),
        workbench.state().get(Shell.SLOT).notices().stream().map(Notice::text).toList());
  }

  @Test
  void copyModeSelectsAndCopies() throws Exception {
    open("sh", "-c", "echo alpha beta; echo gamma delta; sleep 100");
    workbench.await("│gamma delta");
    workbench.press(DETACH);
    workbench.type("ckk0wvj0y");
    workbench.await("copied", () -> !workbench.clipboard.isEmpty());
    assertEquals("beta\ng", workbench.clipboard.getFirst());
    workbench.type("ckVy");
    workbench.await("copied", () -> workbench.clipboard.size() == 2);
    assertEquals("gamma delta", workbench.clipboard.getLast());
  }

  @Test
  void draggingTheMouseCopies() throws Exception {
    open("sh", "-c", "echo alpha beta; sleep 100");
    workbench.await("│alpha beta");
    workbench.point(Action.PRESS, Button.LEFT, 1 + 6, 2);
    workbench.point(Action.MOVE, Button.LEFT, 1 + 8, 2);
    workbench.point(Action.RELEASE, Button.LEFT, 1 + 9, 2);
    workbench.await("copied", () -> !workbench.clipboard.isEmpty());
    assertEquals("bet", workbench.clipboard.getFirst());
  }

  @Test
  void aGuestThatAsksForTheMouseGetsItInItsOwnCells() throws Exception {
    open("sh", "-c", "stty raw -echo; printf '\\033[?1000h\\033[?1006hready'; cat -v");
    workbench.await("│ready");
    workbench.point(Action.PRESS, Button.LEFT, 1 + 4, 2 + 3);
    workbench.await("^[[<0;5;4M");
  }

  @Test
  void aLinkIsCopiedByAClick() throws Exception {
    open(
        "sh",
        "-c",
        "printf '\\033]8;;https://example.org/x\\033\\\\here\\033]8;;\\033\\\\\\n'; sleep 100");
    workbench.await("│here");
    workbench.point(Action.PRESS, Button.LEFT, 2, 2);
    workbench.point(Action.RELEASE, Button.LEFT, 2, 2);
    workbench.await("copied https://example.org/x");
    workbench.await(
        "the address", () -> workbench.clipboard.equals(List.of("https://example.org/x")));
  }

  @Test
  void aPasteOfSeveralLinesIsAskedForUnlessTheGuestMarksIt() throws Exception {
    open("sh", "-c", "stty -echo; cat -v");
    workbench.await("ctrl-] detaches ─");
    workbench.press(Key.paste("first\nsecond\n"));
    workbench.await("Paste 2 lines?");
    workbench.press(Key.character('n'));
    workbench.type("typed\n");
    workbench.await("typed");
    assertFalse(workbench.picture().contains("first"), workbench.picture());
    workbench.press(Key.paste("third\nfourth\n"));
    workbench.press(Key.character('y'));
    workbench.await("fourth");
    open("sh", "-c", "stty -echo; printf '\\033[?2004hready\\n'; cat -v");
    workbench.await("│ready");
    workbench.press(Key.paste("fifth\nsixth\n"));
    workbench.await("^[[200~fifth");
  }

  @Test
  void aGuestMayWriteToTheClipboardOnlyIfItIsAllowed() throws Exception {
    String wish = "printf '\\033]52;c;aGVsbG8=\\a'"; // hello
    open("sh", "-c", wish + "; read x; " + wish + "; sleep 100");
    workbench.await("wants your clipboard");
    assertEquals(List.of(), workbench.clipboard);
    workbench.press(DETACH);
    workbench.press(Key.character('C'));
    workbench.await("May web write to your clipboard?");
    workbench.press(Key.character('y'));
    workbench.await("hello", () -> workbench.clipboard.equals(List.of("hello")));
    workbench.press(Kind.ENTER);
    workbench.press(Kind.ENTER);
    workbench.await("hello", () -> workbench.clipboard.equals(List.of("hello", "hello")));
  }

  @Test
  void aRefusedClipboardStaysRefused() throws Exception {
    String wish = "printf '\\033]52;c;aGVsbG8=\\a'";
    open("sh", "-c", wish + "; read x; " + wish + "; echo done; sleep 100");
    workbench.await("wants your clipboard");
    workbench.press(DETACH);
    workbench.press(Key.character('C'));
    workbench.press(Key.character('n'));
    workbench.press(Kind.ENTER);
    workbench.press(Kind.ENTER);
    workbench.await("done");
    workbench.awaitGone("wants your clipboard");
    assertEquals(List.of(), workbench.clipboard);
  }

  @Test
  void aBellMarksTheTabUntilItIsSeen() throws Exception {
    open("sh", "-c", "sleep 1; printf '\\a'; sleep 100");
    shell();
    workbench.await("4 Consoles 2!");
    assertTrue(workbench.picture().contains("web:sh ! "), workbench.picture());
    workbench.press(DETACH);
    workbench.press(Key.character('['));
    workbench.awaitGone("!");
  }

  @Test
  void theGuestsTitleIsShownClean() throws Exception {
    open("sh", "-c", "printf '\\033]2;my\\033[31m title\\a'; sleep 100");
    workbench.await("web · ");
  }
}
