package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Maven publishes: the same bytes from another directory, complete, and usable by a script of
 * jbang's.
 */
class DeliveryIT {
  private static final List<String> ARTIFACTS =
      List.of(
          "container-tui",
          "container-tui-core",
          "container-tui-ext4",
          "container-tui-guest-init",
          "container-tui-repl",
          "container-tui-vz-ffm");

  @TempDir static Path temp;
  private static Path repository;

  /** Compares the jars of this build with those of the other one, too. */
  @BeforeAll
  static void publish() throws Exception {
    repository = temp.resolve("repository");
    Host.Result result =
        Host.build(
            List.of(
                Host.CHECKOUT.resolve("scripts/check-reproducible").toString(),
                "--once",
                "--repository",
                repository.toString()),
            Map.of());
    assertTrue(result.expect(0).text().contains("artifacts are the same"), result.text());
  }

  /** The one file of an artifact whose name ends so; a snapshot's has the time before that. */
  private static Path file(String artifact, String end) throws Exception {
    try (Stream<Path> walk = Files.walk(repository.resolve("dev/containertui").resolve(artifact))) {
      List<Path> found =
          walk.filter(file -> file.getFileName().toString().matches(".*[0-9]" + end)).toList();
      assertEquals(1, found.size(), artifact + end + ": " + found);
      return found.getFirst();
    }
  }

  @Test
  void everyArtifactIsComplete() throws Exception {
    for (String artifact : ARTIFACTS) {
      try (JarFile jar = new JarFile(file(artifact, "\\.jar").toFile())) {
        for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt")) {
          assertNotNull(jar.getEntry("META-INF/" + name), artifact + " " + name);
        }
      }
      try (JarFile sources = new JarFile(file(artifact, "-sources\\.jar").toFile());
          JarFile documentation = new JarFile(file(artifact, "-javadoc\\.jar").toFile())) {
        assertTrue(sources.stream().anyMatch(e -> e.getName().endsWith(".java")), artifact);
        assertNotNull(documentation.getEntry("index.html"), artifact);
      }
      String pom = Files.readString(file(artifact, "\\.pom"));
      assertTrue(pom.contains("<name>") && pom.contains("<description>"), pom);
      file(artifact, "-cyclonedx\\.json");
    }
    String parent = Files.readString(file("container-tui-parent", "\\.pom"));
    assertTrue(parent.contains("https://www.apache.org/licenses/LICENSE-2.0.txt"), parent);
  }

  @Test
  void theListOfThirdPartiesIsThatOfTheBillOfMaterials() throws Exception {
    JsonNode bill =
        new ObjectMapper().readTree(file("container-tui", "-cyclonedx\\.json").toFile());
    TreeSet<String> wanted = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      String group = component.path("group").textValue();
      if (!group.equals("dev.containertui")) {
        wanted.add(group + ":" + component.path("name").textValue());
      }
    }
    TreeSet<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(Host.CHECKOUT.resolve("THIRD-PARTY.txt"))) {
      if (line.matches("  [a-z0-9.-]+:[a-z0-9-]+ .*")) {
        listed.add(line.strip().split(" ")[0]);
      }
    }
    assertEquals(wanted, listed);
  }

  @Test
  void aScriptOfJbangsUsesTheArtifacts() throws Exception {
    Setting setting = Setting.withKernel(temp.resolve("home"));
    Path archive = temp.resolve("busybox.tar");
    Host.tool("tar", "-C", SampleImages.busybox().toString(), "-cf", archive.toString(), ".");
    String loaded = setting.run("load", "-i", archive.toString()).expect(0).text().strip();
    setting.run("tag", loaded.substring(loaded.lastIndexOf(' ') + 1), "box:1").expect(0);
    Path local = Path.of("target/jbang/repository").toAbsolutePath();
    Host.deleteTree(local.resolve("dev/containertui")); // what libraries there are, may stay
    Map<String, String> environment = new HashMap<>(setting.supervised().environment());
    environment.put("JBANG_REPO", local.toString());
    try {
      Host.Result result =
          Jbang.run(
              temp,
              environment,
              "run",
              "--fresh",
              "--repos",
              "built=" + repository.toUri(),
              "--repos",
              "central",
              Host.CHECKOUT.resolve("examples/jbang/Systems.java").toString(),
              "box:1");
      assertTrue(result.expect(0).text().matches("box:1: Linux [^ ]+ x86_64\n"), result.text());
    } finally {
      setting.supervised().run("engine", "stop", "--containers");
    }
  }
}
