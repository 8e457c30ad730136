package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class KernelPackageTest {
  private static final String MODULES = "./lib/modules/6.1.0-x/kernel/";

  @TempDir Path directory;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] xz(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var xz = new XZOutputStream(out, new LZMA2Options(0))) {
      xz.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out)) {
      for (var file : files.entrySet()) {
        var entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private Path deb(String dataName, byte[] data) throws IOException {
    Path file = Files.createTempFile(directory, "kernel", ".deb");
    try (var ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
      var members = new LinkedHashMap<String, byte[]>();
      members.put("debian-binary", text("2.0\n"));
      members.put("control.tar.xz", new byte[] {1, 2, 3});
      members.put(dataName, data);
      for (var member : members.entrySet()) {
        ar.putArchiveEntry(new ArArchiveEntry(member.getKey(), member.getValue().length));
        ar.write(member.getValue());
        ar.closeArchiveEntry();
      }
    }
    return file;
  }

  private static Map<String, byte[]> kernel() {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("./boot/vmlinuz-6.1.0-x", text("image"));
    // What virtio_net needs comes before it, so it is only found when reading again.
    files.put(MODULES + "net/failover.ko", TestModule.needing(""));
    files.put(MODULES + "drivers/virtio-balloon.ko", TestModule.needing(""));
    files.put(MODULES + "drivers/virtio_net.ko", TestModule.needing("failover"));
    files.put(MODULES + "drivers/unwanted.ko", text("not even ELF"));
    files.put("./lib/modules/6.1.0-x/modules.builtin", text("kernel/fs/overlay.ko\n"));
    return files;
  }

  @Test
  void takesImageModulesAndWhatTheyNeed() throws IOException {
    KernelPackage unpacked = KernelPackage.read(List.of(deb("data.tar.xz", xz(tar(kernel())))));
    assertEquals("6.1.0-x", unpacked.release());
    assertArrayEquals(text("image"), unpacked.bzImage());
    assertEquals(Set.of("virtio_balloon", "virtio_net", "failover"), unpacked.modules().keySet());
    assertEquals(Set.of("overlay"), unpacked.builtin());
  }

  @Test
  void readsOtherPackingsSplitPackagesAndPackedModules() throws IOException {
    Map<String, byte[]> image = Map.of("boot/vmlinuz-6.8.0-y", text("image"));
    byte[] module = TestModule.needing("");
    Map<String, byte[]> modules =
        Map.of(
            "./usr/lib/modules/6.8.0-y/kernel/a/virtio_blk.ko.zst",
            Zstd.compress(module),
            "./usr/lib/modules/6.8.0-y/kernel/a/virtio_mmio.ko.xz",
            xz(module));
    KernelPackage unpacked =
        KernelPackage.read(
            List.of(deb("data.tar.zst", Zstd.compress(tar(image))), deb("data.tar", tar(modules))));
    assertEquals("6.8.0-y", unpacked.release());
    assertArrayEquals(module, unpacked.modules().get("virtio_blk"));
    assertArrayEquals(module, unpacked.modules().get("virtio_mmio"));
  }

  @Test
  void namesThatLeadElsewhereAreNotTaken() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("../boot/vmlinuz-6.1.0", text("no"));
    files.put("/boot/vmlinuz-6.1.0", text("no"));
    files.put("./boot/vmlinuz-../../etc/passwd", text("no"));
    files.put("./boot/../boot/vmlinuz-6", text("no"));
    assertCorrupt(deb("data.tar", tar(files)), "no boot/vmlinuz-*");
  }

  @Test
  void refusesDamagedArchives() throws IOException {
    byte[] data = xz(tar(kernel()));
    byte[] bytes = Files.readAllBytes(deb("data.tar.xz", data));
    for (int length : new int[] {0, 3, 60, 100, 200, bytes.length / 2, bytes.length - 40}) {
      Path cut = Files.write(directory.resolve("cut.deb"), Arrays.copyOf(bytes, length));
      var refused = assertThrows(EngineException.class, () -> KernelPackage.read(List.of(cut)));
      assertEquals(Kind.CORRUPT, refused.kind());
    }
    assertCorrupt(deb("data.tar.xz", text("not xz at all")), "is damaged");
    assertCorrupt(deb("data.txt", data), "has no data.tar");
  }

  @Test
  void refusesAModuleThatUnpacksWithoutEnd() throws IOException {
    byte[] bomb = Zstd.compress(new byte[(16 << 20) + 1]);
    Map<String, byte[]> files = Map.of(MODULES + "a/virtio_blk.ko.zst", bomb);
    assertCorrupt(deb("data.tar", tar(files)), "is larger than");
  }

  private static void assertCorrupt(Path deb, String message) {
    var refused = assertThrows(EngineException.class, () -> KernelPackage.read(List.of(deb)));
    assertEquals(Kind.CORRUPT, refused.kind());
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }
}
