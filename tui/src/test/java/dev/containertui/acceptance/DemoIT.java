package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code container-tui demo}, without and with a terminal. */
class DemoIT {
  @TempDir Path temp;

  @Test
  void showsAMachineAndLeavesOnlyTheKernelAndTheTemplate() throws Exception {
    Setting setting = Setting.withKernel(temp.resolve("home"));
    Host.Result result = setting.run("demo").expect(0);
    String text = result.text();
    assertTrue(text.contains("Linux demo "), text);
    assertTrue(text.lines().anyMatch(l -> l.matches(" +1 root +sh -c trap .*")), text);
    assertTrue(text.lines().anyMatch(l -> l.matches(" +template +[0-9.]+ ms +[0-9.]+ ms.*")), text);
    assertTrue(text.contains("   clone of template "), text);
    assertTrue(text.contains("A container of your own"), text);
    assertFalse(text.contains("\u001b"), "escape sequences without a terminal");
    assertEquals("[]", setting.run("images", "--format", "json").expect(0).text().strip());
    assertEquals("[]", setting.run("ps", "-a", "--format", "json").expect(0).text().strip());
    try (Stream<Path> files = Files.walk(setting.home().resolve("data"))) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".ext4")).toList());
    }
    assertEquals(List.of(), setting.leftovers());
  }

  @Test
  void leavesTheUserInAShell() throws Exception {
    Setting setting = Setting.withKernel(temp.resolve("home"));
    setting
        .onTerminal(
            List.of(
                "expect:A shell in the container",
                "expect:# ",
                "send:cat /etc/draft; stty size\\r",
                "expect:No such file",
                "expect:30 100",
                "send:exit\\r",
                "end"),
            "demo")
        .expect(0);
    assertEquals(List.of(), setting.leftovers());
  }
}
