package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same layers, unpacked by umoci and by us, ours mounted by the Linux kernel: every path, type,
 * mode, owner, time, link, size and hash is the same. Needs root.
 */
class UmociComparisonTest {
  private static final String MANIFEST = TestLayers.digest(new byte[] {2});

  /** All that find(1) tells of a file, but for directories' sizes and times, see below. */
  private static final String FORMAT = "%P\\t%y\\t%m\\t%U:%G\\t%l\\t%n\\t%s\\t%T@\\n";

  @TempDir Path directory;

  @Test
  void layersOfEveryKindOfMember() throws IOException {
    TestTar base =
        new TestTar()
            .modified(1_600_000_000)
            .directory("./", 0755)
            .directory("usr/")
            .directory("usr/lib/")
            .symlink("lib", "usr/lib")
            .symlink("abs", "/usr/lib")
            .directory("etc/", 0711)
            .owner(0, 42)
            .file("etc/shadow", "secret")
            .owner(70_000, 4_000_000_000L)
            .file("etc/far", "far")
            .owner(0, 0)
            .mode(04755)
            .file("usr/su", "su")
            .mode(02750)
            .directory("usr/setgid", 02775)
            .directory("tmp", 01777)
            .mode(0644)
            .hardLink("usr/su2", "usr/su")
            .symlink("usr/long", "x".repeat(90))
            .device('3', "null", 1, 3)
            .device('4', "disk", 259, 300)
            .fifo("pipe")
            .pax("mtime", "1234567890.123456789")
            .file("usr/nanos", "n")
            .modified(-100)
            .file("usr/old", "o")
            .modified(1_600_000_000)
            .file("usr/caf\u00e9", "not UTF-8")
            .pax(Map.of("SCHILY.xattr.user.mime", new byte[] {1, (byte) 0xff, 0, 2}))
            .file("usr/attributed", "a");
    TestTar upper =
        new TestTar()
            .modified(1_700_000_000)
            .file("lib/through-link", "1")
            .file("abs/through-absolute-link", "2")
            .file("etc/.wh.shadow", "")
            .file(".wh.pipe", "")
            .file("usr/su", "replaced, the other name stays")
            .directory("etc", 0700)
            .hardLink("etc/linked", "usr/su2")
            .file("usr/long", "was a symlink")
            .directory("null")
            .file("/absolute", "name")
            .file(".//odd/./name", "odd");
    assertSame(TestLayers.gzip(base.end()), TestLayers.gzip(upper.end()));
  }

