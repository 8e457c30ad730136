package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine.Finding;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandsTest {
  private final CliFixture cli = new CliFixture();

  @Test
  void versionAndHelpNeedNoEngine() {
    assertTrue(cli.run("version").expect(0).out().startsWith("container-tui 0."));
    cli.run("--version").expect(0);
    cli.run("--help").expect(0);
    cli.run("completion", "bash").expect(0);
    assertEquals(0, cli.opened);
  }

  @Test
  void theVersionIsThatOfTheBuild() throws Exception {
    var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    var version = pom.getElementsByTagName("version").item(0).getTextContent();
    assertEquals(version, Version.NUMBER);
  }

  @ParameterizedTest
  @EnumSource(Commands.class)
  void everyCommandExplainsItself(Commands command) {
    Result result = cli.run(command.word(), "--help").expect(0);
    assertTrue(result.out().contains("container-tui " + command.word()), result.out());
    assertTrue(
        result.out().contains("example") || result.out().contains("exit code"), result.out());
    assertEquals("", result.err());
  }

  @Test
  void helpListsEveryCommand() {
    String help = cli.run("--help").expect(0).out();
    for (Commands command : Commands.values()) {
      assertTrue(help.contains("\n  " + command.word() + " "), command.word());
    }
    assertFalse(help.contains("\u001b"), "colour without a terminal");
  }

  @Test
  void noCommandWithoutATerminalPrintsUsageOnStderr() {
    Result result = cli.run().expect(2);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("usage: container-tui"), result.err());
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    Result result = cli.run("imagse").expect(2);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("container-tui: unknown command: imagse\nhint: "));
    assertTrue(result.err().contains("did you mean 'image"), result.err());
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertTrue(cli.run("images", "--nope").expect(2).err().contains("unknown option: --nope"));
    assertTrue(cli.run("rmi").expect(2).err().contains("IMAGE"));
    cli.run("images", "--format", "yaml").expect(2);
  }

  @Test
  void listsImagesAsDockerDoes() {
    cli.engine.images.add(FakeEngine.image("alpine:3.20"));
    assertEquals(
        """
        REPOSITORY   TAG    IMAGE ID       CREATED       SIZE
        alpine       3.20   0123456789ab   3 weeks ago   3.46MB
        """,
        cli.run("images").expect(0).out());
  }

  @Test
  void listsIdsAlone() {
    cli.engine.images.add(FakeEngine.image("alpine:3.20"));
    cli.engine.images.add(FakeEngine.image("other:1"));
    assertEquals("0123456789ab\n", cli.run("images", "-q").expect(0).out());
  }

  @Test
  void listsAreJsonArraysOnDemand() {
    assertEquals("[]\n", cli.run("images", "--format", "json").expect(0).out());
  }

  @Test
  void jsonRowsCarryExactFigures() {
    cli.engine.images.add(FakeEngine.image("alpine:3.20"));
    String json = cli.run("images", "--format=json").expect(0).out();
    assertTrue(json.contains("\"Repository\":\"alpine\",\"Tag\":\"3.20\""), json);
    assertTrue(json.contains("\"SizeBytes\":3456789"), json);
  }

  @Test
  void namesFromOutsideCannotMoveTheCursor() {
    ImageSummary evil = FakeEngine.image("x");
    cli.engine.images.add(
        new ImageSummary(
            evil.id(),
            evil.digest(),
            List.of("evil\u001b[2J:1"),
            evil.platform(),
            1,
            Optional.empty()));
    assertFalse(cli.run("images").expect(0).out().contains("\u001b"));
  }

  @Test
  void pullPrintsOnlyTheNameOnStdout() {
    Result result = cli.run("pull", "alpine:3").expect(0);
    assertEquals("docker.io/library/alpine:3\n", result.out());
    assertTrue(result.err().contains("1 layers, 1kB"), result.err());
    assertFalse(result.err().contains("\u001b"), result.err());
    assertTrue(cli.engine.closed);
  }

  @Test
  void quietPullSaysNothingOnStderr() {
    assertEquals("", cli.run("pull", "-q", "alpine:3").expect(0).err());
  }

  @Test
  void pullOnATerminalShowsBarsAndRemovesThem() {
    cli.terminal = true;
    String err = cli.run("pull", "alpine:3").expect(0).err();
    assertTrue(err.contains("[") && err.contains("\u001b[J"), err);
    assertTrue(err.endsWith("pulled sha256:" + FakeEngine.HEX + ", 3.46MB\n"), err);
  }

  @Test
  void noColorMeansNoEscapeSequences() {
    cli.terminal = true;
    cli.environment.put("NO_COLOR", "1");
    assertFalse(cli.run("pull", "alpine:3").expect(0).err().contains("\u001b"));
    assertFalse(cli.run("--help").expect(0).out().contains("\u001b"));
  }

  @Test
  void aFailureIsOneLineAndAHint() {
    cli.engine.registry =
        name -> {
          throw FakeEngine.notFound("image", "bad\u001b[2J\nname");
        };
    Result result = cli.run("pull", "x").expect(1);
    assertTrue(
        result
            .err()
            .endsWith("container-tui: no such image: bad?[2J name\nhint: list what there is\n"),
        result.err());
    assertEquals("", result.out());
  }

  @Test
  void aCancelledPullEndsWith130() {
    cli.engine.registry =
        name -> {
          try {
            cli.raise("INT");
            Thread.sleep(30_000);
            return FakeEngine.image(name);
          } catch (InterruptedException e) {
            throw new EngineException(EngineException.Kind.CANCELLED, "pull of x cancelled");
          }
        };
    assertTrue(cli.run("pull", "x").expect(130).err().contains("pull of x cancelled"));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void debugPrintsTheStackTrace() {
    cli.engine.registry =
        name -> {
          throw new IllegalStateException("boom");
        };
    assertFalse(cli.run("pull", "x").expect(1).err().contains("\tat "));
    assertTrue(cli.run("--debug", "pull", "x").expect(1).err().contains("\tat "));
    assertTrue(cli.run("pull", "--debug", "x").expect(1).err().contains("\tat "));
  }

  @Test
  void rmiGoesOnAfterAFailure() {
    cli.engine.images.add(FakeEngine.image("there:1"));
    Result result = cli.run("rmi", "absent", "there:1").expect(1);
    assertTrue(result.out().contains("Untagged: there:1"), result.out());
    assertTrue(result.err().contains("no such image: absent"), result.err());
  }

  @Test
  void inspectPrintsAnArrayOfWhateverHasTheName() {
    cli.engine.images.add(FakeEngine.image("both"));
    cli.engine.containers().create(ContainerSpec.of("i").name("both").build());
    assertEquals("[\n{\"container\":\"both\"}\n]\n", cli.run("inspect", "both").expect(0).out());
  }

  @Test
  void inspectOfATypeSkipsTheOther() {
    cli.engine.images.add(FakeEngine.image("both"));
    cli.engine.containers().create(ContainerSpec.of("i").name("both").build());
    String out = cli.run("inspect", "--type", "image", "both").expect(0).out();
    assertEquals("[\n{\"image\":\"both\"}\n]\n", out);
    Result absent = new CliFixture().run("inspect", "absent").expect(1);
    assertEquals("[]\n", absent.out());
  }

  @Test
  void psAndRmKnowContainersByName() {
    cli.engine.containers().create(ContainerSpec.of("alpine").name("web").arguments("sh").build());
    String table = cli.run("ps", "-a").expect(0).out();
    assertTrue(
        table.contains("0123456789ab   alpine   \"sh\"      3 weeks ago   Created           web"),
        table);
    assertTrue(cli.run("rm", "web").expect(0).out().endsWith("web\n"));
    assertTrue(cli.engine.containers.isEmpty());
    cli.run("rm", "web").expect(1);
  }

  @Test
  void psShowsTheImagesCommandWhereNoneWasGiven() {
    cli.engine.containers().create(ContainerSpec.of("alpine").name("web").build());
    String table = cli.run("ps", "-a").expect(0).out();
    assertTrue(table.contains("0123456789ab   alpine   \"image-command\"   3 weeks ago"), table);
  }

  @Test
  void doctorFailsOnlyIfThereIsAProblem() {
    cli.engine.findings.add(new Finding(Finding.Level.NOTE, "KVM", "not usable", "add yourself"));
    assertTrue(cli.run("doctor").expect(0).out().contains("note     KVM  not usable"));
    cli.engine.findings.add(new Finding(Finding.Level.PROBLEM, "QEMU", "not there", ""));
    cli.run("doctor").expect(1);
  }

  @Test
  void kernelsAreListedAndInstalled() {
    assertTrue(cli.run("kernel", "list").expect(0).out().contains("debian-6.1   6.1.0"));
    CliFixture other = new CliFixture();
    Result result = other.run("kernel", "install").expect(0);
    assertEquals("new\n", result.out());
    assertTrue(result.err().contains("kernel: downloading"), result.err());
    other.run("kernel").expect(2);
  }

  @Test
  void kernelsAreBuiltAndChosen() {
    Result built = cli.run("kernel", "build").expect(0);
    assertEquals("lean-7\n", built.out());
    assertEquals(
        """
        kernel: configuring
        kernel: compiled 100 of about 1300 files
        kernel: compiled 200 of about 1300 files
        """,
        built.err());
    assertEquals("debian-6.1\n", new CliFixture().run("kernel", "default").expect(0).out());

    CliFixture other = new CliFixture();
    other.run("kernel", "build", "-q", "--mitigations=on", "--default").expect(0);
    assertEquals(List.of("build ON"), other.engine.calls);
    other.out = new ByteArrayOutputStream();
    assertEquals("lean-7\n", other.run("kernel", "default").expect(0).out());
    other.out = new ByteArrayOutputStream();
    assertEquals("debian-6.1\n", other.run("kernel", "default", "debian-6.1").expect(0).out());
    Result refused = other.run("kernel", "default", "lean-8").expect(1);
    assertTrue(refused.err().contains("lean-8"), refused.err());
    assertTrue(
        other
            .run("kernel", "build", "--mitigations=some")
            .expect(2)
            .err()
            .contains("on, off, auto"));
  }

  @Test
  void completionScriptsAreWellFormed() throws Exception {
    for (String shell : List.of("bash", "zsh")) {
      Path script = Files.createTempFile("completion", "." + shell);
      Files.writeString(script, new CliFixture().run("completion", shell).expect(0).out());
      assertEquals(0, new ProcessBuilder(shell, "-n", script.toString()).start().waitFor());
      Files.delete(script);
    }
    String fish = new CliFixture().run("completion", "fish").expect(0).out();
    assertTrue(fish.contains("complete -c container-tui -n __fish_use_subcommand -a run "), fish);
    assertTrue(fish.contains("-l pull -r -a 'missing always never'"), fish);
    assertTrue(fish.contains("'__fish_seen_subcommand_from template' -a prune"), fish);
  }

  @ParameterizedTest
  @CsvSource({
    "'container-tui,stop,w', 'web worker'",
    "'container-tui,--debug,rm,-f,wo', 'worker'",
    "'container-tui,container,logs,we', 'web'",
    "'container-tui,rmi,al', 'alpine:3'",
    "'container-tui,inspect,', 'web worker alpine:3'",
    "'container-tui,cp,web', 'web:'",
    "'container-tui,stop,--sig', '--signal'",
    "'container-tui,unp', 'unpause'",
    "'container-tui,image,his', 'history'"
  })
  void bashCompletesCommandsOptionsAndNames(String words, String expected, @TempDir Path temp)
      throws Exception {
    Path program = temp.resolve("container-tui");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$*" in
        "ps -a --format {{.Names}}") printf 'web\\nworker\\n' ;;
        "ps -a --format {{.Names}}:") printf 'web:\\nworker:\\n' ;;
        images*) echo alpine:3 ;;
        esac
        """);
    assertTrue(program.toFile().setExecutable(true));
    Path script = temp.resolve("completion");
    Files.writeString(script, new CliFixture().run("completion", "bash").expect(0).out());
    String[] line = words.split(",", -1);
    String array =
        Arrays.stream(line).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    ProcessBuilder bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ("source '%s'; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d;"
                        + " _names_container-tui; echo \"${COMPREPLY[@]}\"")
                    .formatted(script, array, line.length - 1))
            .redirectErrorStream(true);
    bash.environment().put("PATH", temp + ":" + System.getenv("PATH"));
    Process running = bash.start();
    String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(expected, out.strip());
  }

  @Test
  void fishAsksForNamesToo() {
    String fish = new CliFixture().run("completion", "fish").expect(0).out();
    String asks = "-a '(container-tui ps -a --format \\'{{.Names}}\\' 2>/dev/null)'";
    assertTrue(fish.contains(asks), fish);
    assertTrue(fish.contains("-l format -r -a 'table json'"), fish);
  }
}
