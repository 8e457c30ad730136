package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example does what it says, with real containers. */
@Timeout(900)
class ExamplesIT {
  private static final Path EXAMPLES = Host.CHECKOUT.resolve("examples");

  /** Stands for the image, and for a name in the registry of the tests. */
  private static final String IMAGE = "IMAGE";

  private static final String PUSHED = "PUSHED";

  @TempDir static Path temp;
  private static RealRegistry registry;
  private static Setting setting;

  @BeforeAll
  static void fillTheRegistry() throws Exception {
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    setting = Setting.withKernel(temp.resolve("home")).supervised();
  }

  @AfterAll
  static void stopAll() throws Exception {
    if (setting != null) {
      setting.run("engine", "stop", "--containers").expect(0);
      assertEquals(List.of(), setting.leftovers());
    }
    if (registry != null) {
      registry.close();
    }
  }

  @AfterEach
  void noContainerIsLeft() throws Exception {
    // Those of run(…).text() are removed when they have ended: soon.
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!setting.run("ps", "-aq").expect(0).text().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, setting.run("ps", "-a").text());
      Thread.sleep(500);
    }
  }

  private static String word(String text) {
    return switch (text) {
      case IMAGE -> registry.reference("busybox");
      case PUSHED -> registry.reference("greeter:1");
      default -> text;
    };
  }

  private static List<String> command(String script, String... arguments) {
    List<String> words =
        new ArrayList<>(List.of("repl", "--timeout", "160s", EXAMPLES.resolve(script).toString()));
    Stream.of(arguments).map(ExamplesIT::word).forEach(words::add);
    return words;
  }

  private static Host.Result run(String script, String... arguments) throws Exception {
    return setting.run(command(script, arguments).toArray(String[]::new));
  }

  /** Script, arguments, and a line that it prints when all has gone well. */
  static Stream<Arguments> scripts() {
    return Stream.of(
        Arguments.of("hello.jsh", List.of(IMAGE), "hello from a virtual machine"),
        Arguments.of("http-service.jsh", List.of(IMAGE), "ok 6 - it is found by its label"),
        Arguments.of("published-ports.jsh", List.of(IMAGE), "ok 6 - the next one has it"),
        Arguments.of("image-matrix.jsh", List.of(IMAGE), "all 4 hold"),
        Arguments.of("chaos.jsh", List.of(IMAGE), "ok 15 - it works after a restart: wrote .*"),
        Arguments.of("database-snapshots.jsh", List.of(IMAGE), "ok 7 - the copy has the rows"),
        Arguments.of("volumes.jsh", List.of(IMAGE), "ok 8 - the volume is gone"),
        Arguments.of("log-mining.jsh", List.of(IMAGE), " *500 +6 +166 +249"),
        Arguments.of("image-audit.jsh", List.of("50", IMAGE), "LAYER +DIGEST +SIZE +CREATED BY"),
        Arguments.of("image-transport.jsh", List.of(IMAGE, PUSHED), "ok 10 - and gives it back"),
        Arguments.of("files.jsh", List.of(IMAGE), "added +/tmp/answer"),
        Arguments.of("pipes.jsh", List.of(IMAGE), "ok 12 - the time is up"),
        Arguments.of("conversation.jsh", List.of(IMAGE), "ok 4 - with its last word"),
        Arguments.of("ci-job.jsh", List.of(IMAGE), "passed as nobody in /build, CI=true"),
        Arguments.of("watch-fleet.jsh", List.of(IMAGE, "1"), "1 busy one"),
        Arguments.of("boot-times.jsh", List.of(IMAGE, "1"), "median of 1, cold boot: .* ms"),
        Arguments.of("host-report.jsh", List.of("--prune"), ".* reclaimed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void scriptRunsToItsEnd(String script, List<String> arguments, String line) throws Exception {
    Host.Result result = run(script, arguments.toArray(String[]::new)).expect(0);
    assertEquals("", result.stderr());
    assertTrue(result.text().lines().anyMatch(l -> l.matches(line)), result.text());
  }

  @Test
  void noScriptIsForgotten() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertEquals(
          new TreeSet<>(scripts().map(a -> (String) a.get()[0]).toList()),
          new TreeSet<>(
              files
                  .map(f -> f.getFileName().toString())
                  .filter(name -> name.endsWith(".jsh"))
                  .toList()));
    }
  }

  @Test
  void anImageThatIsTooLargeFailsTheAudit() throws Exception {
    Host.Result result = run("image-audit.jsh", "0.5", IMAGE).expect(1);
    assertTrue(result.stderr().startsWith("larger than 0.5 MB: " + word(IMAGE)), result.stderr());
  }

  @Test
  void aReportIsLinesOfJsonToo() throws Exception {
    List<String> words = new ArrayList<>(command("host-report.jsh"));
    words.add(1, "--json");
    String text = setting.run(words.toArray(String[]::new)).expect(0).text();
    assertTrue(text.lines().allMatch(l -> l.matches("[\\[{].*[\\]}]")), text);
    assertTrue(text.startsWith("{\"version\":"), text);
  }

  @Test
  void aScriptIsACommandByItsFirstLine() throws Exception {
    Path script = temp.resolve("hello");
    Files.copy(EXAMPLES.resolve("hello.jsh"), script);
    assertTrue(script.toFile().setExecutable(true));
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put("PATH", Host.CHECKOUT + ":" + System.getenv("PATH"));
    Host.Result result =
        Host.run(List.of(script.toString(), word(IMAGE)), new byte[0], environment).expect(0);
    assertTrue(result.text().startsWith("hello from a virtual machine\n"), result.text());
  }

  @Test
  void plainJavaNeedsNoConsole() throws Exception {
    Path program = Host.CHECKOUT.resolve("tui/target");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    String classPath;
    try (Stream<Path> jars = Files.list(program)) {
      classPath =
          jars.map(Path::toString)
                  .filter(f -> f.matches(".*/container-tui-[^/]*\\.jar"))
                  .findFirst()
                  .orElseThrow()
              + ":"
              + program
              + "/lib/*";
    }
    Path classes = temp.resolve("classes");
    Host.tool(
        javac,
        "-Xlint:all,-processing",
        "-Werror",
        "-d",
        classes.toString(),
        "-cp",
        classPath,
        EXAMPLES.resolve("PlainJava.java").toString());
    Path home = Setting.withKernel(temp.resolve("own")).home();
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put("CONTAINER_TUI_HOME", home.toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes + ":" + classPath,
                "PlainJava",
                word(IMAGE)));
    assertTests(Host.run(command, new byte[0], environment));
    // The same with an engine that the program has opened itself.
    command.add(home.toString());
    assertTests(Host.run(command, new byte[0], setting.environment()));
  }

  private static void assertTests(Host.Result result) {
    result.expect(0);
    assertTrue(result.text().matches("ok: 4 files, [0-9]+ characters\n"), result.text());
  }
}
