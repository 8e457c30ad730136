package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Attachment;
import dev.containertui.container.CommitSpec;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.api.client.RemoteEngine;
import dev.containertui.engine.api.process.EngineConnector;
import dev.containertui.engine.api.process.EngineControl;
import dev.containertui.error.EngineException;
import dev.containertui.host.HostProcesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers outlive the engine's process, however it ends, and the next one has them. */
@Timeout(180)
class EngineProcessIT {
  @TempDir static Path home;
  private static EngineConfig config;
  private static EngineControl control;
  private static RemoteEngine engine;
  private static String image;

  @BeforeAll
  static void prepare() throws Exception {
    Path directory = Files.createDirectories(StateDirectories.below(home).config());
    Files.writeString(directory.resolve("config.json"), "{\"engineIdleSeconds\": 1}");
    config = TestEngine.prepare(home);
    control = new EngineControl(config);
    engine = new EngineConnector(config, notice -> {}).connect();
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterEach
  void removeContainers() {
    engine.containers().list(true).forEach(container -> container.remove(true));
  }

  @AfterAll
  static void end() throws Exception {
    engine.close();
    control.stop();
  }

  private static Container start(String script) {
    Container container =
        engine
            .containers()
            .create(ContainerSpec.of(image).name("kept").arguments("sh", "-c", script).build());
    container.start();
    return container;
  }

  private static ProcessHandle process() {
    return control.process().orElseThrow();
  }

  @Test
  void aKilledEngineLosesNothing() throws Exception {
    Container container =
        start(
            "n=0; while [ $n -lt 400 ]; do n=$((n+1)); echo line $n; sleep 0.05; done;"
                + " while ! test -e /end; do sleep 0.1; done; exit 7");
    Running before = assertInstanceOf(Running.class, container.state());
    // A start is answered just before that is written; the time of a kill in between is another.
    Path record = config.directories().containers().resolve(container.id() + "/container.json");
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        !Files.readString(record).contains(before.at().toString()); ) {
      assertTrue(System.nanoTime() < end, () -> record + " never said when it began to run");
      Thread.sleep(10);
    }
    ProcessHandle first = process();
    HostProcesses.kill(first);
    Container found = engine.containers().find("kept").orElseThrow();
    assertEquals(before, found.state());
    assertNotEquals(first.pid(), process().pid());
    assertEquals(
        "x\n", new String(found.exec(ProcessSpec.of("echo", "x")).getInputStream().readAllBytes()));
    // However long the next engine took: it ran until now.
    assertEquals(0, found.exec(ProcessSpec.of("touch", "/end")).waitFor());
    ContainerProcess main = found.process().orElseThrow();
    List<String> lines = new String(main.getInputStream().readAllBytes()).lines().toList();
    assertEquals(7, main.waitFor());
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 400; i++) {
      expected.add("line " + i);
    }
    assertEquals(expected, lines);
    assertEquals(7, assertInstanceOf(Exited.class, found.awaitEnd()).exitCode());
  }

  @Test
  void aRestartKeepsContainersRunning() throws Exception {
    Container container = start("sleep 1000");
    Running before = assertInstanceOf(Running.class, container.state());
    ProcessHandle first = control.stop().orElseThrow();
    assertTrue(!first.isAlive());
    assertTrue(ProcessHandle.of(before.machinePid()).isPresent());
    assertEquals(before, container.state());
    assertNotEquals(first.pid(), process().pid());
    container.stop(Duration.ZERO);
    assertInstanceOf(Exited.class, container.state());
  }

  /** The commit has paused it, and nobody is left to let it go on. */
  @Test
  void aCommitThatIsCutShortLeavesTheContainerRunning() throws Exception {
    Container container =
        start("dd if=/dev/urandom of=/large bs=1M count=32; echo written; sleep 1000");
    InputStream output = container.process().orElseThrow().getInputStream();
    assertEquals("written\n", new String(output.readNBytes(8)));
    BlockingQueue<Optional<EngineException>> ends = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                container.commit(
                    new CommitSpec(
                        Optional.of("cut:short"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        true));
                ends.add(Optional.empty());
              } catch (EngineException e) {
                ends.add(Optional.of(e));
              }
            });
    while (!(container.state() instanceof Paused)) {
      assertTrue(ends.isEmpty(), "the commit was over before it could be cut short");
    }
    HostProcesses.kill(process());
    EngineException end = ends.poll(60, TimeUnit.SECONDS).orElseThrow();
    assertTrue(end.getMessage().endsWith("has broken off the connection"), end.getMessage());
    assertInstanceOf(Running.class, engine.containers().find("kept").orElseThrow().state());
    assertEquals(
        "x\n",
        new String(container.exec(ProcessSpec.of("echo", "x")).getInputStream().readAllBytes()));
  }

  @Test
  void aContainerThatRunsKeepsTheEngine() throws Exception {
    Container container = start("sleep 1000");
    ProcessHandle first = process();
    Thread.sleep(4000);
    assertTrue(first.isAlive());
    container.remove(true);
    first.onExit().get(60, TimeUnit.SECONDS);
  }

  @Test
  void eventsGoOnWithTheNextEngine() throws Exception {
    BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    Container container = start("sleep 1000");
    try (var _ = engine.onEvent(events::add)) {
      HostProcesses.kill(process());
      // The next engine has to be there long enough to be found: one that has nothing to do goes.
      engine
          .containers()
          .create(ContainerSpec.of(image).name("other").arguments("sleep", "1000").build())
          .start();
      container.kill(9);
      EngineEvent.ContainerChanged change;
      do {
        change =
            assertInstanceOf(EngineEvent.ContainerChanged.class, events.poll(60, TimeUnit.SECONDS));
      } while (!change.action().equals("die"));
      assertEquals(container.id(), change.containerId());
    }
  }

  @Test
  void whoOnlyWatchesDoesNotStartAnEngineThatWent() throws Exception {
    Container container = start("sleep 1000");
    BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    try (var _ = engine.onEvent(events::add)) {
      HostProcesses.kill(process());
      EngineException gone =
          assertThrows(
              EngineException.class, () -> engine.watch(() -> engine.containers().list(true)));
      assertEquals(EngineException.Kind.UNAVAILABLE, gone.kind(), gone::getMessage);
      assertThrows(EngineException.class, () -> engine.watch(() -> engine.containers().stats()));
      Thread.sleep(3000); // the subscription has asked several times
      assertEquals(Optional.empty(), control.process().filter(ProcessHandle::isAlive));
      // The next engine has to be there long enough to be found: one that has nothing to do goes.
      Container other =
          engine
              .containers()
              .create(ContainerSpec.of(image).name("other").arguments("sleep", "1000").build());
      other.start();
      container.kill(9);
      assertInstanceOf(EngineEvent.class, events.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void whoJoinedAFurtherProcessIsToldThatTheEngineWent() throws Exception {
    ContainerProcess further = start("sleep 1000").exec(ProcessSpec.of("sleep", "1000"));
    HostProcesses.kill(process());
    EngineException gone = assertThrows(EngineException.class, further::waitFor);
    assertEquals("the engine went away while the process ran", gone.getMessage());
    assertEquals(Optional.empty(), control.process().filter(ProcessHandle::isAlive));
  }

  @Test
  void whoWaitsWaitsOnWithTheNextEngine() throws Exception {
    Container container = start("sleep 1000");
    BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                ends.add(container.awaitEnd());
              } catch (EngineException e) {
                ends.add(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Thread.sleep(300);
    HostProcesses.kill(process());
    assertInstanceOf(Running.class, container.state());
    assertNull(ends.poll(500, TimeUnit.MILLISECONDS));
    container.kill(9);
    assertEquals(137, assertInstanceOf(Exited.class, ends.poll(60, TimeUnit.SECONDS)).exitCode());
  }

  /** Every byte once, what is typed afterwards too, and the exit code. */
  @Test
  void whoIsAttachedGoesOnWithTheNextEngine() throws Exception {
    attachedWhile(() -> HostProcesses.kill(process()));
  }

  @Test
  void whoIsAttachedGoesOnAfterAnUpgrade() throws Exception {
    attachedWhile(
        () -> {
          control.stop();
          try (RemoteEngine next = new EngineConnector(config, notice -> {}).connect()) {
            next.containers().list(true);
          }
        });
  }

  private interface Interruption {
    void happen() throws Exception;
  }

  private static void type(Attachment attachment, String words) {
    try {
      attachment.input().write(words.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void attachedWhile(Interruption interruption) throws Exception {
    Container container =
        engine
            .containers()
            .create(
                ContainerSpec.of(image)
                    .name("kept")
                    .openStdin(true)
                    .arguments(
                        "sh",
                        "-c",
                        "n=0; while [ $n -lt 200 ]; do n=$((n+1)); echo line $n; echo e $n >&2;"
                            + " sleep 0.02; done; read word; echo got $word; exit 7")
                    .build());
    try (Attachment attachment = container.attach(false)) {
      ContainerProcess main = container.start();
      Map<LogRecord.Stream, ByteArrayOutputStream> got = new EnumMap<>(LogRecord.Stream.class);
      Thread typing = null;
      LogStream output = attachment.output();
      for (Optional<LogRecord> next = output.next(); next.isPresent(); next = output.next()) {
        ByteArrayOutputStream text =
            got.computeIfAbsent(next.get().stream(), _ -> new ByteArrayOutputStream());
        text.writeBytes(next.get().bytes());
        if (typing == null && text.toString().contains("line 20\n")) {
          interruption.happen();
          // As a keyboard does, beside who reads: the next connection is made by reading.
          typing = Thread.ofVirtual().start(() -> type(attachment, "words\n"));
        }
      }
      assertNotNull(typing);
      typing.join();
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      for (int i = 1; i <= 200; i++) {
        out.append("line ").append(i).append('\n');
        err.append("e ").append(i).append('\n');
      }
      assertEquals(out + "got words\n", got.get(LogRecord.Stream.OUT).toString());
      assertEquals(err.toString(), got.get(LogRecord.Stream.ERR).toString());
      assertEquals(7, main.waitFor());
    }
  }

  @Test
  void tenFrontEndsAtOnceGetWhatTheyAskFor() throws Exception {
    Container container = start("sleep 1000");
    List<Thread> threads = new ArrayList<>();
    List<String> said = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < 10; i++) {
      String word = "word" + i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (RemoteEngine mine = new EngineConnector(config, n -> {}).connect();
                        InputStream out =
                            mine.containers()
                                .find("kept")
                                .orElseThrow()
                                .exec(ProcessSpec.of("echo", word))
                                .getInputStream()) {
                      said.add(new String(out.readAllBytes()).strip());
                    } catch (java.io.IOException e) {
                      said.add(e.toString());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    String[] expected = new String[10];
    for (int i = 0; i < 10; i++) {
      expected[i] = "word" + i;
    }
    assertArrayEquals(expected, said.stream().sorted().toArray());
    container.stop(Duration.ZERO);
  }
}
