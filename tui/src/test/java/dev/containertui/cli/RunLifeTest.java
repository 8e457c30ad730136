package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.CliFixture.Result;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.HealthCheck;
import dev.containertui.container.LogOptions;
import dev.containertui.container.RestartPolicy;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PortRequest;
import dev.containertui.network.PortSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code run} says about a container's life after its start, and how it lets go of it. */
@Timeout(60)
class RunLifeTest {
  private final CliFixture cli = new CliFixture();

  private ContainerSpec specOf(String... arguments) {
    cli.run(arguments).expect(0);
    return cli.engine.containers.getLast().spec();
  }

  @Test
  void optionsAboutItsLifeReachTheContainer() {
    ContainerSpec spec =
        specOf(
            "create",
            "--restart",
            "on-failure:5",
            "--health-cmd",
            "curl localhost",
            "--health-interval",
            "1m30s",
            "--health-timeout=5s",
            "--health-start-period",
            "10s",
            "--health-retries",
            "2",
            "--stop-signal",
            "SIGQUIT",
            "--stop-timeout",
            "33",
            "--log-opt",
            "max-size=10m",
            "--log-opt",
            "max-file=3",
            "--add-host",
            "db:10.0.0.7",
            "--add-host=six=[::1]",
            "--init",
            "img");
    assertEquals(new RestartPolicy.OnFailure(5), spec.restartPolicy());
    assertEquals(
        Optional.of(
            new HealthCheck(
                List.of("/bin/sh", "-c", "curl localhost"),
                Duration.ofSeconds(90),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                HealthCheck.DEFAULT_START_INTERVAL,
                2)),
        spec.healthCheck());
    assertEquals(Optional.of("SIGQUIT"), spec.stopSignal());
    assertEquals(Duration.ofSeconds(33), spec.stopTimeout());
    assertEquals(new LogOptions(10 << 20, 3), spec.logOptions());
    assertEquals(List.of("db:10.0.0.7", "six:::1"), spec.hosts());
  }

  @Test
  void withoutThemTheImageAndTheEngineDecide() {
    ContainerSpec spec = specOf("create", "img");
    assertEquals(new RestartPolicy.No(), spec.restartPolicy());
    assertEquals(Optional.empty(), spec.healthCheck());
    assertEquals(Optional.empty(), spec.stopSignal());
    assertEquals(LogOptions.DEFAULT, spec.logOptions());
    ContainerSpec none = specOf("create", "--no-healthcheck", "img");
    assertEquals(List.of(), none.healthCheck().orElseThrow().command());
  }