  @Test
  void whiteoutsBeforeAndBehindTheirDirectories() throws IOException {
    TestTar base =
        new TestTar()
            .directory("a/")
            .file("a/lower", "1")
            .directory("a/b/")
            .file("a/b/lower", "2")
            .directory("c/")
            .file("c/lower", "3")
            .directory("d/")
            .file("d/lower", "4")
            .symlink("link", "d")
            .file("e", "5");
    TestTar upper =
        new TestTar()
            .directory("a/")
            .file("a/.wh..wh..opq", "")
            .file("a/upper", "1")
            .directory("c/")
            .file("c/upper", "2")
            .file("c/.wh..wh..opq", "")
            .file("link/.wh.lower", "")
            .file(".wh.e", "")
            .file(".wh.nothing", "");
    assertSame(TestLayers.gzip(base.end()), TestLayers.gzip(upper.end()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomLayers(long seed) throws IOException {
    Random random = new Random(seed);
    LayerSource[] layers = new LayerSource[2 + random.nextInt(4)];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = TestLayers.gzip(randomLayer(random, i));
    }
    assertSame(layers);
  }

  /** Names from a small set, so that layers meet; no path twice in one layer. */
  private static byte[] randomLayer(Random random, int index) {
    TestTar tar = new TestTar();
    Map<String, String> made = new LinkedHashMap<>();
    int count = 10 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      List<String> folders =
          made.entrySet().stream()
              .filter(e -> e.getValue().equals("directory"))
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(ArrayList::new));
      folders.add("");
      String folder = folders.get(random.nextInt(folders.size()));
      String name = "n" + random.nextInt(6);
      String path = folder + name;
      boolean taken =
          made.containsKey(path) || made.containsKey(path + "/") || made.containsKey("-" + path);
      if (taken) {
        continue;
      }
      tar.modified(1_500_000_000L + random.nextInt(1000)).mode(random.nextInt(010000));
      tar.owner(random.nextInt(100_000), random.nextInt(100));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          tar.directory(path + "/", 0700 + random.nextInt(64));
          made.put(path + "/", "directory");
          if (index > 0 && random.nextInt(6) == 0) {
            tar.file(path + "/.wh..wh..opq", "");
          }
        }
        case 3 -> {
          tar.symlink(path, random.nextBoolean() ? "n" + random.nextInt(6) : "/nowhere");
          made.put(path, "symlink");
        }
        case 4 -> {
          if (index > 0) {
            tar.file(folder + ".wh." + name, "");
            made.put("-" + path, "whiteout");
          }
        }
        case 5 -> {
          List<String> files =
              made.entrySet().stream()
                  .filter(e -> e.getValue().equals("file"))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!files.isEmpty()) {
            tar.hardLink(path, files.get(random.nextInt(files.size())));
            made.put(path, "link");
          }
        }
        default -> {
          byte[] content = new byte[random.nextInt(200_000)];
          random.nextBytes(content);
          tar.file(path, content);
          made.put(path, "file");
        }
      }
    }
    return tar.end();
  }

  private void assertSame(LayerSource... layers) throws IOException {
    Path theirs = TestLayout.unpackWithUmoci(directory, List.of(layers));
    Path image =
        new RootFilesystems(directory.resolve("ours"))
            .prepare(MANIFEST, List.of(layers), UnpackProgress.NONE);
    Tools.assertClean(image);
    Path mount = Files.createDirectory(directory.resolve("mount"));
    Tools.output("mount", "-o", "loop,ro", image.toString(), mount.toString());
    try {
      assertEquals("", difference(manifest(theirs), manifest(mount)));
      assertEquals("", difference(hashes(theirs), hashes(mount)));
      assertEquals("", difference(attributes(theirs), attributes(mount)));
      assertTrue(manifest(mount).lines().count() > 1);
    } finally {
      Tools.output("umount", mount.toString());
    }
  }

  /** Lines that only one of two listings has. */
  private static String difference(String theirs, String ours) {
    List<String> left = theirs.lines().toList();
    List<String> right = ours.lines().toList();
    return Stream.concat(
            left.stream().filter(line -> !right.contains(line)).map(line -> "umoci: " + line),
            right.stream().filter(line -> !left.contains(line)).map(line -> "ours:  " + line))
        .collect(Collectors.joining("\n"));
  }

  /** Sizes and link counts of directories depend on the file system. */
  private static String manifest(Path root) {
    String listing = Tools.output("find", root.toString(), "-mindepth", "1", "-printf", FORMAT);
    return listing
        .lines()
        .map(
            line -> {
              String[] fields = line.split("\t", -1);
              if (fields[1].equals("d")) {
                fields[5] = "";
                fields[6] = "";
              }
              if (fields[0].equals("odd")) {
                // In no layer: umoci gives it the time of the unpacking, we always the same.
                fields[7] = "";
              }
              return String.join("\t", fields);
            })
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String hashes(Path root) {
    return Tools.output(
        "sh",
        "-c",
        "cd \"$0\" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum; find . -type b -o"
            + " -type c | sort | xargs -r stat -c '%n %t:%T'",
        root.toString());
  }

  private static String attributes(Path root) {
    String script =
        """
        import os, sys
        root = os.fsencode(sys.argv[1])
        for folder, folders, files in os.walk(root):
            for name in folders + files:
                path = os.path.join(folder, name)
                for key in os.listxattr(path, follow_symlinks=False):
                    value = os.getxattr(path, key, follow_symlinks=False)
                    print(path[len(root):], key, value.hex())
        """;
    return Tools.output("python3", "-c", script, root.toString())
        .lines()
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
