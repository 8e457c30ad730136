package dev.containertui.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.AllocatedSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeStoreTest {
  @TempDir Path home;
  private Path directory;
  private VolumeStore store;

  @BeforeEach
  void open() {
    directory = home.resolve("volumes");
    store = new VolumeStore(directory);
  }

  private static VolumeSpec spec(String name, Map<String, String> options) {
    return new VolumeSpec(Optional.of(name), "local", Map.of("k", "v"), options);
  }

  @Test
  void aVolumeIsASparseWholeFileSystem() throws Exception {
    Volume volume = store.create(spec("data", Map.of("size", "20m")));
    assertEquals(20 << 20, volume.sizeBytes());
    assertEquals(VolumeDisk.MAX_BYTES, Files.size(volume.disk()));
    assertTrue(AllocatedSpace.bytes(volume.disk()) < 1 << 20);
    Process check =
        new ProcessBuilder("e2fsck", "-fn", volume.disk().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());
    assertEquals(0, check.waitFor(), said);
    assertFalse(VolumeDisk.isSettled(volume.disk()));
    assertFalse(VolumeDisk.isInUse(volume.disk(), true));
    assertFalse(VolumeDisk.isInUse(volume.disk(), false));
  }

  @Test
  void anotherStoreFindsIt() {
    Volume volume = store.create(spec("data", Map.of("size", "1g")));
    VolumeStore other = new VolumeStore(directory);
    assertEquals(List.of(volume), other.list());
    assertEquals(Optional.of(volume), other.find("data"));
    assertEquals(Optional.empty(), other.find("none"));
    assertEquals(Optional.empty(), other.find("../volumes/data"));
    assertTrue(other.remove("data"));
    assertFalse(other.remove("data"));
    assertEquals(List.of(), store.list());
    assertFalse(Files.exists(directory.resolve("data")));
  }

  @Test
  void whatIsThereStaysAsItIs() {
    Volume volume = store.create(spec("data", Map.of("size", "1g")));
    assertEquals(volume, store.create(VolumeSpec.named("data")));
    assertEquals(volume, store.create(spec("data", Map.of("size", "1024m"))));
    EngineException refused =
        assertThrows(EngineException.class, () -> store.create(spec("data", Map.of("size", "2g"))));
    assertEquals(Kind.CONFLICT, refused.kind());
  }

  @Test
  void withoutANameItIsAnonymous() {
    Volume volume = store.create(new VolumeSpec(Optional.empty(), "local", Map.of(), Map.of()));
    assertTrue(volume.name().matches("[0-9a-f]{64}"), volume.name());
    assertTrue(volume.anonymous());
    assertEquals(List.of(volume), store.list());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "-a", ".a", "a/b", "..", "../a", "a b", "a\nb", "ä1", "a\u0000b"})
  void otherNamesAreRefused(String name) {
    EngineException refused =
        assertThrows(EngineException.class, () -> store.create(VolumeSpec.named(name)));
    assertEquals(Kind.INVALID, refused.kind());
    assertFalse(Files.exists(home.resolve("a")));
  }

  @Test
  void aNameIsNotLongerThanADirectorysMayBe() {
    assertThrows(EngineException.class, () -> store.create(VolumeSpec.named("a".repeat(201))));
    assertEquals(200, store.create(VolumeSpec.named("a".repeat(200))).name().length());
  }

  @ParameterizedTest
  @CsvSource({
    "0, INVALID",
    "1m, INVALID",
    "2t, INVALID",
    "99999999999999t, INVALID",
    "-1, INVALID",
    "ten, INVALID",
    "10x, INVALID",
    "'', INVALID"
  })
  void otherSizesAreRefused(String size, Kind kind) {
    EngineException refused =
        assertThrows(EngineException.class, () -> store.create(spec("data", Map.of("size", size))));
    assertEquals(kind, refused.kind());
    assertEquals(List.of(), store.list());
  }

  @Test
  void aSizeMayNotBeMoreThanTheDisksIfItIsAskedFor() throws Exception {
    Files.createDirectories(directory);
    long total = Files.getFileStore(directory).getTotalSpace();
    if (total < VolumeDisk.MAX_BYTES) {
      EngineException refused =
          assertThrows(
              EngineException.class, () -> store.create(spec("data", Map.of("size", "1t"))));
      assertEquals(Kind.EXHAUSTED, refused.kind());
    } else {
      assertEquals(1L << 40, store.create(spec("data", Map.of("size", "1t"))).sizeBytes());
    }
  }

  @Test
  void otherDriversAndOptionsAreRefused() {
    VolumeSpec driver = new VolumeSpec(Optional.of("data"), "nfs", Map.of(), Map.of());
    assertEquals(
        Kind.NOT_FOUND, assertThrows(EngineException.class, () -> store.create(driver)).kind());
    assertThrows(
        EngineException.class, () -> store.create(spec("data", Map.of("device", "/dev/sda"))));
  }

  @Test
  void whatIsHalfMadeIsNone() throws Exception {
    Files.createDirectories(directory.resolve("half"));
    Files.createDirectories(directory.resolve(".new-1"));
    assertEquals(List.of(), store.list());
    store.sweep();
    assertFalse(Files.exists(directory.resolve(".new-1")));
    assertEquals("half", store.create(VolumeSpec.named("half")).name());
    assertEquals(1, store.list().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"createdAt\":7}", "{\"createdAt\":\"x\"}"})
  void aDamagedRecordDoesNotCostTheData(String record) throws Exception {
    Volume volume = store.create(VolumeSpec.named("data"));
    store.create(VolumeSpec.named("other"));
    byte[] head = head(volume.disk());
    Files.writeString(directory.resolve("data/volume.json"), record);
    assertEquals(List.of("other"), store.list().stream().map(Volume::name).toList());
    for (Executable use :
        List.<Executable>of(
            () -> store.create(VolumeSpec.named("data")), () -> store.require("data"))) {
      EngineException refused = assertThrows(EngineException.class, use);
      assertEquals(Kind.CORRUPT, refused.kind());
      assertTrue(refused.getMessage().contains("data/volume.json"), refused.getMessage());
    }
    assertArrayEquals(head, head(volume.disk()));
    assertTrue(store.remove("data"));
    assertEquals("data", store.create(VolumeSpec.named("data")).name());
  }

  private static byte[] head(Path disk) throws IOException {
    try (InputStream in = Files.newInputStream(disk)) {
      return in.readNBytes(4096);
    }
  }

  @Test
  void oddFilesAmongVolumesHideNone() throws Exception {
    store.create(VolumeSpec.named("data"));
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), "kept");
    Files.writeString(directory.resolve("file"), "x");
    Files.createDirectories(directory.resolve("deep/volume.json"));
    Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    Files.createSymbolicLink(directory.resolve("nowhere"), home.resolve("gone"));
    assertEquals(List.of("data"), store.list().stream().map(Volume::name).toList());
    for (String name : List.of("file", "deep", "link", "nowhere")) {
      EngineException refused =
          assertThrows(EngineException.class, () -> store.create(VolumeSpec.named(name)));
      assertEquals(Kind.CORRUPT, refused.kind(), name);
      assertTrue(store.remove(name), name);
      assertFalse(Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS), name);
    }
    assertEquals("kept", Files.readString(elsewhere));
    assertFalse(store.remove("../elsewhere"));
    assertFalse(store.remove("."));
  }

  @Test
  void aDiskThatIsADirectoryCanBeRemoved() throws Exception {
    Volume volume = store.create(VolumeSpec.named("data"));
    Files.delete(volume.disk());
    Files.createDirectories(volume.disk().resolve("x"));
    assertTrue(store.remove("data"));
    assertEquals(List.of(), store.list());
  }

  @Test
  void labelsThatCouldNotBeReadAgainAreRefused() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      labels.put("l" + i, "\u0001".repeat(4000));
    }
    EngineException refused =
        assertThrows(
            EngineException.class,
            () -> store.create(new VolumeSpec(Optional.of("data"), "local", labels, Map.of())));
    assertEquals(Kind.INVALID, refused.kind());
    assertEquals(Optional.empty(), store.find("data"));
    assertEquals("data", store.create(VolumeSpec.named("data")).name());
  }

  @Test
  void whoIsInterruptedBeforeItsLockHasCancelled() {
    Thread.currentThread().interrupt();
    try {
      EngineException refused =
          assertThrows(EngineException.class, () -> store.create(VolumeSpec.named("data")));
      assertEquals(Kind.CANCELLED, refused.kind());
    } finally {
      Thread.interrupted();
    }
    assertEquals(
        Kind.CANCELLED,
        DiskErrors.of("cannot lock", directory, new FileLockInterruptionException()).kind());
  }
}