  @Test
  void portsReachTheContainer() {
    PortSpec ports =
        specOf(
                "create",
                "-p",
                "8080:80",
                "--publish=127.0.0.1::53/udp",
                "-P",
                "--expose",
                "9-10",
                "img")
            .ports();
    assertEquals(
        List.of(
            new PortRequest("", 8080, 8080, ContainerPort.parse("80")),
            new PortRequest("127.0.0.1", 0, 0, ContainerPort.parse("53/udp"))),
        ports.published());
    assertTrue(ports.publishAll());
    assertEquals("[9/tcp, 10/tcp]", ports.exposed().toString());
    assertEquals(PortSpec.NONE, specOf("create", "img").ports());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p 0 img",
        "-p 65536:80 img",
        "-p 80-81:80-82 img",
        "-p 1-65535:1-65535 img",
        "-p [::1]:80:80 img",
        "-p 80:80 -p 80:81 img",
        "--expose 70000 img",
        "--restart sometimes img",
        "--restart always --rm img",
        "--health-interval 5 --health-cmd x img",
        "--health-interval 5s img",
        "--health-retries 0 --health-cmd x img",
        "--no-healthcheck --health-cmd x img",
        "--stop-signal SIGNOPE img",
        "--stop-timeout -1 img",
        "--log-opt max-size=1k img",
        "--log-opt max-file=0 img",
        "--log-opt colour=red img",
        "--add-host db img",
        "--add-host db:nowhere img",
        "--label-file /no/such img",
        "-a everything img",
        "-d -a stdout img",
        "--detach-keys ctrl-1 img",
        "--sig-proxy=maybe img",
      })
  void malformedOptionsAreRefusedBeforeAnythingHappens(String line) {
    cli.engine.pid = 1;
    Result result = cli.run(("run " + line).split(" "));
    assertTrue(result.exitCode() == 125 || result.exitCode() == 1, result.err());
    assertEquals(List.of(), cli.engine.calls);
    assertEquals(List.of(), cli.engine.containers);
  }

  @Test
  void labelsComeFromFilesToo(@TempDir Path temp) throws Exception {
    Path file = temp.resolve("labels");
    Files.writeString(file, "# comment\na=1\n\n  b\nc=x=y\n");
    assertEquals(
        Map.of("a", "2", "b", "", "c", "x=y"),
        specOf("create", "--label-file", file.toString(), "-l", "a=2", "img").labels());
  }

  @Test
  void theIdIsWrittenToAFileThatMustBeNew(@TempDir Path temp) throws Exception {
    Path file = temp.resolve("id");
    cli.run("create", "--cidfile", file.toString(), "img").expect(0);
    assertEquals(FakeEngine.HEX, Files.readString(file));
    Result refused = cli.run("run", "--cidfile", file.toString(), "img").expect(125);
    assertTrue(refused.err().contains("exists already"), refused.err());
    assertEquals(1, cli.engine.containers.size());
  }

  @Test
  void inTheBackgroundItPrintsTheIdAndLeaves() {
    cli.engine.pid = 1;
    cli.engine.program =
        p -> {
          Thread.sleep(600_000);
          return 0;
        };
    Result result = cli.run("run", "-d", "-q", "-i", "--restart", "always", "img").expect(0);
    assertEquals(FakeEngine.HEX + "\n", result.out());
    assertEquals(List.of("start calm_noether"), cli.engine.life);
    assertFalse(cli.engine.containers.getLast().spec().stdinOnce());
    assertTrue(cli.engine.containers.getLast().process().orElseThrow().isAlive());
  }

  @Test
  void withAnEngineOfItsOwnThereIsNoBackground() {
    Result refused = cli.run("run", "-d", "img").expect(125);
    assertTrue(refused.err().contains("-d is not available"), refused.err());
    assertTrue(refused.err().contains("hint: leave --embedded out"), refused.err());
    assertEquals(List.of(), cli.engine.calls);
  }

  @Test
  void attachesBeforeItStarts() {
    specOf("run", "img");
    assertEquals(List.of("attach calm_noether", "start calm_noether"), cli.engine.life);
  }

  @Test
  void onlyTheStreamsThatAreAskedForArePassedOn() {
    cli.engine.program =
        p -> {
          p.stdout.write("out".getBytes(StandardCharsets.UTF_8));
          p.stderr.write("err".getBytes(StandardCharsets.UTF_8));
          return 0;
        };
    Result result = cli.run("run", "-q", "-a", "STDERR", "img").expect(0);
    assertEquals("", result.out());
    assertEquals("err", result.err());
  }

  @Test
  void signalsOfAContainerThatLivesOnArePassedOnAndTheThirdLeavesIt() {
    cli.engine.pid = 1;
    cli.terminal = true;
    cli.engine.program =
        p -> {
          cli.raiseWhenAttached("INT");
          cli.raiseWhenAttached("TERM");
          cli.raiseWhenAttached("INT");
          Thread.sleep(600_000);
          return 0;
        };
    String err = cli.run("run", "-q", "img").expect(1).err();
    assertTrue(err.contains("once more to leave the container, which runs on"), err);
    assertFalse(cli.engine.calls.stream().anyMatch(c -> c.startsWith("stop")), "it runs on");
    assertTrue(cli.engine.containers.getLast().process().orElseThrow().isAlive());
  }

  @Test
  void withoutAProxyNobodyListensForSignals() {
    cli.engine.pid = 1;
    cli.engine.program =
        p -> {
          cli.awaitNobody("INT"); // the start listens, and may not be over
          Thread.sleep(300);
          return cli.listens("INT") ? 1 : 0;
        };
    cli.run("run", "-q", "--sig-proxy=false", "img").expect(0);
  }

  @Test
  void anOutputThatNobodyReadsLeavesAContainerThatLivesOn() {
    cli.engine.pid = 1;
    cli.out = CliFixture.brokenPipe();
    cli.engine.program =
        p -> {
          p.stdout.write("y\n".getBytes(StandardCharsets.UTF_8));
          Thread.sleep(600_000);
          return 0;
        };
    cli.run("run", "-q", "img").expect(141);
    assertTrue(cli.engine.containers.getLast().process().orElseThrow().isAlive());
    assertEquals(List.of("pull img"), cli.engine.calls);
  }
}
