package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the jbang script says twice must be the same as in the POMs. */
class JbangScriptTest {
  private static final Path ROOT = Subprocess.CHECKOUT;

  private static Path script() throws IOException {
    JsonNode catalog = new ObjectMapper().readTree(ROOT.resolve("jbang-catalog.json").toFile());
    return ROOT.resolve(catalog.at("/aliases/container-tui/script-ref").textValue());
  }

  private static List<String> directives(String name) throws IOException {
    String prefix = "//" + name + " ";
    return Files.readAllLines(script()).stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  private static Document pom(Path path) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(path.toFile());
  }

  private static String text(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
  }

  /** {@code group:artifact} to version, from the parent's dependencyManagement. */
  private static Map<String, String> managedVersions() throws Exception {
    Document parent = pom(ROOT.resolve("pom.xml"));
    Element properties = (Element) parent.getElementsByTagName("properties").item(0);
    Map<String, String> versions = new HashMap<>();
    NodeList managed = parent.getElementsByTagName("dependency");
    for (int i = 0; i < managed.getLength(); i++) {
      Element dependency = (Element) managed.item(i);
      String version = text(dependency, "version");
      if (version.startsWith("${")) {
        version = text(properties, version.substring(2, version.length() - 1));
      }
      versions.put(text(dependency, "groupId") + ":" + text(dependency, "artifactId"), version);
    }
    // The BOM manages this one.
    versions.put(
        "com.fasterxml.jackson.core:jackson-databind",
        versions.get("com.fasterxml.jackson:jackson-bom"));
    return versions;
  }

  @Test
  void everyDependencyHasTheVersionOfThePom() throws Exception {
    Map<String, String> versions = managedVersions();
    List<String> dependencies = directives("DEPS");
    assertTrue(dependencies.size() >= 8, dependencies.toString());
    for (String dependency : dependencies) {
      String[] parts = dependency.split(":");
      assertEquals(versions.get(parts[0] + ":" + parts[1]), parts[2], dependency);
    }
  }

  @Test
  void theListForJbangFromADistanceIsUpToDate() throws Exception {
    Subprocess.run(ROOT, Map.of(), "scripts/jbang-sources", "--check").expect(0);
  }

  @Test
  void theExampleUsesThisVersion() throws Exception {
    List<String> lines = Files.readAllLines(ROOT.resolve("examples/jbang/Systems.java"));
    assertTrue(lines.contains("//DEPS dev.containertui:container-tui:" + Version.NUMBER));
    // The JVM's options are those of the program's own script.
    String options = "//RUNTIME_OPTIONS " + directives("RUNTIME_OPTIONS").getFirst();
    assertTrue(lines.contains(options), options);
  }

  @Test
  void everyThirdPartyDependencyOfAModuleIsThere() throws Exception {
    TreeSet<String> wanted = new TreeSet<>();
    for (String module : modules()) {
      NodeList nodes =
          pom(ROOT.resolve(module).resolve("pom.xml")).getElementsByTagName("dependency");
      for (int i = 0; i < nodes.getLength(); i++) {
        Element dependency = (Element) nodes.item(i);
        String group = text(dependency, "groupId");
        if (!group.equals("dev.containertui") && !text(dependency, "scope").equals("test")) {
          wanted.add(group + ":" + text(dependency, "artifactId"));
        }
      }
    }
    TreeSet<String> have = new TreeSet<>();
    directives("DEPS").forEach(d -> have.add(d.substring(0, d.lastIndexOf(':'))));
    assertEquals(wanted, have);
  }

  @Test
  void theSourcesOfEveryModuleAreThere() throws Exception {
    List<String> sources = directives("SOURCES");
    for (String module : modules()) {
      if (Files.isDirectory(ROOT.resolve(module).resolve("src/main/java"))) {
        String path =
            module.equals("tui") ? "../main/java" : "../../../" + module + "/src/main/java";
        assertTrue(sources.contains(path + "/**/*.java"), module);
      }
    }
  }

  /** Modules may name the same service; in jbang's one jar their files have to be one. */
  @Test
  void everyServiceOfEveryModuleIsThere() throws Exception {
    assertTrue(directives("FILES").contains("META-INF/services/=services/*"));
    Map<String, TreeSet<String>> wanted = new HashMap<>();
    for (String module : modules()) {
      Path resources = ROOT.resolve(module).resolve("src/main/resources");
      if (!Files.isDirectory(resources)) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(resources)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          String folder = resources.relativize(file.getParent()).toString();
          assertEquals("META-INF/services", folder, "the script has to bring along " + file);
          String service = file.getFileName().toString();
          wanted.computeIfAbsent(service, name -> new TreeSet<>()).addAll(Files.readAllLines(file));
        }
      }
    }
    Map<String, TreeSet<String>> have = new HashMap<>();
    try (Stream<Path> files = Files.list(script().resolveSibling("services"))) {
      for (Path file : files.toList()) {
        have.put(file.getFileName().toString(), new TreeSet<>(Files.readAllLines(file)));
      }
    }
    assertEquals(wanted, have);
  }

  private static List<String> modules() throws Exception {
    NodeList nodes = pom(ROOT.resolve("pom.xml")).getElementsByTagName("module");
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
