package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template's life, through the built program and with real machines. */
class TemplatesIT {
  @TempDir static Path temp;
  private static RealRegistry registry;
  private static String busybox;

  @BeforeAll
  static void fillTheRegistry() throws Exception {
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    busybox = registry.reference("busybox");
  }

  @AfterAll
  static void stopTheRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void isBuiltListedClonedAndRemoved() throws Exception {
    Setting setting = Setting.withKernel(temp.resolve("home"));
    setting.run("pull", "-q", busybox).expect(0);
    assertEquals("[]\n", setting.run("template", "list", "--format", "json").expect(0).text());

    Host.Result built = setting.run("template", "build").expect(0);
    String name = built.text().strip();
    assertTrue(name.matches("[0-9a-f]{16}"), name);
    assertTrue(built.stderr().contains("template: made in "), built.stderr());
    assertEquals(List.of(), setting.leftovers());
    Host.Result again = setting.run("template", "build").expect(0);
    assertEquals(name, again.text().strip());
    assertTrue(again.stderr().contains("it is there already"), again.stderr());

    List<String> list = setting.run("template", "list").expect(0).text().lines().toList();
    assertEquals(2, list.size(), list.toString());
    assertTrue(list.get(1).matches(name + " .* 512MiB +[0-9.]+MB +0 +- .*"), list.get(1));
    String doctor = setting.run("doctor").text();
    assertTrue(doctor.contains("templates "), doctor);
    assertTrue(doctor.contains("1 in " + setting.home() + "/cache/templates, "), doctor);

    setting.run("run", "--read-only", "--name", "cloned", busybox, "true").expect(0);
    assertEquals("clone of template " + name, startOf(setting, "cloned"));
    setting.run("run", "--name", "quick", busybox, "true").expect(0);
    String own = setting.run("template", "ls", "-q").expect(0).text().lines().findFirst().get();
    assertNotEquals(name, own);
    assertEquals("clone of template " + own, startOf(setting, "quick"));
    setting.run("run", "--cold-boot", "--name", "cold", busybox, "true").expect(0);
    assertEquals("cold boot, as asked for", startOf(setting, "cold"));

    assertEquals(name + "\n", setting.run("template", "rm", name.substring(0, 4)).expect(0).text());
    assertEquals(own + "\n", setting.run("template", "rm", own).expect(0).text());
    assertEquals("", setting.run("template", "ls", "-q").expect(0).text());
    setting.run("template", "rm", name).expect(1);
    assertEquals(List.of(), setting.leftovers());
  }

  private static String startOf(Setting setting, String container) throws Exception {
    String inspect = setting.run("inspect", container).expect(0).text();
    return inspect
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("\"start\" : \""))
        .map(line -> line.substring("\"start\" : \"".length(), line.lastIndexOf('"')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(inspect));
  }
}
