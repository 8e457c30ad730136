package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.acceptance.Guide.Block;
import dev.containertui.acceptance.Guide.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever follows the guides line by line sees what they show. The image {@code busybox} comes from
 * a registry of the tests.
 */
@Timeout(900)
class GuidesIT {
  private static final Path DOCS = Host.CHECKOUT.resolve("docs");

  /** Of the checkout, in which the reader is. */
  private static final List<String> FOLDERS = List.of("examples", "tui");

  private static final String VALUE = "// → ";
  private static final String MORE = "//   ";

  @TempDir static Path temp;
  private static RealRegistry registry;
  private static String image;
  private Path work;

  @BeforeAll
  static void fillTheRegistry() throws Exception {
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    image = registry.reference("busybox");
  }

  @AfterAll
  static void stopTheRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void theTourOfTheConsoleHolds() throws Exception {
    follow("console.md");
  }

  @Test
  void theTourOfTheApiHolds() throws Exception {
    follow("api.md");
  }

  private void follow(String page) throws Exception {
    Setting setting = Setting.withKernel(temp.resolve(page + "-home")).supervised();
    work = Files.createDirectories(temp.resolve(page + "-work"));
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.put(
        "PATH",
        String.join(
            ":",
            Host.CHECKOUT.toString(),
            Path.of(System.getProperty("java.home"), "bin").toString(),
            System.getenv("PATH")));
    environment.put("HOME", work.toString());
    environment.put("TERM", "xterm-256color");
    environment.put("NO_COLOR", "1");
    for (String folder : FOLDERS) {
      Files.createSymbolicLink(work.resolve(folder), Host.CHECKOUT.resolve(folder));
    }
    List<Block> blocks = Guide.blocks(DOCS.resolve(page));
    assertFalse(blocks.isEmpty());
    List<String> wrong = new ArrayList<>();
    try (var terminal = new TypedTerminal(work, environment)) {
      for (Block block : blocks) {
        switch (block.language()) {
          case "sh" -> converse(page, terminal, block, TypedTerminal.SHELL, wrong);
          case "console" -> converse(page, terminal, block, TypedTerminal.CONSOLE, wrong);
          case "java" -> {
            if (!block.file().isEmpty()) {
              Files.write(
                  work.resolve(block.file()), block.lines().stream().map(this::ours).toList());
            }
          }
          default -> wrong.add(page + ":" + block.line() + ": what is " + block.kind() + "?");
        }
      }
      snippets(page, setting, environment, blocks, wrong);
    } finally {
      setting.run("engine", "stop", "--containers").expect(0);
      for (String folder : FOLDERS) {
        Files.delete(work.resolve(folder));
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertEquals(List.of(), setting.leftovers());
  }

  /** The page's image is the registry's. */
  private String ours(String text) {
    return text.replaceAll("(?<![-./\\w])busybox(?![-./:\\w])", image);
  }

  private String theirs(String text) {
    return text.replace(image + ":latest", "docker.io/library/busybox:latest")
        .replace(image, "busybox");
  }

  private void converse(
      String page, TypedTerminal terminal, Block block, String prompt, List<String> wrong)
      throws Exception {
    String indent = prompt.equals(TypedTerminal.CONSOLE) ? "    > " : "> ";
    for (Step step : Guide.steps(block, prompt + " ", indent)) {
      List<String> seen =
          terminal.type(prompt, step.typed().stream().map(this::ours).toList()).stream()
              .map(this::theirs)
              .toList();
      compare(page, step, seen, wrong);
    }
  }

  private static void compare(String page, Step step, List<String> seen, List<String> wrong) {
    if (!Guide.matches(step.shown(), seen)) {
      wrong.add(
          "%s:%d: %s\nshows:\n%s\nbut there was:\n%s\n"
              .formatted(
                  page,
                  step.line(),
                  String.join("\n", step.typed()),
                  String.join("\n", step.shown()),
                  String.join("\n", seen)));
    }
  }

  /**
   * Runs the page's snippets in one session, at the lines of the page, so that a failure names its
   * line. Behind each value that is told a mark is printed.
   */
  private void snippets(
      String page,
      Setting setting,
      Map<String, String> environment,
      List<Block> blocks,
      List<String> wrong)
      throws Exception {
    List<Step> expected = new ArrayList<>();
    String[] script = new String[Files.readAllLines(DOCS.resolve(page)).size() + 1];
    Arrays.fill(script, "");
    for (Block block : blocks) {
      if (block.language().equals("java") && block.file().isEmpty()) {
        place(block, script, expected);
      }
    }
    if (expected.isEmpty()) {
      return;
    }
    Path file = work.resolve(page + ".jsh");
    Files.write(file, Stream.of(script).map(this::ours).toList());
    Host.Result result =
        Host.run(Host.program("repl", "--echo", file.toString()), new byte[0], environment);
    assertEquals("", result.stderr());
    result.expect(0);
    String[] parts = theirs(result.text()).split("\u0001\n", -1);
    assertEquals(expected.size() + 1, parts.length, result.text());
    for (int i = 0; i < expected.size(); i++) {
      List<String> seen = parts[i].lines().toList();
      // What comes before is that of lines whose value the page does not tell.
      int lines = Math.min(seen.size(), expected.get(i).shown().size());
      boolean some = expected.get(i).shown().contains("…");
      compare(
          page,
          expected.get(i),
          some ? seen : seen.subList(seen.size() - lines, seen.size()),
          wrong);
    }
  }

  private static void place(Block block, String[] script, List<Step> expected) {
    String mark = "";
    for (int i = 0; i < block.lines().size(); i++) {
      String line = block.lines().get(i);
      int at = block.line() - 1 + i;
      int value = line.indexOf(VALUE);
      if (value >= 0) {
        script[at] = mark + line.substring(0, value);
        mark = "System.out.println(\"\\u0001\"); ";
        List<String> shown = new ArrayList<>(List.of(line.substring(value + VALUE.length())));
        expected.add(new Step(at + 1, List.of(line.substring(0, value)), shown));
      } else if (!mark.isEmpty() && line.startsWith(MORE)) {
        expected.getLast().shown().add(line.substring(MORE.length()));
      } else {
        script[at] = mark + line;
        mark = "";
      }
    }
    assertTrue(script[block.line() - 1 + block.lines().size()].isEmpty());
    script[block.line() - 1 + block.lines().size()] = mark;
  }
}
