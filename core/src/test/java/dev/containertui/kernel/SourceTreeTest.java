package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTreeTest {
  @TempDir Path directory;
  private Path archive;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    archive = directory.resolve("linux-source-6.1.tar.xz");
    target = Files.createDirectory(directory.resolve("target"));
  }

  private List<String> unpacked() throws IOException {
    try (var files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Test
  void takesWhatABuildForX86Reads() throws IOException {
    TestSource.write(
        archive,
        source -> {
          source.file("linux-6/Makefile", "all:");
          source.file("linux-6/scripts/check.sh", "#!/bin/sh", 0755);
          source.file("linux-6/arch/Kconfig", "");
          source.file("linux-6/arch/x86/kernel/cpu.c", "");
          source.file("linux-6/arch/arm64/kernel/cpu.c", "");
          source.file("linux-6/arch/arm64/Kconfig", "");
          source.file("linux-6/drivers/gpu/drm/amd/big.h", "");
          source.file("linux-6/drivers/gpu/drm/Makefile", "");
          source.file("linux-6/drivers/net/veth.c", "");
        });
    SourceTree.unpack(archive, target, bytes -> {});
    assertEquals(
        List.of(
            "Makefile",
            "arch/Kconfig",
            "arch/arm64/Kconfig",
            "arch/x86/kernel/cpu.c",
            "drivers/gpu/drm/Makefile",
            "drivers/net/veth.c",
            "scripts/check.sh"),
        unpacked());
    assertTrue(Files.isExecutable(target.resolve("scripts/check.sh")));
    assertFalse(Files.isExecutable(target.resolve("Makefile")));
    assertEquals(
        TestSource.TIME, Files.getLastModifiedTime(target.resolve("Makefile")).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-6/../../escaped",
        "linux-6//escaped",
        "linux-6/a/./b",
        "/etc/escaped/../x",
        "linux-6/new\nline",
        "../../x/../escaped"
      })
  void refusesNamesThatAreNoPlainWords(String name) throws IOException {
    TestSource.write(
        archive,
        source -> {
          source.file("linux-6/Makefile", "all:");
          source.file(name, "x");
        });
    var refused =
        assertThrows(EngineException.class, () -> SourceTree.unpack(archive, target, bytes -> {}));
    assertEquals(Kind.CORRUPT, refused.kind());
    assertEquals(List.of("Makefile"), unpacked());
    try (var beside = Files.list(directory)) {
      assertEquals(2, beside.count());
    }
  }

  @Test
  void aLinkLeadsNowhere() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    TestSource.write(
        archive,
        source -> {
          source.file("linux-6/Makefile", "all:");
          source.symbolicLink("linux-6/lib", outside.toString());
          source.file("linux-6/lib/escaped", "x");
        });
    SourceTree.unpack(archive, target, bytes -> {});
    try (var files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
    assertEquals(List.of("Makefile", "lib/escaped"), unpacked());
  }

  @Test
  void saysSoIfTheArchiveIsDamaged() throws IOException {
    TestSource.write(archive, source -> source.file("linux-6/Makefile", "all:".repeat(5000)));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    var refused =
        assertThrows(EngineException.class, () -> SourceTree.unpack(archive, target, bytes -> {}));
    assertEquals(Kind.CORRUPT, refused.kind());
    Files.writeString(archive, "no archive");
    assertEquals(
        Kind.CORRUPT,
        assertThrows(EngineException.class, () -> SourceTree.unpack(archive, target, bytes -> {}))
            .kind());
  }

  @Test
  void readsADebianPackage() throws IOException {
    TestSource.write(archive, source -> source.file("linux-source-6.1/Makefile", "all:"));
    byte[] content = Files.readAllBytes(archive);
    Path data = directory.resolve("data.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(data))) {
      var entry = new TarArchiveEntry("./usr/src/linux-source-6.1.tar.xz");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    Path deb = directory.resolve("linux-source-6.1_6.1.deb");
    try (var ar = new ArArchiveOutputStream(Files.newOutputStream(deb))) {
      ar.putArchiveEntry(new ArArchiveEntry("data.tar", Files.size(data)));
      Files.copy(data, ar);
      ar.closeArchiveEntry();
    }
    SourceTree.unpack(deb, target, bytes -> {});
    assertEquals(List.of("Makefile"), unpacked());
  }
}
