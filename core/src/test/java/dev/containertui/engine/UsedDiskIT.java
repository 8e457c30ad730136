package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.host.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose writable disk exists when it starts goes on with what is on it. */
@Timeout(300)
class UsedDiskIT {
  @TempDir Path home;
  private EngineConfig config;
  private LocalEngine engine;
  private String image;

  @BeforeEach
  void open() throws Exception {
    config = TestEngine.prepareWithTemplates(home);
    engine = LocalEngine.open(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
  }

  private Container create(String script) {
    return engine
        .containers()
        .create(ContainerSpec.of(image).arguments("sh", "-c", script).build());
  }

  private static String run(Container container) throws Exception {
    ContainerProcess process = container.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    container.awaitEnd();
    return text.strip();
  }

  private Path disk(Container container) {
    return config.directories().containers().resolve(container.id()).resolve("upper.ext4");
  }

  /** Gives a container that has not been started the disk of another one. */
  private void handOver(Container from, Container to) throws Exception {
    Files.move(disk(from), disk(to));
  }

  @Test
  void whatWasWrittenIsThereAndWhatWasDeletedIsNot() throws Exception {
    Container first = create("echo one > /kept; rm /etc/group; mkdir /many; touch /many/file");
    run(first);
    assertEquals(1, engine.templates().list().size());
    Container second = create("cat /kept; ls /many /etc; echo two >> /kept");
    handOver(first, second);
    assertEquals("one\n/etc:\nhostname\nhosts\npasswd\nresolv.conf\n\n/many:\nfile", run(second));
    Container third = create("cat /kept /etc/hostname");
    handOver(second, third);
    assertEquals("one\ntwo\n" + third.shortId(), run(third));
    // The second has made a template that the third is a clone of, too.
    assertEquals(2, engine.templates().list().size());
    assertNotEquals(first.bootTimeline().start(), second.bootTimeline().start());
    assertEquals(second.bootTimeline().start(), third.bootTimeline().start());
    assertTrue(third.bootTimeline().start().startsWith("clone of"), third.bootTimeline()::start);
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void aMachineThatWasKilledLosesNothingThatWasSynced() throws Exception {
    Container first = create("echo one > /kept; sync; echo written; sleep 1000");
    ContainerProcess process = first.start();
    assertEquals("written", process.inputReader().readLine());
    long machine = ((ContainerState.Running) first.state()).machinePid();
    ProcessHandle.of(machine).orElseThrow().destroyForcibly();
    first.awaitEnd();
    Container second = create("cat /kept");
    handOver(first, second);
    assertEquals("one", run(second));
    assertFalse(Files.exists(disk(second).resolveSibling("upper.ext4.building")));
  }

  @Test
  void aMachineThatBootsTakesTheDiskAsItIs() throws Exception {
    Container first = create("echo one > /kept");
    run(first);
    Container second =
        engine
            .containers()
            .create(ContainerSpec.of(image).arguments("cat", "/kept").coldBoot(true).build());
    handOver(first, second);
    assertEquals("one", run(second));
    assertTrue(second.bootTimeline().start().startsWith("cold boot"), second.bootTimeline()::start);
    Leftovers.assertDisksClean(config, 2);
  }

  @Test
  void aTemplateThatCannotBeMadeCostsTheDiskNothing() throws Exception {
    Container first = create("echo one > /kept");
    run(first);
    Container second = create("cat /kept; echo two >> /kept");
    handOver(first, second);
    run(second);
    Container third = create("cat /kept");
    handOver(second, third);
    // A file in their place: none is found, and none can be made.
    Path directory = config.directories().templates();
    DurableFiles.deleteTree(directory);
    Files.createFile(directory);
    try {
      assertEquals("one\ntwo", run(third));
    } finally {
      Files.delete(directory);
    }
    assertTrue(third.bootTimeline().start().startsWith("cold boot"), third.bootTimeline()::start);
    Leftovers.assertDisksClean(config, 2);
  }
}
