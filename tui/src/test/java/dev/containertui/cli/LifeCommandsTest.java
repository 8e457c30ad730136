package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.FileChange;
import dev.containertui.container.LogRecord;
import dev.containertui.error.EngineException;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands over containers, from their creation to their end. */
@Timeout(60)
class LifeCommandsTest {
  private static final Instant AT = Instant.parse("2026-01-21T23:00:00Z");
  private final CliFixture cli = new CliFixture();

  private FakeContainer container(String name) {
    cli.engine.containers().create(ContainerSpec.of("alpine").name(name).build());
    return cli.engine.containers.getLast();
  }

  private FakeContainer running(String name) {
    FakeContainer container = container(name);
    container.state = Optional.of(new ContainerState.Running(AT, 1));
    return container;
  }

  private void supervised() {
    cli.engine.pid = 1;
  }

  @Test
  void createMakesAContainerAndPrintsItsId() {
    Result result = cli.run("create", "--name", "web", "-i", "img", "sh", "-c", "x").expect(0);
    assertEquals(FakeEngine.HEX + "\n", result.out());
    ContainerSpec spec = cli.engine.containers.getLast().spec();
    assertEquals(List.of("sh", "-c", "x"), spec.arguments());
    assertTrue(spec.openStdin() && spec.stdinOnce());
    assertEquals(List.of(), cli.engine.life);
  }

  @Test
  void aCommandForEachIsTriedForAllAndFailsIfOneFails() {
    running("a");
    running("b");
    Result result = cli.run("stop", "-t", "3", "a", "gone", "b").expect(1);
    assertEquals("a\nb\n", result.out());
    assertTrue(result.err().contains("no such container: gone"), result.err());
    assertEquals(List.of("stop 3", "stop 3"), cli.engine.calls);
  }

  @Test
  void stopTakesTheContainersOwnTimeIfNoneIsGiven() {
    cli.engine
        .containers()
        .create(
            ContainerSpec.of("i")
                .name("slow")
                .stopTimeout(java.time.Duration.ofSeconds(42))
                .build());
    cli.run("stop", "slow").expect(0);
    cli.run("stop", "--time", "-1", "slow").expect(0);
    assertEquals("stop 42", cli.engine.calls.getFirst());
    assertEquals("stop " + 365L * 24 * 3600, cli.engine.calls.getLast());
  }

  @Test
  void stopWithASignalSendsItFirst() {
    FakeContainer c = container("a");
    cli.engine.program =
        p -> {
          p.awaitSignal();
          return 0;
        };
    c.play();
    c.state = Optional.of(new ContainerState.Running(AT, 1));
    cli.run("stop", "-s", "INT", "-t", "0", "a").expect(0);
    assertEquals(List.of("kill 2"), cli.engine.life);
    assertEquals(List.of("stop 0"), cli.engine.calls);
    cli.run("stop", "-s", "NOPE", "a").expect(1);
  }

  @Test
  void killSendsAnySignalByNameOrNumber() {
    running("a");
    cli.run("kill", "a").expect(0);
    cli.run("kill", "-s", "SIGHUP", "a").expect(0);
    cli.run("kill", "--signal=12", "a").expect(0);
    assertEquals(List.of("kill 9", "kill 1", "kill 12"), cli.engine.life);
    assertTrue(cli.run("kill", "-s", "FOO", "a").expect(1).err().contains("no signal FOO"));
  }

  @Test
  void pausesRestartsAndRenames() {
    supervised();
    FakeContainer c = running("a");
    cli.run("pause", "a").expect(0);
    cli.run("unpause", "a").expect(0);
    cli.run("restart", "-t", "5", "a").expect(0);
    assertEquals(List.of("pause a", "unpause a", "restart a 5"), cli.engine.life);
    assertEquals("", cli.run("rename", "a", "b").expect(0).out().replaceFirst("(a\n)*", ""));
    assertEquals("b", c.name());
    cli.run("rename", "a", "c").expect(1);
    cli.run("rename", "b").expect(2);
  }

