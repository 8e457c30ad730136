package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunCommandTest {
  private final CliFixture cli = new CliFixture();

  private ContainerSpec specOf(String... arguments) {
    cli.run(arguments).expect(0);
    return cli.engine.containers.getLast().spec();
  }

  @Test
  void optionsStopAtTheImage() {
    ContainerSpec spec = specOf("run", "--rm", "img", "ls", "-l", "--rm", "--", "-x", "@file");
    assertEquals("img", spec.image());
    assertEquals(List.of("ls", "-l", "--rm", "--", "-x", "@file"), spec.arguments());
    assertTrue(spec.removeOnExit());
  }

  @Test
  void takesEveryOptionOver() throws Exception {
    Path kernel = Files.createTempFile("kernel", "");
    ContainerSpec spec =
        specOf(
            "run",
            "-i",
            "-e",
            "A=1=2",
            "-eB=",
            "-w",
            "/w",
            "-u",
            "me:us",
            "--name",
            "n1",
            "--entrypoint",
            "/e",
            "-h",
            "host",
            "--cpus",
            "1.5",
            "-m",
            "1.5g",
            "--platform",
            "linux/arm/v7",
            "--kernel",
            kernel.toString(),
            "--read-only",
            "-l",
            "a=b",
            "--label",
            "c",
            "img");
    assertEquals(Map.of("A", "1=2", "B", ""), spec.environment());
    assertEquals(Optional.of("/w"), spec.workingDirectory());
    assertEquals(Optional.of("me:us"), spec.user());
    assertEquals(Optional.of("n1"), spec.name());
    assertEquals(Optional.of(List.of("/e")), spec.entrypoint());
    assertEquals(Optional.of("host"), spec.hostname());
    assertEquals(1.5, spec.cpus().orElseThrow());
    assertEquals(3L << 29, spec.memoryBytes().orElseThrow());
    assertEquals("linux/arm/v7", spec.platform().orElseThrow().toString());
    assertEquals(Optional.of(kernel), spec.kernel());
    assertEquals(Map.of("a", "b", "c", ""), spec.labels());
    assertTrue(spec.openStdin() && spec.readOnlyRoot() && !spec.removeOnExit());
    assertEquals(List.of("pull img linux/arm/v7"), cli.engine.calls);
    Files.delete(kernel);
  }

  @Test
  void aKernelGoesByNameOrByFile() throws Exception {
    assertEquals(
        Optional.of(Path.of("/k")), specOf("run", "--kernel", "debian-6.1", "img").kernel());
    // There is such a file here, too: the sources.
    assertEquals(
        Optional.of(Path.of("pom.xml").toAbsolutePath()),
        specOf("run", "--kernel", "pom.xml", "img").kernel());
    Result unknown = cli.run("run", "--kernel", "lean", "img").expect(125);
    assertTrue(unknown.err().contains("no kernel is installed by that name"), unknown.err());
    assertTrue(unknown.err().contains("installed are: debian-6.1"), unknown.err());
    Result absent = cli.run("run", "--kernel", "./debian-6.1", "img").expect(125);
    assertTrue(absent.err().contains("--kernel ./debian-6.1: no such file"), absent.err());
  }

  @Test
  void anEmptyEntrypointDropsTheImagesOwn() {
    assertEquals(Optional.of(List.of()), specOf("run", "--entrypoint", "", "img").entrypoint());
    assertEquals(Optional.empty(), specOf("run", "img").entrypoint());
  }

  @Test
  void bootsOnlyWhereThatIsAskedFor() {
    assertTrue(!specOf("run", "img").coldBoot());
    assertTrue(specOf("run", "--cold-boot", "img").coldBoot());
  }

  @Test
  void booleansMayBeSpelledOut() {
    assertTrue(specOf("run", "--rm=true", "img").removeOnExit());
    assertTrue(!specOf("run", "--rm=false", "img").removeOnExit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-d img",
        "-w relative img",
        "--memory lots img",
        "-m 0 img",
        "--cpus 0 img",
        "--cpus x img",
        "--platform windows/amd64 img",
        "--platform a/b/c/d img",
        "--kernel /no/such img",
        "--name -x img",
        "-u a:b:c img",
        "--pull sometimes img",
        "--nope img",
        "-e =x img",
        "--env-file /no/such img",
        "-it img",
        ""
      })
  void malformedRequestsEndWith125BeforeAnythingHappens(String line) {
    String[] arguments = ("run " + line).strip().split(" ");
    Result result = cli.run(arguments).expect(125);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("container-tui: "), result.err());
    assertTrue(result.err().lines().count() <= 2, result.err());
    assertEquals(List.of(), cli.engine.calls);
    assertEquals(List.of(), cli.engine.containers);
  }

  @Test
  void environmentFilesFollowDockersRules(@TempDir Path temp) throws Exception {
    Path file = temp.resolve("env");
    Files.writeString(
        file,
        "\uFEFFFIRST=1\r\n# comment\n\n  INDENTED= kept \"as is\" \nHERE\nABSENT\nEMPTY=\nBOTH=file\n#X=1\nA=x=y#z\n");
    cli.environment.put("HERE", "from here");
    ContainerSpec spec = specOf("run", "-e", "BOTH=option", "--env-file", file.toString(), "img");
    assertEquals(
        Map.of(
            "FIRST",
            "1",
            "INDENTED",
            " kept \"as is\" ",
            "HERE",
            "from here",
            "EMPTY",
            "",
            "BOTH",
            "option",
            "A",
            "x=y#z"),
        spec.environment());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=value", "TWO WORDS=x", "TRAILING =x"})
  void badEnvironmentFilesAreRefusedWithTheirLine(String line, @TempDir Path temp)
      throws Exception {
    Path file = temp.resolve("env");
    Files.writeString(file, "OK=1\n" + line + "\n");
    String err = cli.run("run", "--env-file", file.toString(), "img").expect(125).err();
    assertTrue(err.contains(file + ", line 2"), err);
  }

  @Test
  void anEnvironmentFileThatIsNotTextIsRefused(@TempDir Path temp) throws Exception {
    Path file = temp.resolve("env");
    Files.write(file, new byte[] {'A', '=', (byte) 0xff});
    assertTrue(
        cli.run("run", "--env-file", file.toString(), "i").expect(125).err().contains("UTF-8"));
  }

  @Test
  void pullsOnlyWhatIsMissing() {
    cli.run("run", "img").expect(0);
    cli.run("run", "img").expect(0);
    assertEquals(List.of("pull img"), cli.engine.calls);
    cli.run("run", "--pull", "always", "img").expect(0);
    assertEquals(List.of("pull img", "pull img"), cli.engine.calls);
    cli.run("run", "--pull=never", "other").expect(125);
    assertEquals(2, cli.engine.calls.size());
  }

  @Test
  void withoutAKernelItSaysHowToGetOneBeforeItPulls() {
    cli.engine.kernels.clear();
    String err = cli.run("run", "img").expect(125).err();
    assertTrue(err.contains("kernel") && err.contains("hint: container-tui kernel install"), err);
    assertEquals(List.of(), cli.engine.calls);
  }

  @Test
  void outputsStayApartAndTheExitCodeIsTheContainers() {
    cli.engine.program =
        p -> {
          p.stdout.write("data\n".getBytes(StandardCharsets.UTF_8));
          p.stderr.write("noise\n".getBytes(StandardCharsets.UTF_8));
          return 42;
        };
    Result result = cli.run("run", "-q", "img").expect(42);
    assertEquals("data\n", result.out());
    assertEquals("noise\n", result.err());
  }

  @Test
  void bytesPassUnchangedAndEndOfInputIsPassedOn() {
    byte[] bytes = new byte[3_000_001];
    new Random(1).nextBytes(bytes);
    cli.in = new ByteArrayInputStream(bytes);
    cli.engine.program =
        p -> {
          p.stdin.transferTo(p.stdout);
          return 0;
        };
    cli.run("run", "-q", "-i", "img").expect(0);
    assertArrayEquals(bytes, ((ByteArrayOutputStream) cli.out).toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "COMMAND_NOT_FOUND,127",
    "NOT_EXECUTABLE,126",
    "UNAVAILABLE,125",
    "INTERNAL,125",
    "CANCELLED,130"
  })
  void failuresToStartHaveDockersExitCodes(Kind kind, int exitCode) {
    cli.engine.startFailure = Optional.of(new EngineException(kind, "cannot start /no/such"));
    String err = cli.run("run", "-q", "--rm", "img", "/no/such").expect(exitCode).err();
    assertEquals("container-tui: cannot start /no/such\n", err);
    assertEquals(List.of(), cli.engine.containers);
  }

  @Test
  void aContainerThatDidNotStartStaysUnlessItIsToBeRemoved() {
    cli.engine.startFailure = Optional.of(new EngineException(Kind.COMMAND_NOT_FOUND, "no"));
    cli.run("run", "img").expect(127);
    assertEquals(1, cli.engine.containers.size());
  }

  @Test
  void aSignalDuringTheStartIsNeverLost() {
    cli.engine.beforeStart = () -> cli.raise("TERM");
    cli.engine.program =
        p -> {
          Thread.sleep(60_000);
          return 0;
        };
    cli.run("run", "--rm", "img").expect(143);
    assertEquals(List.of(), cli.engine.containers);
    assertTrue(cli.engine.closed);
  }

  @Test
  void signalsArePassedOn() {
    cli.engine.program =
        p -> {
          cli.raiseWhenAttached("INT");
          cli.raiseWhenAttached("USR1");
          return p.awaitSignal() * 100 + p.awaitSignal();
        };
    cli.run("run", "img").expect(2 * 100 + 10);
  }

  @Test
  void theThirdInterruptStopsAContainerThatIgnoresThem() {
    cli.terminal = true;
    cli.engine.program =
        p -> {
          cli.raiseWhenAttached("INT");
          cli.raiseWhenAttached("INT");
          cli.raiseWhenAttached("INT");
          Thread.sleep(60_000);
          return 0;
        };
    String err = cli.run("run", "-q", "img").expect(137).err();
    assertTrue(err.contains("press Ctrl-C once more"), err);
    assertEquals(List.of("pull img", "stop 1"), cli.engine.calls);
  }

  @Test
  void terminationStopsTheContainer() {
    cli.engine.program =
        p -> {
          cli.raiseWhenAttached("TERM");
          Thread.sleep(60_000);
          return 0;
        };
    cli.run("run", "img").expect(137);
    assertEquals(List.of("pull img", "stop 10"), cli.engine.calls);
  }

  @Test
  void anOutputThatNobodyReadsEndsTheContainer() {
    cli.out = CliFixture.brokenPipe();
    cli.engine.program =
        p -> {
          while (true) {
            p.stdout.write("y\n".getBytes(StandardCharsets.UTF_8));
          }
        };
    cli.run("run", "-q", "img").expect(141);
    assertTrue(cli.engine.calls.contains("stop 0"));
  }

  @Test
  void theEngineIsClosedWhateverHappens() {
    cli.engine.startFailure = Optional.of(new EngineException(Kind.TIMEOUT, "no answer"));
    cli.run("run", "img").expect(125);
    assertTrue(cli.engine.closed);
  }
}
