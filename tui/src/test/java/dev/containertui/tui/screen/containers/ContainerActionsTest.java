package dev.containertui.tui.screen.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.Programs;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.vt.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keys ask for, and what they say; that it is done is seen with an engine. */
class ContainerActionsTest {
  private final Programs scene = Scene.of(120, 40);

  private Shell.Equivalent did() {
    return scene.state.get(Shell.SLOT).lastCommand().orElseThrow();
  }

  private String notice() {
    return scene.state.get(Shell.SLOT).notice().orElseThrow().text();
  }

  private List<String> deeds() {
    return scene.effectNames().stream().filter(n -> !n.contains("log")).toList();
  }

  @Test
  void anActionIsForTheSelectedOne() {
    scene.type("s");
    assertEquals(List.of("stopping web"), deeds());
    assertEquals(new Shell.Equivalent("container-tui stop web", "c(\"web\").stop()"), did());
    assertEquals("stopping web …", notice());
  }

  @Test
  void anActionIsForAllThatAreMarked() {
    scene.type("  s");
    assertEquals(List.of("stopping web, database"), deeds());
    assertEquals("container-tui stop web database", did().commandLine());
    assertEquals("c(\"web\").stop(); c(\"database\").stop()", did().jshell());
  }

  @Test
  void whatDoesNotRunIsNotStopped() {
    scene.type("jjjs");
    assertEquals(List.of(), deeds());
    assertEquals("nothing to stop: it does not run", notice());
  }

  @Test
  void onlyWhatRestsIsStarted() {
    scene.type(" jj S");
    assertEquals(List.of("starting batch"), deeds());
  }

  @Test
  void whatRunsIsPausedAndWhatIsPausedGoesOn() {
    scene.type("p");
    scene.type("jjp");
    assertEquals(List.of("pausing web", "unpausing worker"), deeds());
  }

  @Test
  void removingAsksFirstAndNamesEach() {
    scene.type("  d");
    assertTrue(scene.picture().contains("Remove 2 containers?"), scene.picture());
    assertTrue(scene.picture().contains("database  runs"), scene.picture());
    assertEquals(List.of(), deeds());
    scene.type("n");
    assertEquals(List.of(), deeds());
    scene.type("dy");
    assertEquals(List.of("removing web, database"), deeds());
    assertEquals("container-tui rm -f web database", did().commandLine());
    assertTrue(scene.state.get(ContainersScreen.TABLE).marked().isEmpty());
  }

  @Test
  void whatRestsIsRemovedWithoutForce() {
    scene.type("jjjdy");
    assertEquals("container-tui rm batch", did().commandLine());
  }

  @Test
  void removingTellsOfMarkedOnesThatAFilterHides() {
    scene.type("  /batch");
    scene.press(Key.Kind.ENTER);
    scene.type(" d");
    assertTrue(scene.picture().contains("Remove 3 containers?"), scene.picture());
    assertTrue(scene.picture().contains("The filter hides 2 of them."), scene.picture());
  }

  @Test
  void killingAsksFirst() {
    scene.type("K");
    assertTrue(scene.picture().contains("Kill web?"), scene.picture());
    scene.type("y");
    assertEquals(List.of("killing web"), deeds());
  }

  @Test
  void pruningNamesWhatGoes() {
    scene.type("P");
    String picture = scene.picture();
    assertTrue(picture.contains("Remove all 4 containers that do not run?"), picture);
    assertTrue(picture.contains("batch") && picture.contains("fresh"), picture);
    scene.type("y");
    assertEquals(List.of("prune containers"), deeds());
  }

  @Test
  void renamingBeginsWithTheName() {
    scene.type("m2");
    scene.press(Key.Kind.ENTER);
    assertEquals("container-tui rename web web2", did().commandLine());
    assertEquals("c(\"web\").rename(\"web2\")", did().jshell());
  }