  @Test
  void waitPrintsExitCodes() {
    FakeContainer c = container("a");
    cli.engine.program = p -> 7;
    c.play();
    assertEquals("7\n", cli.run("wait", "a").expect(0).out());
  }

  @Test
  void updateChangesOnlyWhatIsSaid() {
    running("a");
    cli.run("update", "--restart", "on-failure:3", "-m", "64m", "a").expect(0);
    assertTrue(cli.engine.calls.getFirst().contains("67108864"), cli.engine.calls.toString());
    assertTrue(cli.engine.calls.getFirst().contains("OnFailure"), cli.engine.calls.toString());
    assertTrue(cli.run("update", "a").expect(1).err().contains("one or more options"));
    cli.run("update", "--restart", "sometimes", "a").expect(1);
  }

  @Test
  void removingByForceIsNoFailureIfThereIsNothing() {
    container("a");
    Result result = cli.run("rm", "-f", "-v", "gone", "a", "a").expect(0);
    assertEquals("a\n", result.out());
    assertTrue(result.err().contains("no such container: gone"), result.err());
    cli.run("rm", "gone").expect(1);
    cli.run("rm").expect(2);
  }

  @Test
  void startLeavesWhatRunsAlone() {
    supervised();
    container("a");
    running("b");
    assertEquals("a\nb\n", cli.run("start", "a", "b").expect(0).out());
    assertEquals(List.of("start a"), cli.engine.life);
  }

  @Test
  void startInAnEngineOfItsOwnNeedsAnAttachment() {
    container("a");
    Result refused = cli.run("start", "a").expect(1);
    assertTrue(refused.err().contains("add -a"), refused.err());
    cli.engine.program =
        p -> {
          p.stdout.write("out".getBytes(StandardCharsets.UTF_8));
          return 5;
        };
    Result result = cli.run("start", "-a", "a").expect(5);
    assertEquals("out", result.out());
    assertEquals(List.of("attach a", "start a"), cli.engine.life);
    cli.run("start", "-a", "a", "b").expect(1);
  }

