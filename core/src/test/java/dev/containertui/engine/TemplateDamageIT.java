package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.template.Tampering;
import dev.containertui.template.Template;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container starts whatever has become of its shape's template, and never from damage. */
@Timeout(180)
class TemplateDamageIT {
  private static final int MIB = 1 << 20;

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static String image;

  private Template template;

  @BeforeAll
  static void open() throws Exception {
    config = TestEngine.prepareWithTemplates(home);
    engine = LocalEngine.open(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @BeforeEach
  void buildTemplate() {
    template = engine.templates().build(Optional.empty(), Optional.empty(), Optional.empty());
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    Leftovers.assertNone(config);
    engine.containers().list(true).forEach(container -> container.remove(true));
  }

  /** Its start line. */
  private static String startAndUse() throws Exception {
    Container container =
        engine
            .containers()
            .create(
                ContainerSpec.of(image).arguments("sh", "-c", "echo x > /file; echo ok").build());
    ContainerProcess process = container.start();
    assertEquals("ok\n", new String(process.getInputStream().readAllBytes()));
    assertEquals(0, process.waitFor());
    container.awaitEnd();
    return container.bootTimeline().start();
  }

  private void flipByte(String name, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            template.directory().resolve(name),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), at);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "state", "upper.ext4"})
  void withAFlippedByteItIsMadeAnew(String file) throws Exception {
    flipByte(file, 2000);
    assertEquals("clone of template " + template.key(), startAndUse());
    assertNotEquals(template.createdAt(), engine.templates().list().getFirst().createdAt());
  }

  @Test
  void withoutAFileItIsMadeAnew() throws Exception {
    Files.delete(template.directory().resolve("state"));
    assertEquals("clone of template " + template.key(), startAndUse());
    assertNotEquals(template.createdAt(), engine.templates().list().getFirst().createdAt());
  }

  @Test
  void withAGarbageManifestItIsMadeAnew() throws Exception {
    Files.writeString(template.directory().resolve("template.json"), "garbage");
    assertEquals("clone of template " + template.key(), startAndUse());
    assertNotEquals(template.createdAt(), engine.templates().list().getFirst().createdAt());
  }

  private void assertFallsBackWith(String file, byte[] content) throws Exception {
    Tampering.replace(template.directory(), file, content);
    String start = startAndUse();
    assertTrue(start.startsWith("cold boot: template " + template.key() + " failed: "), start);
    assertEquals(1, start.lines().count(), start);
    assertFalse(Files.exists(template.directory()));
    assertEquals("clone of template " + template.key(), startAndUse());
  }

  @Test
  void aStateThatQemuRefusesMeansAColdBoot() throws Exception {
    byte[] state = Files.readAllBytes(template.directory().resolve("state"));
    byte[] garbage = new byte[100_000];
    new Random(4).nextBytes(garbage);
    for (byte[] bad : List.of(new byte[0], garbage, Arrays.copyOf(state, state.length / 2))) {
      assertFallsBackWith("state", bad);
      buildTemplate();
    }
  }

  @Test
  void memoryOfAnotherSizeMeansAColdBoot() throws Exception {
    assertFallsBackWith("memory", new byte[MIB]);
  }

  @Test
  void aGuestThatDoesNotComeBackMeansAColdBoot() throws Exception {
    Path memory = template.directory().resolve("memory");
    long size = Files.size(memory);
    Tool.run("truncate", "-s", "0", memory.toString());
    Tool.run("truncate", "-s", Long.toString(size), memory.toString());
    Tampering.replace(
        template.directory(), "state", Files.readAllBytes(template.directory().resolve("state")));
    String start = startAndUse();
    assertTrue(start.startsWith("cold boot: template " + template.key() + " failed: "), start);
    assertFalse(Files.exists(template.directory()));
  }

  @Test
  void clonesLiveOnWhenTheirTemplateIsRemoved() throws Exception {
    Container container =
        engine
            .containers()
            .create(ContainerSpec.of(image).arguments("cat").openStdin(true).build());
    ContainerProcess process = container.start();
    engine.templates().remove(template.key());
    process.getOutputStream().write("alive\n".getBytes());
    process.getOutputStream().close();
    assertEquals("alive\n", new String(process.getInputStream().readAllBytes()));
    assertEquals(0, process.waitFor());
    container.awaitEnd();
  }

  /** The engine's whole cache, on a file system that is smaller than a template may get. */
  @Test
  void onAFullDiskMachinesBootAndNothingIsLeft() throws Exception {
    Path templates = config.directories().templates();
    engine.templates().prune(true);
    Tool.run("mount", "-t", "tmpfs", "-o", "size=100m", "none", templates.toString());
    try {
      String start = startAndUse();
      assertTrue(start.startsWith("cold boot: too little disk space for a template"), start);
      assertEquals(List.of(), names(templates));
    } finally {
      Tool.run("umount", templates.toString());
    }
  }

  /** There was room enough at first; then another program took it. */
  @Test
  void whatRunsOutOfDiskInTheMakingMeansAColdBootAndLeavesNothing() throws Exception {
    Path templates = config.directories().templates();
    engine.templates().prune(true);
    Tool.run("mount", "-t", "tmpfs", "-o", "size=600m", "none", templates.toString());
    try {
      Thread other = Thread.ofPlatform().start(() -> fillOnceAMachineIsThere(templates));
      String start = startAndUse();
      other.join();
      assertTrue(start.startsWith("cold boot: "), start);
      Files.delete(templates.resolve("other"));
      assertEquals(List.of(), names(templates));
    } finally {
      Tool.run("umount", templates.toString());
    }
  }

  private static void fillOnceAMachineIsThere(Path templates) {
    try (FileChannel channel =
        FileChannel.open(
            templates.resolve("other"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (names(templates).stream().noneMatch(name -> name.startsWith(".making-"))) {
        Thread.sleep(1);
      }
      Thread.sleep(50);
      while (true) {
        channel.write(ByteBuffer.allocate(MIB));
      }
    } catch (IOException full) {
      // That is what was wanted.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".lock-"))
          .filter(name -> !name.equals("other"))
          .toList();
    }
  }
}
