package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.Cli;
import dev.containertui.cli.CliContext;
import dev.containertui.cli.HostSignals;
import dev.containertui.cli.Stdio;
import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line over real containers, from their creation to their end: over one engine that
 * outlives the commands, and in the built program with an engine of each command's own.
 */
@Timeout(600)
class LifeCycleIT {
  @TempDir static Path temp;
  private static Setting setting;
  private static LocalEngine engine;
  private static String image;

  @BeforeAll
  static void loadAnImage() throws Exception {
    setting = Setting.withKernel(temp.resolve("home"));
    engine = LocalEngine.openSupervising(EngineConfig.below(setting.home()));
    Path archive = temp.resolve("busybox.tar");
    Host.tool("tar", "-C", SampleImages.busybox().toString(), "-cf", archive.toString(), ".");
    String loaded = cli("load", "-i", archive.toString()).expect(0).out().strip();
    cli("tag", loaded.substring(loaded.lastIndexOf(' ') + 1), "box:1").expect(0);
    image = "box:1";
  }

  @AfterAll
  static void nothingIsLeftBehind() throws Exception {
    if (engine != null) {
      engine.close();
      assertEquals(List.of(), setting.leftovers());
    }
  }

  private record Result(int exitCode, String out, String err) {
    Result expect(int code) {
      assertEquals(code, exitCode, out + err);
      return this;
    }
  }

  /** Runs a command line in this process, as if the engine were in another one. */
  private static Result cli(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio io =
        new Stdio(
            new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    HostSignals noSignals = (name, action) -> () -> {};
    int exitCode =
        new Cli(new CliContext(io, Map.of(), LifeCycleIT::outliving, noSignals, Clock.systemUTC()))
            .run(arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Engine outliving() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (_, method, arguments) -> {
              switch (method.getName()) {
                case "close":
                  return null;
                case "endsWithCaller":
                  return false;
                default:
                  try {
                    return method.invoke(engine, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
              }
            });
  }

  private static void await(String wanted, String... command) throws InterruptedException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    Result result = cli(command);
    while (!(result.out() + result.err()).contains(wanted)) {
      assertTrue(System.nanoTime() < deadline, wanted + " did not come: " + result);
      Thread.sleep(100);
      result = cli(command);
    }
  }

  @Test
  void aContainerLivesFromRunToRemoval() throws Exception {
    String script =
        "echo one; echo two >&2; echo kept > /tmp/kept; trap 'exit 3' TERM;"
            + " while :; do sleep 0.1; done";
    String id =
        cli("run", "-d", "--name", "life", "-e", "KEY=value", image, "sh", "-c", script)
            .expect(0)
            .out()
            .strip();
    assertEquals(64, id.length());
    await("one", "logs", "life");
    await("two", "logs", "life");
    assertEquals("one\n", cli("logs", "life").expect(0).out());
    assertTrue(cli("ps").expect(0).out().contains("life"));
    assertEquals("running\n", cli("ps", "-f", "name=life", "--format", "{{.State}}").out());

    assertEquals("value\n", cli("exec", "life", "sh", "-c", "echo $KEY").expect(0).out());
    assertEquals("typed\n", cli("exec", "-i", "life", "cat").expect(0).out());
    cli("exec", "life", "sh", "-c", "exit 42").expect(42);
    cli("exec", "life", "/no/such").expect(127);
    await("sleep 0.1", "top", "life"); // there is a moment between two of them
    assertTrue(cli("stats", "--no-stream", "life").expect(0).out().contains("MiB / "));

    cli("pause", "life").expect(0);
    assertTrue(cli("ps").expect(0).out().contains("(Paused)"));
    cli("unpause", "life").expect(0);

    cli("rename", "life", "renamed").expect(0);
    cli("stop", "renamed").expect(0);
    assertEquals("3\n", cli("wait", "renamed").expect(0).out());
    assertTrue(cli("ps", "-a").expect(0).out().contains("Exited (3)"));
    cli("start", "renamed").expect(0);
    assertEquals("kept\n", cli("exec", "renamed", "cat", "/tmp/kept").expect(0).out());
    cli("rm", "renamed").expect(1);
    cli("kill", "renamed").expect(0);
    assertEquals("137\n", cli("wait", "renamed").expect(0).out());
    cli("rm", "renamed").expect(0);
    assertFalse(cli("ps", "-a").expect(0).out().contains("renamed"));
    String events = cli("events", "--since", "1h", "--until", "0s").expect(0).out();
    for (String action : List.of("create", "start", "pause", "rename", "die", "destroy")) {
      assertTrue(events.contains("container " + action + " " + id), events);
    }
  }

  @Test
  void filesGoInAndOutOfContainersThatRunAndThatDoNot() throws Exception {
    Path site = Files.createDirectories(temp.resolve("site/deep"));
    Files.writeString(site.resolve("page"), "hello");
    cli("create", "--name", "files", image, "sh", "-c", "cat /srv/deep/page; sleep 1000").expect(0);
    cli("cp", temp.resolve("site").toString(), "files:/srv").expect(0);
    cli("start", "files").expect(0);
    await("hello", "logs", "files");
    cli("cp", temp.resolve("site/.").toString(), "files:/tmp").expect(0);
    assertEquals("hello", cli("exec", "files", "cat", "/tmp/deep/page").expect(0).out());
    cli("exec", "files", "sh", "-c", "echo made > /tmp/made; rm /etc/group").expect(0);
    cli("cp", "files:/tmp/made", temp.resolve("made").toString()).expect(0);
    assertEquals("made\n", Files.readString(temp.resolve("made")));
    String changes = cli("diff", "files").expect(0).out();
    assertTrue(changes.contains("A /srv/deep/page\n"), changes);
    assertTrue(changes.contains("D /etc/group\n"), changes);

    Path archive = temp.resolve("root.tar");
    cli("export", "-o", archive.toString(), "files").expect(0);
    assertTrue(Host.tool("tar", "-tf", archive.toString()).contains("srv/deep/page"));
    cli("commit", "-c", "CMD [\"cat\", \"/tmp/made\"]", "files", "made:1").expect(0);
    assertEquals("made\n", cli("run", "--rm", "made:1").expect(0).out());
    cli("rm", "-f", "files").expect(0);
    cli("rmi", "made:1").expect(0);
  }

  @Test
  void theBuiltProgramDoesItWithEnginesOfItsOwn() throws Exception {
    Setting own = new Setting(temp.resolve("own"));
    Host.tool("cp", "-a", setting.home().toString(), own.home().toString());
    Path input = Files.writeString(temp.resolve("input"), "from the host\n");
    program(own, "create", "--name", "job", image, "sh", "-c", "cat /tmp/in; echo x > /out; exit 5")
        .expect(0);
    program(own, "cp", input.toString(), "job:/tmp/in").expect(0);
    assertTrue(program(own, "start", "job").expect(1).stderr().contains("add -a"));
    assertEquals("from the host\n", program(own, "start", "-a", "job").expect(5).text());
    assertEquals("from the host\n", program(own, "logs", "job").expect(0).text());
    assertTrue(program(own, "diff", "job").expect(0).text().contains("A /out\n"));
    program(own, "cp", "job:/out", temp.resolve("out").toString()).expect(0);
    assertEquals("x\n", Files.readString(temp.resolve("out")));
    program(own, "rm", "job").expect(0);
    assertEquals(List.of(), own.leftovers());
  }

  private static Host.Result program(Setting setting, String... arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put("CONTAINER_TUI_EMBEDDED", "1");
    return Host.run(Host.program(arguments), new byte[0], environment);
  }
}