  @Test
  void startPassesInputOnIfTheContainerTakesIt() {
    cli.engine.containers().create(ContainerSpec.of("i").name("cat").openStdin(true).build());
    cli.in = new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8));
    cli.engine.program =
        p -> {
          p.stdin.transferTo(p.stdout);
          return 0;
        };
    assertEquals("typed", cli.run("start", "-ai", "cat").expect(0).out());
  }

  @Test
  void startingAndAttachingToWhatRunsOnlyAttaches() {
    supervised();
    FakeContainer c = running("a");
    cli.engine.program = p -> 6;
    c.play();
    cli.run("start", "-a", "a").expect(6);
    assertEquals(List.of("attach a"), cli.engine.life);
  }

  @Test
  void attachEndsWithTheProcess() {
    supervised();
    FakeContainer c = running("a");
    cli.engine.program =
        p -> {
          p.stdout.write("more".getBytes(StandardCharsets.UTF_8));
          return 3;
        };
    c.play();
    assertEquals("more", cli.run("attach", "a").expect(3).out());
  }

  @ParameterizedTest
  @CsvSource({"created,start -a", "paused,unpause"})
  void attachRefusesWhatDoesNotRun(String state, String hint) {
    FakeContainer c = container("a");
    c.state =
        Optional.of(
            state.equals("paused")
                ? new ContainerState.Paused(AT, 1)
                : new ContainerState.Created(AT));
    String err = cli.run("attach", "a").expect(1).err();
    assertTrue(err.contains("you cannot attach") && err.contains(hint), err);
  }

  @Test
  void execRunsACommandWithItsStreamsAndExitCode() {
    FakeContainer c = running("a");
    c.execProgram =
        p -> {
          p.stdin.transferTo(p.stdout);
          p.stderr.write("noise".getBytes(StandardCharsets.UTF_8));
          return 4;
        };
    cli.environment.put("HERE", "h");
    cli.in = new ByteArrayInputStream("data".getBytes(StandardCharsets.UTF_8));
    Result result =
        cli.run(
                "exec", "-i", "-e", "A=1", "-e", "HERE", "-u", "me", "-w", "/w", "a", "cmd", "-x",
                "--y")
            .expect(4);
    assertEquals("data", result.out());
    assertEquals("noise", result.err());
    String spec = cli.engine.calls.getFirst();
    assertTrue(spec.contains("command=[cmd, -x, --y]"), spec);
    assertTrue(spec.contains("A=1") && spec.contains("HERE=h"), spec);
    assertTrue(spec.contains("Optional[/w]") && spec.contains("Optional[me]"), spec);
  }

  @ParameterizedTest
  @CsvSource({"COMMAND_NOT_FOUND,127", "NOT_EXECUTABLE,126", "CONFLICT,1"})
  void execFailsWithDockersExitCodes(EngineException.Kind kind, int code) {
    running("a");
    cli.engine.startFailure = Optional.of(new EngineException(kind, "no"));
    cli.run("exec", "a", "x").expect(code);
  }

  @Test
  void aDetachedExecDoesNotWait() {
    FakeContainer c = running("a");
    c.execProgram =
        p -> {
          Thread.sleep(600_000);
          return 0;
        };
    assertEquals("", cli.run("exec", "-d", "a", "sleep").expect(0).out());
    assertTrue(c.lastExec.isAlive());
    c.lastExec.end(0);
  }

  @Test
  void execNeedsACommandAndATerminalForIt() {
    running("a");
    cli.run("exec", "a").expect(2);
    assertTrue(cli.run("exec", "-it", "a", "sh").expect(1).err().contains("need a terminal"));
  }

  @Test
  void logsKeepTheTwoOutputsApart() {
    FakeContainer c = container("a");
    c.log =
        List.of(
            record(0, LogRecord.Stream.OUT, "one\ntw"),
            record(1, LogRecord.Stream.ERR, "bad\n"),
            record(2, LogRecord.Stream.OUT, "o\nthree"));
    Result plain = cli.run("logs", "a").expect(0);
    assertEquals("one\ntwo\nthree", plain.out());
    assertEquals("bad\n", plain.err());
  }

  @Test
  void timesStandAtTheBeginningOfLinesOnly() {
    FakeContainer c = container("a");
    c.log =
        List.of(record(0, LogRecord.Stream.OUT, "one\ntw"), record(2, LogRecord.Stream.OUT, "o\n"));
    assertEquals(
        """
        1970-01-01T00:00:00.000000000Z one
        1970-01-01T00:00:00.000000000Z two
        """,
        cli.run("logs", "-t", "a").expect(0).out());
  }

  @Test
  void logsAskForWhatIsWanted() {
    container("a");
    cli.run("logs", "-f", "--tail", "5", "--since", "10m", "--until", "1769000000", "a").expect(0);
    String query = cli.engine.calls.getFirst();
    assertTrue(query.contains("follow=true"), query);
    assertTrue(query.contains("since=Optional[2026-01-21T23:50:00Z]"), query);
    assertTrue(query.contains("tail=OptionalLong[5]"), query);
    cli.run("logs", "--tail", "many", "a").expect(1);
    cli.run("logs", "--since", "never", "a").expect(1);
  }

  @Test
  void logsThatNobodyReadsEndQuietly() {
    container("a").log = List.of(record(0, LogRecord.Stream.OUT, "x"));
    cli.out = CliFixture.brokenPipe();
    assertEquals("", cli.run("logs", "a").expect(141).err());
  }

  @Test
  void diffPrintsKindsAndPaths() {
    container("a").files.changes =
        List.of(
            new FileChange(FileChange.Kind.MODIFIED, "/etc"),
            new FileChange(FileChange.Kind.ADDED, "/etc/x\u001b"),
            new FileChange(FileChange.Kind.DELETED, "/bin/y"));
    assertEquals("C /etc\nA /etc/x?\nD /bin/y\n", cli.run("diff", "a").expect(0).out());
  }

  @Test
  void commitSaysWhatToMake() {
    container("a");
    Result result =
        cli.run("commit", "-a", "me", "-m", "why", "-c", "USER x", "-p=false", "a", "new:1")
            .expect(0);
    assertEquals("sha256:" + FakeEngine.HEX + "\n", result.out());
    assertEquals(
        "commit CommitSpec[reference=Optional[new:1], author=Optional[me], comment=Optional[why],"
            + " changes=[USER x], pause=false]",
        cli.engine.calls.getFirst());
    cli.run("commit", "a").expect(0);
    assertTrue(cli.engine.calls.getLast().contains("pause=true"));
  }

  @Test
  void exportWritesToAFileOrAPipeButNotToATerminal(@TempDir Path temp) throws Exception {
    container("a");
    assertEquals("the file system", cli.run("export", "a").expect(0).out());
    Path file = temp.resolve("a.tar");
    Files.writeString(file, "old and longer than what comes");
    cli.run("export", "-o", file.toString(), "a").expect(0);
    assertEquals("the file system", Files.readString(file));
    try (var files = Files.list(temp)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
    cli.terminal = true;
    assertTrue(cli.run("export", "a").expect(1).err().contains("refusing to save to a terminal"));
    cli.run("export", "-o", temp.toString(), "a").expect(1);
    cli.terminal = false;
    cli.out = CliFixture.brokenPipe();
    cli.run("export", "a").expect(141);
  }

  @Test
  void portTellsWhereTheHostListens() {
    FakeContainer web = running("a");
    web.ports =
        List.of(
            new PublishedPort("127.0.0.1", 8080, ContainerPort.parse("80")),
            new PublishedPort("0.0.0.0", 5300, ContainerPort.parse("53/udp")),
            new PublishedPort("0.0.0.0", 8080, ContainerPort.parse("80")));
    assertEquals(
        """
        53/udp -> 0.0.0.0:5300
        80/tcp -> 0.0.0.0:8080
        80/tcp -> 127.0.0.1:8080
        """,
        cli.run("port", "a").expect(0).out());
    String web80 = cli.run("port", "a", "80/tcp").expect(0).out();
    assertTrue(web80.endsWith("\n0.0.0.0:8080\n127.0.0.1:8080\n"), web80);
    String dns = cli.run("port", "a", "53/udp").expect(0).out();
    assertTrue(dns.endsWith("\n0.0.0.0:5300\n"), dns);
    String err = cli.run("port", "a", "53").expect(1).err();
    assertTrue(err.contains("no public port '53/tcp' published for a"), err);
    cli.run("port", "a", "x").expect(2);
    cli.run("port", "gone").expect(1);
    container("b");
    assertEquals(dns, cli.run("port", "b").expect(0).out());
    assertTrue(cli.run("port", "b", "80").expect(1).err().contains("it does not run"));
  }

  @Test
  void theGroupsHaveTheSameCommandsUnderDockersNames() {
    container("a");
    assertTrue(cli.run("container", "ls", "-a").expect(0).out().contains("alpine"));
    cli.run("container", "rm", "a").expect(0);
    cli.run("container", "run", "--nope", "img").expect(125);
    cli.run("container", "exec", "a").expect(2);
    Result which = cli.run("container").expect(2);
    assertTrue(which.err().contains("which of attach, commit"), which.err());
    assertTrue(cli.run("image", "ls", "--help").expect(0).out().contains("container-tui image ls"));
    assertFalse(cli.run("--help").expect(0).out().contains("\u001b"));
  }

  private static LogRecord record(long second, LogRecord.Stream stream, String text) {
    return new LogRecord(
        Instant.ofEpochSecond(second), stream, text.getBytes(StandardCharsets.UTF_8));
  }
}
