package dev.containertui.template;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.host.HostProcesses;
import dev.containertui.template.TemplateManifest.KeptFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files; what is in them is of no matter to the store. */
@Timeout(60)
class TemplateStoreTest {
  private static final List<String> IDENTITY = List.of("layout", "kernel", "1 vCPU");
  private static final String KEY = TemplateStore.key(IDENTITY);

  @TempDir Path home;
  private Path directory;
  private TemplateStore store;

  @BeforeEach
  void open() {
    directory = home.resolve("templates");
    store = new TemplateStore(directory);
  }

  private Template make(List<String> identity) throws IOException {
    try (TemplateStore.Making making = store.begin(identity).orElseThrow()) {
      StubCloning.fill(making.directory());
      return making.publish(new StubCloning(), "6.1.0", "tcg", 1, 256 << 20);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".lock-"))
          .sorted()
          .toList();
    }
  }

  private void flipByte(String name) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(KEY).resolve(name),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, 100);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 4)}), 100);
    }
  }

  /** As a template that was last read through in another run of the host. */
  private void restamp(String hostBoot) throws IOException {
    Path template = directory.resolve(KEY);
    TemplateManifest old = TemplateManifest.read(template).orElseThrow();
    Map<String, KeptFile> now =
        TemplateManifest.describe(template, List.copyOf(old.files().keySet()));
    Map<String, KeptFile> stamped = new java.util.LinkedHashMap<>();
    old.files()
        .forEach(
            (name, kept) ->
                stamped.put(
                    name, new KeptFile(kept.sizeBytes(), now.get(name).stamp(), kept.extents())));
    new TemplateManifest(
            old.version(),
            old.identity(),
            old.kernelRelease(),
            old.accelerator(),
            old.vcpus(),
            old.memoryBytes(),
            old.createdAt(),
            hostBoot,
            stamped)
        .write(template);
  }

  @Test
  void isFoundByItsIdentityAndNoOther() throws IOException {
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertEquals(List.of(), store.list());
    Template made = make(IDENTITY);
    assertEquals(KEY, made.key());
    assertEquals(directory.resolve(KEY), made.directory());
    assertEquals("6.1.0", made.kernelRelease());
    assertTrue(made.diskBytes() > 0 && made.diskBytes() < 1 << 20, made::toString);
    assertEquals(made.createdAt(), store.find(IDENTITY).orElseThrow().createdAt());
    assertEquals(Optional.empty(), store.find(List.of("layout", "kernel", "2 vCPUs")));
    assertEquals(List.of(KEY), names());
  }

  @Test
  void theOneUsedLastIsTheFirst() throws IOException {
    make(IDENTITY);
    List<String> other = List.of("other");
    make(other);
    Path manifest = directory.resolve(KEY).resolve(TemplateManifest.FILE_NAME);
    Files.setLastModifiedTime(manifest, FileTime.fromMillis(0));
    assertEquals(TemplateStore.key(other), store.list().getFirst().key());
    Files.setLastModifiedTime(
        directory.resolve(TemplateStore.key(other)).resolve(TemplateManifest.FILE_NAME),
        FileTime.fromMillis(0));
    store.find(IDENTITY).orElseThrow();
    assertEquals(KEY, store.list().getFirst().key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "state", "upper.ext4"})
  void withAFlippedByteItIsNotUsedAndGoes(String file) throws IOException {
    make(IDENTITY);
    flipByte(file);
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertEquals(List.of(), names());
    make(IDENTITY);
    assertTrue(store.find(IDENTITY).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "state", "upper.ext4"})
  void cutShortOrWithoutAFileItIsNotUsedAndGoes(String file) throws IOException {
    make(IDENTITY);
    Path path = directory.resolve(KEY).resolve(file);
    Tool.run("truncate", "-s", "-1", path.toString());
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertEquals(List.of(), names());
    make(IDENTITY);
    Files.delete(path);
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertEquals(List.of(), names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "garbage",
        "{",
        "[]",
        "{}",
        "{\"version\":1,\"identity\":[\"a\"],\"files\":{}}",
        "{\"version\":1,\"identity\":[\"a\"],\"hostBoot\":\"x\",\"createdAt\":\"yesterday\",\"files\":{}}",
        "{\"version\":1,\"identity\":[\"a\"],\"files\":{\"memory\":null}}",
        "{\"version\":1,\"identity\":[\"a\"],\"files\":{\"../x\":{\"extents\":[]}}}",
        "{\"version\":2}",
      })
  void aManifestThatIsNoneMakesRoomForANewTemplate(String text) throws IOException {
    make(IDENTITY);
    Files.writeString(directory.resolve(KEY).resolve(TemplateManifest.FILE_NAME), text);
    assertEquals(List.of(), store.list());
    assertEquals(Optional.empty(), store.find(IDENTITY));
    make(IDENTITY);
    assertTrue(store.find(IDENTITY).isPresent());
    assertEquals(List.of(KEY), names());
  }

  @Test
  void anotherTemplatesManifestIsNotBelieved() throws IOException {
    make(IDENTITY);
    make(List.of("other"));
    Files.copy(
        directory.resolve(TemplateStore.key(List.of("other"))).resolve(TemplateManifest.FILE_NAME),
        directory.resolve(KEY).resolve(TemplateManifest.FILE_NAME),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertTrue(store.find(List.of("other")).isPresent());
  }

  @Test
  void afterABootOfTheHostItIsReadThroughAndStampedAnew() throws IOException {
    make(IDENTITY);
    restamp("another boot");
    assertTrue(store.find(IDENTITY).isPresent());
    assertEquals(
        TemplateManifest.currentHostBoot(),
        TemplateManifest.read(directory.resolve(KEY)).orElseThrow().hostBoot());
  }

  /** A crash may lose data and leave the times of the files as they were to be. */
  @Test
  void afterABootOfTheHostStampsAloneAreNotBelieved() throws IOException {
    make(IDENTITY);
    flipByte("memory");
    restamp("another boot");
    assertEquals(Optional.empty(), store.find(IDENTITY));
    assertEquals(List.of(), names());
  }

  @Test
  void dataThatAppearedInAHoleIsDamageToo() throws IOException {
    make(IDENTITY);
    try (FileChannel channel =
        FileChannel.open(directory.resolve(KEY).resolve("memory"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 100 << 20);
    }
    restamp("another boot");
    assertEquals(Optional.empty(), store.find(IDENTITY));
  }

  @Test
  void touchedFilesAreReadThroughAndStampedAnew() throws IOException {
    make(IDENTITY);
    Path memory = directory.resolve(KEY).resolve("memory");
    Files.setLastModifiedTime(memory, FileTime.fromMillis(0));
    String before = TemplateManifest.read(directory.resolve(KEY)).orElseThrow().toString();
    assertTrue(store.find(IDENTITY).isPresent());
    String after = TemplateManifest.read(directory.resolve(KEY)).orElseThrow().toString();
    assertNotEquals(before, after);
    assertTrue(store.find(IDENTITY).isPresent());
    assertEquals(after, TemplateManifest.read(directory.resolve(KEY)).orElseThrow().toString());
  }

  @Test
  void theWritableDiskIsCopiedWithItsHoles() throws IOException {
    Template made = make(IDENTITY);
    Path copy = home.resolve("copy");
    store.copyUpperDisk(made, copy);
    assertEquals(-1, Files.mismatch(made.directory().resolve(TemplateStore.UPPER_DISK), copy));
    store.remove(KEY);
    assertThrows(EngineException.class, () -> store.copyUpperDisk(made, home.resolve("another")));
  }

  @Test
  void onlyATemplateCanBeRemoved() throws IOException {
    make(IDENTITY);
    Files.createDirectory(home.resolve("precious"));
    for (String name : List.of("", ".", "..", "../precious", "0123456789abcdef", ".making-x")) {
      assertFalse(store.remove(name), name);
    }
    assertTrue(Files.exists(home.resolve("precious")));
    assertTrue(store.remove(KEY));
    assertEquals(List.of(), names());
  }

  @Test
  void whatIsNotPublishedLeavesNothing() throws IOException {
    try (TemplateStore.Making making = store.begin(IDENTITY).orElseThrow()) {
      StubCloning.fill(making.directory());
    }
    assertEquals(List.of(), names());
    make(IDENTITY);
    assertEquals(Optional.empty(), store.begin(IDENTITY), "it is there");
  }

  @Test
  void ofTwoMakersAtOnceOneMakesIt() throws IOException {
    try (TemplateStore.Making _ = store.begin(IDENTITY).orElseThrow()) {
      assertEquals(Optional.empty(), store.begin(IDENTITY));
      assertEquals(Optional.empty(), new TemplateStore(directory).begin(IDENTITY));
      assertTrue(StoreProcess.answer(directory, "begin").startsWith("busy"));
      try (TemplateStore.Making other = store.begin(List.of("other")).orElseThrow()) {
        assertTrue(Files.exists(other.directory()));
      }
    }
    assertTrue(StoreProcess.answer(directory, "begin").startsWith("begun"));
  }

  @Test
  void whoFindsADamagedOneAtTheSameTimeLeavesNothingBehind() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        make(IDENTITY);
        flipByte("state");
        List<Callable<Optional<Template>>> finders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          finders.add(() -> store.find(IDENTITY));
        }
        for (var found : threads.invokeAll(finders)) {
          assertEquals(Optional.empty(), found.get());
        }
        assertEquals(List.of(), names());
      }
    }
  }

  /** The machine is one that has the directory in its command line, as QEMU does. */
  @ParameterizedTest
  @ValueSource(strings = {"sweep", "begin"})
  void aKilledMakersMachineAndFilesGo(String by) throws Exception {
    Process maker = StoreProcess.start(directory, "hang");
    Path making = Path.of(maker.inputReader().readLine().split(" ")[1]);
    ProcessHandle machine = HostProcesses.mentioning(making + "/memory").findFirst().orElseThrow();
    store.sweep();
    assertEquals(Optional.empty(), store.begin(IDENTITY));
    assertTrue(machine.isAlive() && Files.exists(making), "its maker lives");

    maker.destroyForcibly().waitFor();
    assertTrue(machine.isAlive());
    if (by.equals("sweep")) {
      store.sweep();
    } else {
      make(IDENTITY);
    }
    machine.onExit().get(30, TimeUnit.SECONDS);
    assertFalse(Files.exists(making));
    assertEquals(by.equals("sweep") ? List.of() : List.of(KEY), names());
  }

  @Test
  void anEmptyStoreCanBeSwept() {
    store.sweep();
    assertFalse(Files.exists(directory));
  }

  @Test
  void aTemplateIsForItsUserAlone() throws IOException {
    make(IDENTITY);
    assertArrayEquals(
        new String[] {"700", "700"},
        Tool.run("stat", "-c", "%a", directory.toString(), directory.resolve(KEY).toString())
            .split("\n"));
  }
}
