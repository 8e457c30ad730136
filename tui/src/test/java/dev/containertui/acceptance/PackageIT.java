package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code scripts/package} makes, as who gets it would use it: without the checkout, a JDK or a
 * variable set.
 */
class PackageIT {
  @TempDir static Path temp;
  private static Path dist;
  private static Setting setting;

  @BeforeAll
  static void pack() throws Exception {
    setting = Setting.withKernel(temp.resolve("home"));
    dist = temp.resolve("dist");
    Host.build(
            List.of(
                Host.CHECKOUT.resolve("scripts/package").toString(),
                "--no-build",
                "--quick",
                "--output",
                dist.toString()),
            setting.environment())
        .expect(0);
  }

  private static Path only(String pattern) throws Exception {
    try (Stream<Path> files = Files.list(dist)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
      assertEquals(1, found.size(), pattern + ": " + found);
      return found.getFirst();
    }
  }

  private static Host.Result clean(Path home, byte[] stdin, List<String> words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin", "HOME=" + home));
    command.addAll(words);
    return Host.run(command, stdin, Map.of());
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws Exception {
    String text =
        Host.tool("sh", "-c", "cd \"$1\" && sha256sum --check SHA256SUMS", "sh", dist.toString());
    assertEquals(2, text.lines().filter(line -> line.endsWith(": OK")).count(), text);
  }

  /** In another place than that where its ahead-of-time cache was recorded. */
  @Test
  void theArchiveRunsWhereverItIsUnpacked() throws Exception {
    Path place = Files.createDirectories(temp.resolve("a place"));
    Host.tool("tar", "-C", place.toString(), "-xzf", only(".*\\.tar\\.gz").toString());
    Path program;
    try (Stream<Path> files = Files.list(place)) {
      program = files.toList().getFirst().resolve("bin/container-tui");
    }
    Path link = Files.createSymbolicLink(temp.resolve("ct"), program);
    String version =
        clean(temp, new byte[0], List.of(link.toString(), "--version")).expect(0).text();
    assertTrue(version.startsWith("container-tui "), version);
    // This mode has the JVM end if it cannot use the cache.
    clean(
            temp,
            new byte[0],
            List.of("CONTAINER_TUI_JAVA_OPTS=-XX:AOTMode=on", program.toString(), "version"))
        .expect(0);
    String snippets =
        """
        import java.net.http.*;
        System.out.println("snippets: " + List.of(1, 2).stream().mapToInt(i -> i).sum() + images());
        System.out.println(dev.containertui.ContainerTui.class.getProtectionDomain().getCodeSource().getLocation());
        """;
    String out =
        clean(
                temp,
                snippets.getBytes(StandardCharsets.UTF_8),
                List.of("CONTAINER_TUI_EMBEDDED=1", program.toString(), "repl", "-"))
            .expect(0)
            .text();
    assertTrue(out.contains("snippets: 3"), out);
    // A class of the cache that does not know where it comes from is loaded by way of a failure.
    Path app = program.resolveSibling("../app").normalize();
    assertTrue(out.contains(app.toUri().toURL() + "container-tui-repl-"), out);
  }

  /** On a copy-on-write copy of this system, from which Java has been removed. */
  @Test
  void thePackageInstallsRunsADemoAndGoesWithoutATrace() throws Exception {
    Path home = temp.resolve("newcomer");
    Path data = Files.createDirectories(home.resolve(".local/share/container-tui"));
    Host.tool(
        "cp",
        "-a",
        "--reflink=auto",
        setting.home().resolve("data/kernels").toString(),
        data.toString());
    Host.Result result =
        Host.build(
            List.of(
                "unshare",
                "--mount",
                Path.of("src/test/resources/delivery/install-deb").toAbsolutePath().toString(),
                only(".*\\.deb").toString(),
                home.toString()),
            Map.of());
    String text = result.expect(0).text();
    assertTrue(text.contains("Linux demo "), text);
    assertTrue(text.contains("snippets: 0"), text);
    assertTrue(text.contains("zsh: _container-tui"), text);
    assertTrue(text.contains("removed without a trace"), text);
  }

  @Test
  void thePackageNeedsWhatTheSetUpInstallsForRunning() throws Exception {
    String depends = Host.tool("dpkg-deb", "--field", only(".*\\.deb").toString(), "Depends");
    String run = Host.tool(Host.CHECKOUT.resolve("scripts/setup").toString(), "--run", "--list");
    List<String> wanted = new ArrayList<>(List.of("libc6 (>= 2.17)"));
    wanted.addAll(run.lines().toList());
    assertEquals(wanted, List.of(depends.strip().split(", ")));
  }
}
