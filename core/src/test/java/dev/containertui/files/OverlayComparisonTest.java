package dev.containertui.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.ext4.FileName;
import dev.containertui.ext4.ImagePath;
import dev.containertui.rootfs.LayerSource;
import dev.containertui.rootfs.TestLayers;
import dev.containertui.rootfs.TestLayout;
import dev.containertui.rootfs.TestTar;
import dev.containertui.rootfs.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container's files as this host's kernel shows them, and as we read and pack them: our archives
 * unpacked by GNU tar and umoci are what the kernel shows. Needs root.
 */
class OverlayComparisonTest {
  @TempDir Path directory;
  private KernelOverlay overlay;

  @BeforeEach
  void mount() throws IOException {
    TestTar base =
        new TestTar()
            .modified(1_600_000_000)
            .directory("etc/")
            .file("etc/passwd", "root")
            .file("etc/motd", "hello")
            .file("etc/shadow", "secret")
            .directory("usr/")
            .directory("usr/bin/")
            .mode(04755)
            .file("usr/bin/su", "su")
            .mode(0644)
            .hardLink("usr/bin/sg", "usr/bin/su")
            .pax(Map.of("SCHILY.xattr.user.mime", new byte[] {1, (byte) 0xff, 0, 2}))
            .file("usr/attributed", "a")
            .directory("var/")
            .directory("var/cache/")
            .file("var/cache/one", "1")
            .file("var/cache/two", "2")
            .directory("var/lib/")
            .file("var/lib/kept", "k")
            .directory("gone/")
            .file("gone/file", "g")
            .directory("becomes-file/")
            .file("becomes-file/x", "x")
            .file("becomes-directory", "f")
            .directory("untouched/")
            .file("untouched/file", "u")
            .directory("chmodded/")
            .symlink("link", "etc/passwd")
            .directory("tmp", 01777);
    overlay = new KernelOverlay(directory, base.end());
  }

  @AfterEach
  void unmount() {
    overlay.close();
  }

  private void change() {
    overlay.sh(
        """
        echo changed >> etc/passwd
        rm etc/shadow
        chmod 600 etc/motd
        ln usr/bin/su usr/bin/third
        rm -r var/cache; mkdir var/cache; echo new > var/cache/two; echo 3 > var/cache/three
        rm -r gone becomes-file becomes-directory
        echo now > becomes-file
        mkdir becomes-directory; echo f > becomes-directory/f
        chmod 711 chmodded
        ln -sfn var/lib link
        ln -s "$(printf 'x%.0s' $(seq 200))" tmp/long-link
        mkdir -p "tmp/$(printf 'd%.0s' $(seq 120))/deeper"
        echo deep > "tmp/$(printf 'd%.0s' $(seq 120))/deeper/file"
        mknod tmp/null c 1 3; mknod tmp/disk b 259 300; mkfifo tmp/pipe
        mkdir tmp/many; cd tmp/many; seq 1 3000 | xargs touch; rm 1500; cd ../..
        truncate -s 3M tmp/sparse; echo end >> tmp/sparse
        fallocate -l 2M tmp/unwritten; echo start | dd of=tmp/unwritten conv=notrunc status=none
        echo a > tmp/a; ln tmp/a tmp/b; ln tmp/a var/lib/c
        ln -s nowhere tmp/s; ln -P tmp/s tmp/s2
        cp /bin/true tmp/capable; setcap cap_net_raw+ep tmp/capable
        echo b > tmp/big-owner; chown 3000000:4000000000 tmp/big-owner; chmod 6751 tmp/big-owner
        touch -d '1950-01-01 00:00:00.25' tmp/old
        touch -d '2100-06-01 12:00:00.123456789' tmp/future
        mv untouched/file untouched/renamed; mv untouched/renamed untouched/file
        """);
    overlay.python(
        """
        os.setxattr('tmp/a', 'user.binary', bytes(range(256)))
        os.setxattr('tmp', 'user.equals=sign', b'x')
        os.setxattr('tmp/b', 'user.long', b'y' * 2000)
        os.setxattr('var/lib', 'trusted.mine', b'm')
        open(b'tmp/not-utf8-\\xff\\xe9', 'w').write('n')
        open('tmp/ünïcode', 'w').write('u')
        socket.socket(socket.AF_UNIX).bind('tmp/socket')
        """);
  }

  @Test
  void exportIsWhatTheKernelShows() throws IOException {
    change();
    String expected = KernelOverlay.listing(overlay.merged());
    try (OverlayView view = overlay.unmountAndOpen()) {
      assertEquals("", difference(expected, KernelOverlay.listing(unpacked(export(view)))));
    }
  }

  @Test
  void theDiskOfAKilledMachineHasAllThatWasSynced() throws IOException {
    change();
    Path disk = overlay.killed(directory.resolve("killed.ext4"));
    assertTrue(
        Tools.output("dumpe2fs", "-h", disk.toString()).contains("needs_recovery"), "not killed");
    String expected = KernelOverlay.listing(overlay.merged());
    try (OverlayView view = OverlayView.open(overlay.image(), Optional.of(disk))) {
      assertEquals("", difference(expected, KernelOverlay.listing(unpacked(export(view)))));
    }
  }

