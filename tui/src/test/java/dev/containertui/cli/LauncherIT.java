package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.Subprocess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./container-tui} in a copy of the checkout whose path has blanks in it. */
class LauncherIT {
  @TempDir Path temp;
  private Path checkout;
  private Path bin;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copyTheCheckout() throws Exception {
    checkout = Files.createDirectories(temp.resolve("a check  out"));
    bin = Files.createDirectories(temp.resolve("bin"));
    Path from = Subprocess.CHECKOUT;
    String script =
        """
        mkdir -p tui/src/main/java tui/target guest-init core/src/main
        cp -r "$1/container-tui" "$1/scripts" "$1/pom.xml" .
        cp "$1/tui/pom.xml" tui/
        cp -r "$1"/tui/target/container-tui-*.jar "$1/tui/target/lib" tui/target/
        touch tui/src/main/java/Some.java
        """;
    Subprocess.run(checkout, Map.of(), "sh", "-ec", script, "sh", from.toString()).expect(0);
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("CONTAINER_TUI_NO_SETUP", "1");
    // As the real build does, it makes directories beside the sources.
    program("mvn", "mkdir -p guest-init/target; echo \"$@\" >> '" + temp.resolve("mvn.log") + "'");
  }

  private void program(String name, String body) throws IOException {
    executable(bin.resolve(name), body);
  }

  private static void executable(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result launch(String... arguments) throws Exception {
    return launchFrom(checkout.resolve("container-tui"), arguments);
  }

  private Result launchFrom(Path launcher, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Subprocess.run(temp, environment, command);
  }

  private long builds() throws IOException {
    Path log = temp.resolve("mvn.log");
    return Files.exists(log) ? Files.readString(log).lines().count() : 0;
  }

  @Test
  void startsFromAPathWithBlanksAndThroughALink() throws Exception {
    environment.put("CONTAINER_TUI_NO_BUILD", "1");
    assertTrue(launch("version").expect(0).out().startsWith("container-tui "));
    Path link = Files.createDirectories(temp.resolve("my bin")).resolve("ct");
    Files.createSymbolicLink(link, checkout.resolve("container-tui"));
    assertTrue(launchFrom(link, "version").expect(0).out().startsWith("container-tui "));
    assertEquals(0, builds());
  }

  @Test
  void passesArgumentsAndExitCodesOn() throws Exception {
    environment.put("CONTAINER_TUI_NO_BUILD", "1");
    environment.put("LC_ALL", "C");
    assertTrue(launch("no such  thing é").expect(2).err().contains("no such  thing é"));
    assertEquals("", launch("no such").expect(2).out());
  }

  @Test
  void buildsOnlyWhenASourceIsNewer() throws Exception {
    Result first = launch("version").expect(0);
    assertTrue(first.err().contains("building"), first.err());
    assertEquals("", launch("version").expect(0).err());
    assertEquals(1, builds());
    Path source = checkout.resolve("tui/src/main/java/Some.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    launch("version").expect(0);
    assertEquals(2, builds());
  }

  @Test
  void aMovedCheckoutRecordsItsClassCacheAnew() throws Exception {
    launch("version").expect(0);
    checkout = Files.move(checkout, temp.resolve("elsewhere"));
    assertTrue(launch("version").expect(0).err().contains("recording a cache"));
    assertEquals("", launch("version").expect(0).err());
    assertEquals(1, builds());
  }

  @Test
  void anEngineUsesTheSmallerClassCacheThatIsItsOwn() throws Exception {
    launch("version").expect(0);
    environment.put("CONTAINER_TUI_HOME", temp.resolve("home").toString());
    launch("engine", "start").expect(0);
    try {
      String mark = Files.readString(temp.resolve("home/run/engine.pid"));
      Path process = Path.of("/proc", mark.substring(0, mark.indexOf(' ')));
      String maps = Files.readString(process.resolve("maps"));
      assertTrue(maps.contains("/tui/target/engine.aot"), maps);
      assertTrue(!maps.contains("/container-tui.aot"), maps);
    } finally {
      launch("engine", "stop").expect(0);
    }
    Path target = checkout.resolve("tui/target");
    assertTrue(
        Files.size(target.resolve("engine.aot")) < Files.size(target.resolve("container-tui.aot")));
  }

  @Test
  void aDeletedSourceIsAChange() throws Exception {
    launch("version").expect(0);
    Files.delete(checkout.resolve("tui/src/main/java/Some.java"));
    Files.setLastModifiedTime(
        checkout.resolve("tui/src/main/java"), FileTime.from(Instant.now().plusSeconds(5)));
    launch("version").expect(0);
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    program("mvn", "echo '[INFO] noise'; echo '[ERROR] Some.java is wrong'; exit 1");
    Result result = launch("version").expect(1);
    assertTrue(result.err().contains("[ERROR] Some.java is wrong"), result.err());
    assertTrue(result.err().contains("container-tui: the build failed\nhint: "), result.err());
    assertEquals("", result.out());
    launch("run", "x").expect(125);
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    Files.delete(bin.resolve("mvn"));
    for (String tool : new String[] {"sh", "find", "sed", "readlink", "mkdir", "touch", "uname"}) {
      Path found = Path.of("/usr/bin/" + tool);
      Files.createSymbolicLink(
          bin.resolve(tool), Files.exists(found) ? found : Path.of("/bin/" + tool));
    }
    environment.put("PATH", bin.toString());
    String err = launch("version").expect(1).err();
    assertTrue(err.contains("Maven (mvn) is needed"), err);
  }

  @Test
  void withoutAJdkItSaysHowToGetOne() throws Exception {
    executable(checkout.resolve("scripts/find-jdk"), "exit 1");
    Result result = launch("version").expect(1);
    assertTrue(result.err().startsWith("container-tui: no JDK 25 or newer found\nhint: "));
    launch("run", "image").expect(125);
  }

  @Test
  void withoutABuildItSaysSo() throws Exception {
    environment.put("CONTAINER_TUI_NO_BUILD", "1");
    Subprocess.run(checkout, Map.of(), "sh", "-c", "rm -r tui/target").expect(0);
    assertTrue(launch("version").expect(1).err().contains("has not been built"));
  }

  @Test
  void setsUpBeforeItBuilds() throws Exception {
    environment.remove("CONTAINER_TUI_NO_SETUP");
    executable(checkout.resolve("scripts/setup"), "echo \"setup $*\"; exit 1");
    Result result = launch("--yes", "version").expect(1);
    assertEquals("setup --yes --build\n", result.err());
    assertEquals("", result.out());
    assertEquals(0, builds());
  }
}
