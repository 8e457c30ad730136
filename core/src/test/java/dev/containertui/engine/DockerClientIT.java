package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.DockerCommand.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real docker command on a real engine with real machines: containers. */
@Timeout(300)
class DockerClientIT extends DockerSetting {
  private static final int MEBIBYTE = 1 << 20;

  @Test
  void introducesItself() throws Exception {
    assertEquals(
        "1.51 1.24 linux",
        docker.ok(
            "version", "-f", "{{.Server.APIVersion}} {{.Server.MinAPIVersion}} {{.Server.Os}}"));
    String info = docker.ok("info");
    assertTrue(info.contains("Server Version:"), info);
    assertTrue(info.contains("Docker Root Dir: " + config.directories().data()), info);
    assertFalse(info.contains("WARNING"), info);
    assertEquals("", docker.with("DOCKER_API_VERSION=1.24").ok("ps", "-q"));
    assertEquals("", docker.with("DOCKER_API_VERSION=1.41").ok("ps", "-q"));
  }

  @Test
  void worksForOlderClients() throws Exception {
    for (String version : List.of("1.24", "1.29", "1.41")) {
      DockerCommand old = docker.with("DOCKER_API_VERSION=" + version);
      Result both =
          old.runWith(
              "in ".getBytes(), "run", "-i", "--rm", image, "sh", "-c", "cat; echo e >&2; exit 3");
      assertEquals(3, both.exitCode(), version + ": " + both.err());
      assertEquals("in ", both.out());
      old.ok("run", "-d", "--name", "host", image, "sh", "-c", "echo said; sleep 1000");
      old.run("exec", "host", "sh", "-c", "exit 4").failed(4);
      assertEquals("in", old.runWith("in".getBytes(), "exec", "-i", "host", "cat").ok());
      awaitLog(old, "host", "said");
      assertEquals("host", old.ok("ps", "--format", "{{.Names}}"));
      old.ok("rm", "-f", "host");
    }
  }

