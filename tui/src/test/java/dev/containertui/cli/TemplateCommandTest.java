package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.error.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateCommandTest {
  private static final String FIRST = "2f0c000000000001";
  private static final String SECOND = "2f1d000000000002";

  private final CliFixture cli = new CliFixture();

  private void haveTwo() {
    cli.engine.templates.all.add(FakeTemplates.template(FIRST));
    cli.engine.templates.all.add(FakeTemplates.template(SECOND));
  }

  @Test
  void listsWhatTheyAreAndWhatTheyUse() {
    haveTwo();
    cli.engine.templates.clones = 3;
    assertEquals(
        """
        TEMPLATE           IMAGE          KERNEL   ACCEL   CPUS   MEMORY   DISK     CLONES   PSS     CREATED       USED
        2f0c000000000001   any            6.1.0    tcg     1      512MiB   65.2MB   3        63MiB   7 weeks ago   3 weeks ago
        2f1d000000000002   5b64fb57169c   6.1.0    tcg     1      512MiB   65.2MB   3        63MiB   7 weeks ago   3 weeks ago
        """,
        cli.run("template", "list").expect(0).out());
  }

  @Test
  void listsNamesAlone() {
    haveTwo();
    assertEquals(FIRST + "\n" + SECOND + "\n", cli.run("template", "ls", "-q").expect(0).out());
  }

  @Test
  void listsAsJsonWithExactFigures() {
    assertEquals(
        "[]\n", new CliFixture().run("template", "ls", "--format", "json").expect(0).out());
    haveTwo();
    String json = cli.run("template", "ls", "--format=json").expect(0).out();
    assertTrue(json.contains("\"Name\":\"" + FIRST + "\",\"Directory\":\"/cache/templates/"), json);
    assertTrue(json.contains("\"MemoryBytes\":536870912,\"DiskBytes\":65200000"), json);
    assertTrue(json.contains("\"Clones\":0,\"ClonesPssBytes\":0"), json);
  }

  @Test
  void buildsForTheOptionsOfARun() {
    Result result =
        cli.run("template", "build", "--cpus", "1.5", "--memory", "1g", "--kernel", "debian-6.1");
    assertEquals(FIRST + "\n", result.expect(0).out());
    assertEquals(
        List.of("build Optional[1.5] Optional[1073741824] Optional[/k]"),
        cli.engine.templates.calls);
    assertTrue(result.err().startsWith("template: a machine boots"), result.err());
    assertTrue(result.err().contains("template: made in 0."), result.err());
    assertTrue(result.err().endsWith(" s, 65.2MB on disk\n"), result.err());
    assertTrue(cli.engine.closed);
  }

  @Test
  void saysWhenThereIsNothingToBuild() {
    haveTwo();
    Result result = cli.run("template", "build").expect(0);
    assertEquals(FIRST + "\n", result.out());
    assertTrue(result.err().endsWith("template: it is there already\n"), result.err());
    assertEquals(
        List.of("build Optional.empty Optional.empty Optional.empty"), cli.engine.templates.calls);
  }

  @Test
  void buildsQuietly() {
    assertEquals("", cli.run("template", "build", "-q").expect(0).err());
  }

  @Test
  void showsABootOnATerminalAndRemovesIt() {
    cli.terminal = true;
    String err = cli.run("template", "build").expect(0).err();
    assertTrue(err.contains("a machine boots") && err.contains("\u001b[J"), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cpus 0", "--cpus x", "--cpus 256", "--memory lots", "extra"})
  void refusesWhatIsMalformed(String options) {
    Result result = cli.run(("template build " + options).split(" ")).expect(2);
    assertTrue(result.err().contains("container-tui template build --help"), result.err());
    assertEquals(0, cli.opened);
  }

  @Test
  void refusesAKernelThatIsNotThere() {
    Result result = cli.run("template", "build", "--kernel", "debian-9").expect(1);
    assertTrue(result.err().contains("installed are: debian-6.1"), result.err());
    assertEquals(List.of(), cli.engine.templates.calls);
  }

  @Test
  void aCancelledBuildEndsWith130() {
    cli.engine.templates.beforeBuild =
        () -> {
          try {
            cli.raise("INT");
            Thread.sleep(30_000);
          } catch (InterruptedException e) {
            throw new EngineException(
                EngineException.Kind.CANCELLED, "making the template was cancelled");
          }
        };
    Result result = cli.run("template", "build").expect(130);
    assertEquals("", result.out());
    assertTrue(result.err().contains("making the template was cancelled"), result.err());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aBuildThatFailsSaysWhy() {
    cli.engine.templates.beforeBuild =
        () -> {
          throw new EngineException(
              EngineException.Kind.CONFLICT, "this template is being made by another start");
        };
    assertTrue(cli.run("template", "build").expect(1).err().contains("by another start"));
  }

  @Test
  void removesByUniqueBeginnings() {
    haveTwo();
    Result ambiguous = cli.run("template", "rm", "2f").expect(1);
    assertTrue(ambiguous.err().contains("more than one template begins with 2f"), ambiguous.err());
    Result some = cli.run("template", "rm", "2f0", "absent", "2f1").expect(1);
    assertEquals(FIRST + "\n" + SECOND + "\n", some.out());
    assertTrue(some.err().contains("no such template: absent"), some.err());
    assertEquals(List.of(), cli.engine.templates.all);
    cli.run("template", "rm").expect(2);
  }

  @Test
  void prunesAndSaysWhatThatFreed() {
    haveTwo();
    Result result = cli.run("template", "prune").expect(0);
    assertEquals(SECOND + "\n", result.out());
    assertEquals("template: removed 1, 65.2MB freed\n", result.err());
    Result all = cli.run("template", "prune", "--all").expect(0);
    assertEquals(SECOND + "\n" + FIRST + "\n", all.out());
    assertEquals(
        "template: removed 0, 0B freed\n", cli.run("template", "prune", "-a").expect(0).err());
    assertEquals("", cli.run("template", "prune", "-aq").expect(0).err());
  }

  @Test
  void needsAWord() {
    Result result = cli.run("template").expect(2);
    assertTrue(result.err().contains("which of build, list, rm and prune?"), result.err());
    cli.run("template", "frobnicate").expect(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "list", "rm", "prune"})
  void everyWordExplainsItself(String word) {
    Result result = cli.run("template", word, "--help").expect(0);
    assertTrue(result.out().contains("container-tui template " + word), result.out());
    assertTrue(result.out().contains("examples:"), result.out());
    assertEquals("", result.err());
    assertEquals(0, cli.opened);
  }
}
