package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFilesystemsTest {
  private static final String MANIFEST = TestLayers.digest(new byte[0]);

  @TempDir Path directory;

  @Test
  void layersOfEveryCompressionBecomeOneImage() {
    LayerSource base =
        TestLayers.gzip(
            new TestTar()
                .directory("etc/")
                .file("etc/passwd", "root:x:0:0\n")
                .file("etc/gone", "gone")
                .symlink("link", "etc")
                .end());
    LayerSource middle =
        TestLayers.zstd(new TestTar().file("etc/.wh.gone", "").file("link/new", "new").end());
    LayerSource top =
        TestLayers.plain(new TestTar().hardLink("passwd", "etc/passwd").fifo("pipe").end());
    RootFilesystems filesystems = new RootFilesystems(directory.resolve("rootfs"));
    Path image = filesystems.prepare(MANIFEST, List.of(base, middle, top), UnpackProgress.NONE);
    Tools.assertClean(image);
    assertEquals("root:x:0:0\n", debugfs(image, "cat /passwd"));
    assertEquals("new", debugfs(image, "cat /etc/new"));
    assertTrue(debugfs(image, "cat /etc/gone").contains("File not found"));
    assertEquals(List.of(MANIFEST), filesystems.list());
    assertEquals(image, filesystems.find(MANIFEST).orElseThrow());
  }

  /** As umoci writes them: the directory is replaced, and its members are whited out as well. */
  @Test
  void whiteoutsBelowAReplacedDirectoryHideNothing() {
    LayerSource base =
        TestLayers.plain(new TestTar().directory("log/").file("log/apt", "apt").end());
    LayerSource top =
        TestLayers.plain(new TestTar().file("log", "a file").file("log/.wh.apt", "").end());
    Path image =
        new RootFilesystems(directory).prepare(MANIFEST, List.of(base, top), UnpackProgress.NONE);
    Tools.assertClean(image);
    assertEquals("a file", debugfs(image, "cat /log"));
  }

  @Test
  void aRemovedImageIsGone() {
    RootFilesystems filesystems = new RootFilesystems(directory);
    Path image =
        filesystems.prepare(
            MANIFEST,
            List.of(TestLayers.plain(new TestTar().file("a", "a").end())),
            UnpackProgress.NONE);
    filesystems.remove(MANIFEST);
    assertTrue(Files.notExists(image));
    assertEquals(List.of(), filesystems.list());
  }

  @Test
  void aWritableDiskHoldsTheDirectoriesOfAnOverlay() {
    Path disk = directory.resolve("upper.ext4");
    WritableDisk.create(disk, 64L << 30);
    Tools.assertClean(disk);
    assertTrue(debugfs(disk, "ls -p /").contains("/040755/0/0/upper/"));
    assertTrue(debugfs(disk, "ls -p /").contains("/040755/0/0/work/"));
  }

  private static String debugfs(Path image, String command) {
    String output = Tools.output("debugfs", "-R", command, image.toString());
    return output.substring(output.indexOf('\n') + 1);
  }
}
