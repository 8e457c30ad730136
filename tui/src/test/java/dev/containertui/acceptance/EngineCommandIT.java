package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built program with an engine in a process of its own: what people do to that engine. */
@Timeout(600)
class EngineCommandIT {
  private static final Pattern PID = Pattern.compile("Pid +([0-9]+)");

  @TempDir static Path temp;
  private static Setting setting;

  @BeforeAll
  static void prepare() throws Exception {
    setting = Setting.withKernel(temp.resolve("home")).supervised();
    Path archive = temp.resolve("busybox.tar");
    Host.tool("tar", "-C", SampleImages.busybox().toString(), "-cf", archive.toString(), ".");
    String loaded = setting.run("load", "-i", archive.toString()).expect(0).text().strip();
    setting.run("tag", loaded.substring(loaded.lastIndexOf(' ') + 1), "box:1").expect(0);
    // As each test leaves it to the next one.
    setting.run("engine", "stop").expect(0);
  }

  @AfterEach
  void end() throws Exception {
    setting.run("engine", "stop", "--containers").expect(0);
    assertEquals(List.of(), setting.leftovers());
  }

  private static String pid() throws Exception {
    Matcher found = PID.matcher(setting.run("engine", "status").expect(0).text());
    assertTrue(found.find());
    return found.group(1);
  }

  @Test
  void isStartedOnDemandAndTellsAboutItself() throws Exception {
    setting.run("engine", "stop").expect(0);
    String stopped = setting.run("engine", "status").expect(1).text();
    assertTrue(stopped.contains("stopped"), stopped);
    setting.run("ps").expect(0);
    String running = setting.run("engine", "status").expect(0).text();
    assertTrue(running.contains("running"), running);
    assertTrue(running.contains(setting.home() + "/run/engine.sock"), running);
    String json = setting.run("engine", "status", "--format", "json").expect(0).text();
    assertTrue(json.contains("\"State\":\"running\""), json);
    String again = setting.run("engine", "start").expect(0).stderr();
    assertTrue(again.contains("it runs already, process " + pid()), again);
    String log = setting.run("engine", "logs").expect(0).text();
    assertTrue(log.contains("ready, process " + pid()), log);
  }

  @Test
  void containersRunOnWithoutItAndEndIfTheyAreToldTo() throws Exception {
    String id = setting.run("run", "-d", "box:1", "sleep", "1000").expect(0).text().strip();
    String first = pid();
    String said = setting.run("engine", "stop").expect(0).stderr();
    assertTrue(said.contains("ended process " + first), said);
    assertFalse(setting.processes().isEmpty(), "its machine");
    assertTrue(setting.run("ps", "-q").expect(0).text().contains(id.substring(0, 12)));
    String second = pid();
    assertNotEquals(first, second);
    setting.run("engine", "restart").expect(0);
    assertNotEquals(second, pid());
    assertEquals("x\n", setting.run("exec", id, "echo", "x").expect(0).text());
    setting.run("engine", "stop", "--containers").expect(0);
    assertEquals(List.of(), setting.leftovers());
    assertEquals("", setting.run("ps", "-q").expect(0).text());
    setting.run("rm", id).expect(0);
  }

  @Test
  void runsInTheForegroundUntilASignal() throws Exception {
    Process engine = setting.start("engine");
    String line = new String(engine.getErrorStream().readNBytes(40));
    assertTrue(line.contains("engine:"), line);
    setting.run("ps").expect(0);
    Host.Result second = setting.run("engine").expect(1);
    assertTrue(second.stderr().contains("an engine is running already"), second.stderr());
    engine.destroy();
    assertEquals(0, engine.waitFor());
  }

  @Test
  void anEngineOfAnotherBuildIsMentioned() throws Exception {
    setting.run("ps").expect(0);
    Path later = temp.resolve("container-tui-later.jar");
    Files.copy(Path.of("/dev/null"), later, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String target = Host.CHECKOUT.resolve("tui/target").toString();
    Host.Result result =
        Host.run(
            List.of(
                "sh",
                "-c",
                java
                    + " -cp '"
                    + later
                    + "':$(echo "
                    + target
                    + "/container-tui-*.jar):'"
                    + target
                    + "/lib/*' dev.containertui.cli.Main ps"),
            new byte[0],
            setting.environment());
    assertTrue(
        result.expect(0).stderr().contains("of another build than this program"), result.stderr());
  }

  @Test
  void dockerWorksWithItThroughAContext() throws Exception {
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put("DOCKER_CONFIG", temp.resolve("docker").toString());
    Host.run(Host.program("context", "install"), new byte[0], environment).expect(0);
    setting.run("engine", "start").expect(0);
    setting.run("create", "--name", "made", "box:1", "true").expect(0);
    Host.Result listed =
        Host.run(
                List.of(
                    "docker", "--context", "container-tui", "ps", "-a", "--format", "{{.Names}}"),
                new byte[0],
                environment)
            .expect(0);
    assertEquals("made\n", listed.text());
    String printed = setting.run("context", "print").expect(0).text();
    Host.Result exported =
        Host.run(
                List.of("sh", "-c", "eval \"$1\"; docker rm made", "sh", printed),
                new byte[0],
                environment)
            .expect(0);
    assertEquals("made\n", exported.text());
  }
}