  /** What a container writes comes to its log in its own time. */
  private static void awaitLog(DockerCommand docker, String name, String wanted) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!docker.ok("logs", name).equals(wanted) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    assertEquals(wanted, docker.ok("logs", name));
  }

  @Test
  void runsWithSeparateStreamsAndExitCodes() throws Exception {
    assertEquals("hi\n", docker.run("run", "--rm", image, "echo", "hi").ok());
    Result both = docker.run("run", "--rm", image, "sh", "-c", "echo out; echo err >&2; exit 3");
    assertEquals("err\n", both.failed(3));
    assertEquals("out\n", both.out());
    assertTrue(
        docker.run("run", "--rm", image, "nope").failed(127).contains("executable file not found"));
    assertTrue(docker.run("run", "--rm", image, "/etc").failed(126).contains("permission denied"));
    assertEquals("", docker.ok("ps", "-aq"));
  }

  @Test
  void passesOnWhatRunSays() throws Exception {
    String script = "echo $A $B $IMAGE; pwd; hostname; id -u; cat /etc/hosts | grep db";
    String said =
        docker.ok(
            "run",
            "--rm",
            "-e",
            "A=1",
            "--env",
            "B=two words",
            "-w",
            "/tmp",
            "-h",
            "moon",
            "-u",
            "7",
            "--add-host",
            "db:10.9.8.7",
            "-m",
            "64m",
            "--cpus",
            "0.5",
            "--label",
            "l=v",
            "--entrypoint",
            "/bin/sh",
            image,
            "-c",
            script);
    assertTrue(said.startsWith("1 two words yes\n/tmp\nmoon\n7\n"), said);
    assertTrue(said.contains("10.9.8.7"), said);
    Result readOnly = docker.run("run", "--rm", "--read-only", image, "touch", "/x");
    assertTrue(readOnly.failed(1).contains("Read-only"), readOnly.err());
  }

  @Test
  void refusesWhatMachinesDoNotHave() throws Exception {
    for (List<String> option :
        List.of(
            List.of("-v", "/tmp:/x"),
            List.of("--privileged"),
            List.of("--network", "host"),
            List.of("--cap-add", "SYS_ADMIN"),
            List.of("--mount", "type=bind,src=/tmp,dst=/x"),
            List.of("--pid", "host"))) {
      String[] command = new String[option.size() + 4];
      command[0] = "run";
      command[1] = "--rm";
      System.arraycopy(option.toArray(), 0, command, 2, option.size());
      command[command.length - 2] = image;
      command[command.length - 1] = "true";
      String said = docker.run(command).failed(125);
      assertTrue(said.contains("this engine does not have"), said);
    }
    assertEquals("", docker.ok("ps", "-aq"));
  }

  @Test
  void publishesPorts() throws Exception {
    docker.ok(
        "run",
        "-d",
        "--name",
        "web",
        "-p",
        "127.0.0.1::80",
        "-P",
        "--expose",
        "81",
        "--expose",
        "53/udp",
        image,
        "nc",
        "-ll",
        "-p",
        "80",
        "-e",
        "echo",
        "hello");
    String host = docker.ok("port", "web", "80");
    assertTrue(host.matches("127\\.0\\.0\\.1:[0-9]+"), host);
    assertTrue(docker.ok("port", "web", "53/udp").startsWith("0.0.0.0:"));
    assertEquals(3, docker.ok("port", "web").lines().count());
    assertEquals("hello", heard(Integer.parseInt(host.substring(host.indexOf(':') + 1))));

    String listed = docker.ok("ps", "--format", "{{.Ports}}");
    assertTrue(listed.contains(host + "->80/tcp"), listed);
    assertTrue(listed.contains("->53/udp"), listed);
    String number = host.substring(host.indexOf(':') + 1);
    assertEquals("web", docker.ok("ps", "--filter", "publish=" + number, "--format", "{{.Names}}"));
    assertEquals("web", docker.ok("ps", "--filter", "expose=81", "--format", "{{.Names}}"));
    assertEquals("", docker.ok("ps", "-q", "--filter", "expose=1000-2000"));

    JsonNode inspected = inspect("web");
    assertEquals(
        number,
        inspected.at("/NetworkSettings/Ports").path("80/tcp").path(0).path("HostPort").asText());
    assertEquals(
        "127.0.0.1",
        inspected.at("/HostConfig/PortBindings").path("80/tcp").path(0).path("HostIp").asText());
    assertTrue(inspected.at("/HostConfig/PublishAllPorts").asBoolean());
    assertTrue(inspected.at("/Config/ExposedPorts").has("81/tcp"));

    String said =
        docker.run("run", "--name", "two", "-p", host + ":80", image, "sleep", "1000").failed(125);
    assertTrue(said.contains("port is already allocated, to container web"), said);
    docker.ok("stop", "-t", "0", "web");
    assertEquals("", docker.ok("port", "web"));
    docker.ok("start", "two");
    assertEquals(host, docker.ok("port", "two", "80/tcp"));
  }

  private static String heard(int port) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        String said = new String(socket.getInputStream().readAllBytes()).strip();
        if (!said.isEmpty()) {
          return said;
        }
      } catch (IOException e) {
        // Nobody listens in the container yet; how the host is told of that differs.
      }
      Thread.sleep(50);
    }
    return "";
  }

  @Test
  void carriesInputToItsEndAndOutputAfterIt() throws Exception {
    byte[] data = new byte[3 * MEBIBYTE];
    new Random(5).nextBytes(data);
    Result back = docker.runWith(data, "run", "-i", "--rm", image, "cat");
    back.ok();
    assertArrayEquals(data, back.outBytes());
    assertEquals(
        "4 bytes\n",
        docker
            .runWith(
                "four".getBytes(),
                "run",
                "-i",
                "--rm",
                image,
                "sh",
                "-c",
                "n=$(wc -c); sleep 1; echo $n bytes")
            .ok());
  }

  @Test
  void runsOnATerminal() throws Exception {
    Result said =
        docker.onTerminal(
            List.of("# ", "tty; stty size\n", "33 99", "exit 5\n"),
            "run",
            "-it",
            "--rm",
            image,
            "sh");
    assertEquals(5, said.exitCode(), said.out());
    assertTrue(said.out().contains("/dev/"), said.out());
  }

  @Test
  void livesInTheBackground() throws Exception {
    String script =
        "trap 'echo bye; exit 4' TERM; i=0; while :; do echo line $i; i=$((i+1)); sleep 0.2; done";
    String id = docker.ok("run", "-d", "--name", "back", image, "sh", "-c", script);
    assertEquals(64, id.length());
    assertEquals("back", docker.ok("ps", "--format", "{{.Names}}"));
    assertEquals(id, docker.ok("ps", "-q", "--no-trunc", "--filter", "name=bac"));
    assertEquals("", docker.ok("ps", "-q", "--filter", "status=exited"));
    assertTrue(docker.run("run", "--name", "back", image).failed(125).contains("back"));
    Process follower = docker.startDocker("logs", "-f", "back");
    BufferedReader lines = follower.inputReader();
    assertEquals("line 0", lines.readLine());
    assertEquals("line 1", lines.readLine());
    assertEquals("line 2", lines.readLine());
    assertEquals("4 bye", docker.ok("exec", "back", "sh", "-c", "echo 4 bye"));
    assertTrue(docker.ok("top", "back").contains("while :"));
    assertEquals("1", docker.ok("top", "back", "-o", "pid").lines().toList().get(1).strip());
    assertTrue(
        docker
            .ok("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}")
            .startsWith("back "));
    assertEquals("back", docker.ok("stop", "-t", "20", "back"));
    assertTrue(DockerCommand.finish(follower, new byte[0]).ok().endsWith("bye\n"));
    assertEquals("exited", state("back"));
    assertEquals(4, inspect("back").path("State").path("ExitCode").asInt());
    assertTrue(docker.ok("ps", "-a", "--format", "{{.Status}}").startsWith("Exited (4) "));
    assertEquals("bye", docker.ok("logs", "-n", "1", "back"));
    assertTrue(docker.ok("logs", "-t", "-n", "1", "back").matches("20[0-9T:.-]+Z bye"));
    docker.ok("start", "back");
    assertEquals("running", state("back"));
    docker.ok("restart", "-t", "1", "back");
    assertEquals("running", state("back"));
    docker.ok("kill", "back");
    awaitState("back", "exited");
    assertEquals(137, inspect("back").path("State").path("ExitCode").asInt());
    assertEquals("back", docker.ok("rm", "back"));
    docker.run("inspect", "back").failed(1);
  }

  @Test
  void startsAgainWhatItsPolicySays() throws Exception {
    docker.ok(
        "run",
        "-d",
        "--name",
        "again",
        "--restart",
        "on-failure:2",
        image,
        "sh",
        "-c",
        "echo run; exit 9");
    long deadline = System.nanoTime() + 120_000_000_000L;
    while ((inspect("again").path("RestartCount").asInt() < 2 || !state("again").equals("exited"))
        && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    assertEquals(2, inspect("again").path("RestartCount").asInt());
    assertEquals("exited", state("again"));
    assertEquals("run\nrun\nrun", docker.ok("logs", "again"));
    docker.ok("update", "--restart", "no", "again");
    assertEquals(
        "no", inspect("again").path("HostConfig").path("RestartPolicy").path("Name").asText());
  }

  @Test
  void executesFurtherProcesses() throws Exception {
    docker.ok("run", "-d", "--name", "host", image, "sleep", "1000");
    docker.run("exec", "host", "sh", "-c", "exit 6").failed(6);
    docker.run("exec", "host", "nope").failed(127);
    docker.run("exec", "host", "/etc").failed(126);
    Result both =
        docker.run(
            "exec",
            "-e",
            "V=w",
            "-w",
            "/etc",
            "-u",
            "5",
            "host",
            "sh",
            "-c",
            "echo $V; pwd; id -u; echo err >&2");
    assertEquals("w\n/etc\n5\n", both.ok());
    assertEquals("err\n", both.err());
    assertEquals("in", docker.runWith("in".getBytes(), "exec", "-i", "host", "cat").ok());
    assertEquals("", docker.ok("exec", "-d", "host", "touch", "/made"));
    docker.ok("exec", "host", "sh", "-c", "while ! test -e /made; do sleep 0.1; done");
    Result terminal =
        docker.onTerminal(
            List.of("# ", "stty size\n", "33 99", "exit 8\n"), "exec", "-it", "host", "sh");
    assertEquals(8, terminal.exitCode(), terminal.out());
  }

  @Test
  void carriesAHundredMegabytesThroughExec() throws Exception {
    docker.ok("run", "-d", "--name", "pipe", image, "sleep", "1000");
    byte[] data = new byte[100 * 1000 * 1000];
    new Random(7).nextBytes(data);
    Result back = docker.runWith(data, "exec", "-i", "pipe", "cat");
    assertEquals(0, back.exitCode(), back.err());
    assertArrayEquals(data, back.outBytes());
  }

  @Test
  void attachesAndLetsGo() throws Exception {
    docker.ok("run", "-dit", "--name", "shell", image, "sh");
    Result left =
        docker.onTerminal(List.of("", "echo $((6*7))\n", "42", "\u0010\u0011"), "attach", "shell");
    assertTrue(left.out().contains("read escape sequence"), left.out());
    assertEquals("running", state("shell"));
    Result ended = docker.onTerminal(List.of("", "exit 3\n"), "attach", "shell");
    assertEquals(3, ended.exitCode(), ended.out());
    awaitState("shell", "exited");
    docker.ok("create", "-i", "--name", "cat", image, "cat");
    assertEquals("typed", docker.runWith("typed".getBytes(), "start", "-ai", "cat").ok());
  }

  @Test
  void tellsEvents() throws Exception {
    Instant since = Instant.now();
    docker.ok("run", "--name", "told", image, "true");
    docker.ok("rm", "told");
    String events =
        docker.ok(
            "events",
            "--since",
            since.toString(),
            "--until",
            Instant.now().plusSeconds(1).toString(),
            "--filter",
            "container=told",
            "--format",
            "{{.Action}}");
    List<String> actions = events.lines().toList();
    assertTrue(actions.containsAll(List.of("create", "start", "die", "destroy")), events);
  }

  @Test
  void waitsPausesAndRenames() throws Exception {
    String script = "while ! test -e /end; do sleep 0.1; done; exit 7";
    docker.ok("run", "-d", "--name", "first", image, "sh", "-c", script);
    docker.ok("pause", "first");
    assertEquals("paused", state("first"));
    assertTrue(docker.ok("ps", "--format", "{{.Status}}").contains("(Paused)"));
    docker.ok("unpause", "first");
    docker.ok("rename", "first", "second");
    Process waiting = docker.startDocker("wait", "second");
    docker.ok("exec", "-d", "second", "touch", "/end");
    assertEquals("7", DockerCommand.finish(waiting, new byte[0]).ok().strip());
    docker.run("wait", "first").failed(1);
  }

  @Test
  void checksHealth() throws Exception {
    docker.ok(
        "run",
        "-d",
        "--name",
        "fit",
        "--health-cmd",
        "test -e /ok",
        "--health-interval",
        "300ms",
        "--health-retries",
        "2",
        image,
        "sleep",
        "1000");
    awaitHealth("fit", "unhealthy");
    docker.ok("exec", "fit", "touch", "/ok");
    awaitHealth("fit", "healthy");
    assertTrue(docker.ok("ps", "--format", "{{.Status}}").contains("(healthy)"));
  }

  private void awaitHealth(String name, String wanted) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    String health = "";
    while (!health.equals(wanted) && System.nanoTime() < deadline) {
      Thread.sleep(100);
      health = inspect(name).path("State").path("Health").path("Status").asText();
    }
    assertEquals(wanted, health);
  }
}