  @Test
  void theLayerAboveTheImagesIsWhatTheKernelShows() throws IOException {
    change();
    String expected = KernelOverlay.listing(overlay.merged());
    byte[] layer;
    try (OverlayView view = overlay.unmountAndOpen()) {
      layer = layer(view);
      assertArrayEquals(layer, layer(view));
    }
    List<LayerSource> layers = List.of(overlay.layer(), TestLayers.gzip(layer));
    Path theirs = TestLayout.unpackWithUmoci(directory, layers);
    // umoci knows nothing of the escapes in names of attributes.
    assertEquals(
        "",
        difference(
            expected, KernelOverlay.listing(theirs).replace("equals%3Dsign", "equals=sign")));
    try (KernelOverlay ours =
        new KernelOverlay(Files.createDirectory(directory.resolve("again")), layer)) {
      assertTrue(KernelOverlay.listing(ours.merged()).contains("not-utf8-\\xff\\xe9"));
    }
  }

  @Test
  void changesAreThoseOfDockerDiff() {
    overlay.sh(
        """
        echo changed >> etc/passwd; rm etc/shadow
        chmod 644 etc/motd
        rm -r var/cache; mkdir var/cache; echo new > var/cache/two; mkdir var/cache/three
        rm -r gone becomes-file becomes-directory
        echo now > becomes-file; mkdir becomes-directory; echo f > becomes-directory/f
        chmod 711 chmodded
        mkdir -p new/deep; echo 1 > new/deep/file
        chmod 755 untouched
        touch etc/hosts; mkdir proc
        """);
    try (OverlayView view = overlay.unmountAndOpen()) {
      assertEquals(
          """
          C becomes-directory
          A becomes-directory/f
          C becomes-file
          C chmodded
          C etc
          C etc/motd
          C etc/passwd
          D etc/shadow
          D gone
          A new
          A new/deep
          A new/deep/file
          C var
          C var/cache
          D var/cache/one
          A var/cache/three
          C var/cache/two\
          """,
          changes(view));
    }
  }

  @Test
  void whatInitMakesToMountOnIsNoChange() {
    overlay.sh("touch etc/hosts etc/hostname etc/resolv.conf; mkdir proc sys dev");
    try (OverlayView view = overlay.unmountAndOpen()) {
      assertEquals("", changes(view));
    }
  }

  @Test
  void aContainerThatChangedNothingHasNoChanges() {
    overlay.sh("ls -R > /dev/null");
    try (OverlayView view = overlay.unmountAndOpen()) {
      assertEquals("", changes(view));
    }
  }

  @Test
  void aTreeIsNamedAsItIsAskedFor() throws IOException {
    overlay.sh("ln var/lib/kept var/lib/again");
    try (OverlayView view = overlay.unmountAndOpen()) {
      ImagePath path = ImagePath.of("/var");
      OverlayFile directory = view.child(view.root(), FileName.of("var")).orElseThrow();
      ByteArrayOutputStream named = new ByteArrayOutputStream();
      TreeArchive.write(view, path, directory, "renamed".getBytes(), named);
      assertEquals(
          """
          renamed/
          renamed/cache/
          renamed/cache/one
          renamed/cache/two
          renamed/lib/
          renamed/lib/again
          renamed/lib/kept
          """,
          names(named.toByteArray()));
      ByteArrayOutputStream contents = new ByteArrayOutputStream();
      TreeArchive.write(view, path, directory, ".".getBytes(), contents);
      assertEquals(
          "./\n./cache/\n./cache/one\n./cache/two\n./lib/\n./lib/again\n./lib/kept\n",
          names(contents.toByteArray()));
    }
  }

  private String names(byte[] archive) throws IOException {
    Path file = Files.write(directory.resolve("names.tar"), archive);
    return Tools.output("tar", "-tf", file.toString());
  }

  private static String changes(OverlayView view) {
    List<String> lines = new ArrayList<>();
    UpperChanges.forEach(
        view,
        change -> {
          char letter =
              switch (change.kind()) {
                case MODIFIED -> 'C';
                case ADDED -> 'A';
                case DELETED -> 'D';
              };
          lines.add(letter + " " + new String(TreePaths.of(change.path())));
        });
    return String.join("\n", lines);
  }

  private Path export(OverlayView view) throws IOException {
    Path archive = directory.resolve("export.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      TreeArchive.export(view, out);
    }
    return archive;
  }

  private static byte[] layer(OverlayView view) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerArchive.write(view, out);
    return out.toByteArray();
  }

  private Path unpacked(Path archive) throws IOException {
    Path root = Files.createDirectory(directory.resolve("unpacked"));
    Tools.output(
        "tar",
        "-x",
        "-p",
        "--numeric-owner",
        "--xattrs",
        "--xattrs-include=*",
        "-f",
        archive.toString(),
        "-C",
        root.toString());
    return root;
  }

  /** Lines that only one of two listings has. */
  private static String difference(String kernel, String ours) {
    List<String> left = kernel.lines().toList();
    List<String> right = ours.lines().toList();
    return Stream.concat(
            left.stream().filter(line -> !right.contains(line)).map(line -> "kernel: " + line),
            right.stream().filter(line -> !left.contains(line)).map(line -> "ours:   " + line))
        .collect(Collectors.joining("\n"));
  }
}