  @Test
  void runningAnotherOneTakesArguments() {
    scene.type("osh -c 'echo \"a b\"'");
    scene.press(Key.Kind.ENTER);
    assertEquals("container-tui run -dit busybox:1.36 sh -c 'echo \"a b\"'", did().commandLine());
    assertEquals(
        "run(\"busybox:1.36\", \"sh\", \"-c\", \"echo \\\"a b\\\"\").detach()", did().jshell());
    assertEquals(List.of("run busybox:1.36"), deeds());
  }

  @Test
  void anOpenQuoteIsAnError() {
    scene.type("osh 'x");
    scene.press(Key.Kind.ENTER);
    assertEquals(List.of(), deeds());
    assertEquals("a quote ' is left open", notice());
  }

  @Test
  void committingProposesAName() {
    scene.type("c");
    scene.press(Key.Kind.ENTER);
    assertEquals("container-tui commit web web:latest", did().commandLine());
  }

  @Test
  void aShellAndAnAttachmentSayThemselves() {
    scene.type("e");
    assertEquals("container-tui exec -it web sh", did().commandLine());
    scene.type("a");
    assertEquals("container-tui attach web", did().commandLine());
    scene.type("xls -l");
    scene.press(Key.Kind.ENTER);
    assertEquals("container-tui exec -it web ls -l", did().commandLine());
    assertEquals("c(\"web\").exec(\"ls\", \"-l\")", did().jshell());
  }

  @Test
  void shellsAndCommandsAreForAllThatAreMarked() {
    scene.type("  e");
    assertEquals(
        "container-tui exec -it web sh; container-tui exec -it database sh", did().commandLine());
    assertEquals("c(\"web\").shell(); c(\"database\").shell()", did().jshell());
    assertEquals(List.of("open console", "open console"), deeds());
  }

  @Test
  void whoDoesNotRunAmongTheMarkedIsTold() {
    scene.type("  j e");
    assertEquals(List.of("open console", "open console"), deeds());
    assertEquals("not for the one that does not run", notice());
  }

  @Test
  void aCommandIsAskedForOnceAndRunsInAllThatAreMarkedAndRun() {
    scene.type("  j x");
    assertTrue(scene.picture().contains("execute in web, database: "), scene.picture());
    scene.type("ls -l");
    scene.press(Key.Kind.ENTER);
    assertEquals(List.of("open console", "open console"), deeds());
    assertEquals(
        "c(\"web\").exec(\"ls\", \"-l\"); c(\"database\").exec(\"ls\", \"-l\")", did().jshell());
  }

  @Test
  void whatIsForOneAtATimeIsNotDoneToOneOfSeveral() {
    scene.type("  ");
    for (String key : List.of("m", "c", "o")) {
      scene.type(key);
      assertTrue(notice().endsWith(" is for one at a time, and 2 are marked"), notice());
    }
    assertEquals(List.of(), deeds());
  }

  @Test
  void whatIsForOneAtATimeIsForTheMarkedOneWhereverTheSelectionIs() {
    scene.type(" m2");
    scene.press(Key.Kind.ENTER);
    assertEquals("container-tui rename web web2", did().commandLine());
  }

  @Test
  void thereIsNoShellInWhatDoesNotRun() {
    scene.type("jjje");
    assertEquals("batch does not run", notice());
    assertFalse(scene.state.get(Shell.SLOT).lastCommand().isPresent());
  }

  @Test
  void withoutContainersNothingIsDone() {
    Programs none = Scene.of(120, 40, List.of());
    none.type("sSrpKdxomcyYeaP");
    assertEquals(List.of(), none.effectNames());
  }

  @Test
  void wordsAreCutAndQuotedAsShellsDo() {
    assertEquals(List.of("a", "b c", "", "d'e"), Words.split("a 'b c' \"\" d\\'e "));
    assertEquals("a 'b c' ''", Words.quoted(List.of("a", "b c", "")));
    assertEquals(List.of("it's"), Words.split(Words.quoted("it's")));
    assertEquals("\"a\\\"\\\\\\u000a\"", Words.java("a\"\\\n"));
  }
}
