package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.cli.Subprocess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/setup} with stand-ins for the programs that would change the machine. */
class SetupScriptTest {
  @TempDir Path bin;

  private void program(String name, String body) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result setup(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Subprocess.CHECKOUT.resolve("scripts/setup").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Map<String, String> environment =
        Map.of("PATH", bin + ":/usr/bin:/bin", "CI", "", "LOG", bin.resolve("log").toString());
    return Subprocess.run(bin, environment, command);
  }

  private String log() throws IOException {
    Path log = bin.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private void allButMissing(String missing) throws IOException {
    program(
        "dpkg-query",
        "shift 3; for p; do [ \"$p\" = '" + missing + "' ] || echo \"installed $p\"; done");
    program("apt-get", "echo \"$@\" >> \"$LOG\"");
  }

  @Test
  void saysNothingIfAllIsThere() throws Exception {
    allButMissing("none");
    Result result = setup("--tests").expect(0);
    assertEquals("", result.out() + result.err() + log());
  }

  @Test
  void installsWhatIsMissingAndNothingElse() throws Exception {
    allButMissing("skopeo");
    program("id", "echo 0");
    setup("--yes", "--tests").expect(0);
    assertTrue(log().strip().endsWith("--no-install-recommends skopeo"), log());
    assertEquals(1, log().lines().count());
  }

  @Test
  void testPackagesAreOnlyForTests() throws Exception {
    allButMissing("skopeo");
    setup().expect(0);
    allButMissing("maven");
    setup("--run").expect(0);
    setup("--build", "--check").expect(1);
  }

  @Test
  void whatBuildsAKernelIsOnlyForThat() throws Exception {
    allButMissing("libelf-dev");
    setup("--tests").expect(0);
    Result result = setup("--kernel", "--check").expect(1);
    assertEquals("setup: missing: libelf-dev\n", result.err());
  }

  @Test
  void fetchesTheListsOnceIfTheyAreOld() throws Exception {
    allButMissing("maven");
    program("id", "echo 0");
    program(
        "apt-get",
        "echo \"$1\" >> \"$LOG\"; [ \"$1\" = update ] && touch \"$LOG.new\"; [ -f \"$LOG.new\" ]");
    setup("--yes").expect(0);
    assertEquals("install\nupdate\ninstall\n", log());
  }

  @Test
  void aFailureToInstallIsAFailure() throws Exception {
    allButMissing("maven");
    program("id", "echo 0");
    program("apt-get", "exit 100");
    setup("--yes").expect(1);
  }

  @Test
  void doesNotInstallUnasked() throws Exception {
    allButMissing("maven");
    program("id", "echo 0");
    Result result = setup().expect(1);
    assertTrue(result.err().contains("missing: maven\nhint: scripts/setup --yes"), result.err());
    assertEquals("", log());
  }

  @Test
  void withoutRootItPrintsTheCommand() throws Exception {
    allButMissing("maven");
    program("id", "echo 1000");
    Result result = setup("--yes").expect(1);
    assertTrue(
        result.err().contains("hint: sudo apt-get install -y --no-install-recommends maven"),
        result.err());
    assertEquals("", log());
  }

  @Test
  void asksOnATerminal() throws Exception {
    allButMissing("maven");
    program("id", "echo 0");
    String script = Subprocess.CHECKOUT.resolve("scripts/setup").toString();
    String[] command = {
      "env", "CI=", "LOG=" + bin.resolve("log"), "PATH=" + bin + ":/usr/bin:/bin", script
    };
    Subprocess.onTerminal(java.util.List.of("expect:Install them", "send:n\\r", "end"), command)
        .expect(1);
    assertFalse(log().contains("install"), log());
    Subprocess.onTerminal(java.util.List.of("expect:Install them", "send:\\r", "end"), command)
        .expect(0);
    assertTrue(log().contains("maven"), log());
  }
}
