package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.api.client.RemoteEngine;
import dev.containertui.engine.api.server.ApiServer;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.vm.BootTimeline.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link RunningContainerIT} asks of an engine in this process, asked over its socket. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemoteEngineIT {
  private static final int MEGABYTE = 1 << 20;

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine local;
  private static ApiServer server;
  private static RemoteEngine engine;
  private static ImageSummary image;
  private static Container container;
  private static ContainerProcess main;
  private static final List<EngineEvent> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void run() throws Exception {
    config = TestEngine.prepare(home);
    local = LocalEngine.openSupervising(config);
    Path socket = config.directories().ensureRuntime().resolve("engine.sock");
    server = ApiServer.start(local, socket);
    engine = RemoteEngine.of(socket, config, () -> {}, notice -> events.add(null));
    engine.onEvent(events::add);
    image = TestEngine.pullBusybox(engine);
    container =
        engine
            .containers()
            .create(
                ContainerSpec.of(image.references().getFirst())
                    .name("tested")
                    .hostname("moon")
                    .arguments("cat")
                    .openStdin(true)
                    .stdinOnce(true)
                    .environment(Map.of("MINE", "1"))
                    .labels(Map.of("of", "tests"))
                    .build());
    main = container.start();
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
    server.close();
    local.close();
  }

  private static String output(ContainerProcess process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  private static ContainerProcess sh(String script) {
    return container.exec(ProcessSpec.of("sh", "-c", script));
  }

  @Test
  @Order(1)
  void isRunningAndTellsWhatTheEngineItselfTells() {
    Container known = local.containers().find("tested").orElseThrow();
    assertInstanceOf(ContainerState.Running.class, container.state());
    assertEquals(known.state(), container.state());
    assertEquals(known.spec(), container.spec());
    assertEquals(known.createdAt(), container.createdAt());
    assertEquals(known.imageDigest(), container.imageDigest());
    assertEquals(known.command(), container.command());
    assertEquals(known.startedAt(), container.startedAt());
    assertEquals(Optional.of("10.0.2.15"), container.address());
    assertEquals(known.bootTimeline().start(), container.bootTimeline().start());
    assertEquals(
        known.bootTimeline().marks().stream().map(Mark::step).toList(),
        container.bootTimeline().marks().stream().map(Mark::step).toList());
    assertEquals(List.of(container), engine.containers().list(false));
    assertEquals(Optional.of(container), engine.containers().find(container.shortId()));
    assertEquals(Optional.empty(), engine.containers().find("nobody"));
    assertEquals(
        local.containers().inspectJson("tested").replaceAll("\\s", ""),
        engine.containers().inspectJson("tested").replaceAll("\\s", ""));
  }

  @Test
  @Order(2)
  void carriesBytesBothWaysUnchanged() throws Exception {
    byte[] data = new byte[MEGABYTE];
    new Random(3).nextBytes(data);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    main.getOutputStream().write(data);
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    assertArrayEquals(data, main.getInputStream().readNBytes(MEGABYTE));
    writer.join();
    assertTrue(main.isAlive());
  }

  @Test
  @Order(3)
  void whatItWroteIsToldAnewToWhoComesLater() throws Exception {
    try (InputStream again =
        engine.containers().find("tested").orElseThrow().process().orElseThrow().getInputStream()) {
      byte[] data = new byte[MEGABYTE];
      new Random(3).nextBytes(data);
      assertArrayEquals(data, again.readNBytes(MEGABYTE));
    }
  }

  @Test
  @Order(3)
  void runsFurtherProcessesBesideTheFirst() throws Exception {
    assertEquals("moon 1 yes /\n", output(sh("echo $(hostname) $MINE $IMAGE $(pwd)")));
    ContainerProcess failing = sh("echo out; echo err >&2; exit 42");
    assertEquals("out\n", new String(failing.getInputStream().readAllBytes()));
    assertEquals("err\n", new String(failing.getErrorStream().readAllBytes()));
    assertEquals(42, failing.waitFor());
    assertEquals(42, failing.exitValue());
    assertEquals(42, failing.onExit().get(30, TimeUnit.SECONDS).exitValue());
    assertFalse(failing.isAlive());
  }

  @Test
  @Order(3)
  void halfCloseLetsAProcessReadItsEnd() throws Exception {
    ContainerProcess count = container.exec(ProcessSpec.of("wc", "-c"));
    try (OutputStream in = count.getOutputStream()) {
      in.write(new byte[100_000]);
    }
    assertEquals("100000\n", output(count));
    ContainerProcess closed =
        container.exec(
            new ProcessSpec(
                List.of("wc", "-c"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    assertEquals("0\n", output(closed));
  }

  @Test
  @Order(3)
  void seesItsProcessesAndWhatTheyUse() {
    assertEquals(
        List.of("cat"),
        container.processes().stream()
            .filter(p -> p.pid() == 1)
            .map(GuestProcess::command)
            .toList());
    ContainerStats stats = container.stats();
    assertTrue(stats.processCount() >= 1, stats::toString);
    assertTrue(stats.guestMemoryBytes() > 0, stats::toString);
    assertTrue(stats.guestMemoryLimitBytes() > 256L * MEGABYTE, stats::toString);
    assertTrue(stats.machineResidentBytes() > 20 * MEGABYTE, stats::toString);
    assertTrue(stats.machineCpuMicros() > 0, stats::toString);
    assertTrue(stats.machineSharedBytes() > MEGABYTE, stats::toString);
    assertTrue(stats.machineSharedBytes() < stats.machineResidentBytes(), stats::toString);
    assertEquals(java.util.Set.of(container.id()), engine.containers().stats().keySet());
  }

  @Test
  @Order(3)
  void tellsOfItsMachine() {
    MachineFacts machine = container.machine().orElseThrow();
    assertEquals(
        new ContainerState.Running(container.state().at(), machine.pid()), container.state());
    assertTrue(ProcessHandle.of(machine.pid()).isPresent(), machine::toString);
    assertEquals("qemu", machine.hypervisor());
    assertTrue(List.of("kvm", "tcg").contains(machine.accelerator()), machine::toString);
    assertTrue(machine.kernelRelease().matches("[0-9]+\\.[0-9]+.*"), machine::toString);
    assertTrue(machine.vcpus() >= 1, machine::toString);
    assertEquals(512L * MEGABYTE, machine.memoryBytes());
  }

  @Test
  @Order(3)
  void aTerminalHasTheSizeThatItWasJustGiven() throws Exception {
    ContainerProcess shell =
        container.exec(ProcessSpec.of("sh").onTerminal(new TerminalSize(100, 30)));
    shell.resize(new TerminalSize(77, 33));
    shell.getOutputStream().write("stty size; tty; exit 5\n".getBytes());
    String screen = new String(shell.getInputStream().readAllBytes());
    assertEquals(5, shell.waitFor());
    assertTrue(screen.contains("33 77\r\n"), screen);
    assertTrue(screen.contains("/dev/pts/"), screen);
    assertEquals(-1, shell.getErrorStream().read());
  }

  @Test
  @Order(3)
  void aSlowReaderStallsNobodyElse() throws Exception {
    ContainerProcess chatty = container.exec(ProcessSpec.of("yes"));
    InputStream unread = chatty.getInputStream();
    assertEquals('y', unread.read());
    assertEquals("x\n", output(sh("echo x")));
    assertTrue(chatty.isAlive());
    chatty.destroyForcibly();
    unread.close();
    assertEquals(137, chatty.waitFor());
  }

  @Test
  @Order(3)
  void sendsSignals() throws Exception {
    ContainerProcess sleeper = sh("trap 'exit 7' USR1; echo ready; while :; do sleep 0.1; done");
    assertEquals('r', sleeper.getInputStream().read());
    sleeper.signal(10);
    assertEquals(7, sleeper.waitFor());
    ContainerProcess terminated = container.exec(ProcessSpec.of("sleep", "1000"));
    assertFalse(terminated.waitFor(10, TimeUnit.MILLISECONDS));
    terminated.destroy();
    assertEquals(143, terminated.waitFor());
    terminated.destroy();
  }

  @Test
  @Order(3)
  void saysWhyACommandCannotRun() {
    for (Map.Entry<String, Kind> bad :
        Map.of(
                "/no/such", Kind.COMMAND_NOT_FOUND,
                "no-such", Kind.COMMAND_NOT_FOUND,
                "/etc/passwd", Kind.NOT_EXECUTABLE,
                "/etc", Kind.NOT_EXECUTABLE)
            .entrySet()) {
      EngineException e =
          assertThrows(EngineException.class, () -> container.exec(ProcessSpec.of(bad.getKey())));
      EngineException known =
          assertThrows(
              EngineException.class,
              () ->
                  local
                      .containers()
                      .find("tested")
                      .orElseThrow()
                      .exec(ProcessSpec.of(bad.getKey())));
      assertEquals(bad.getValue(), e.kind(), e::getMessage);
      assertEquals(known.getMessage(), e.getMessage());
    }
  }

  @Test
  @Order(3)
  void refusesWhatContradictsItsState() {
    for (Runnable wrong :
        List.<Runnable>of(
            container::start,
            () -> container.remove(false),
            () -> engine.images().remove(container.spec().image(), false),
            () ->
                engine
                    .containers()
                    .create(ContainerSpec.of(container.spec().image()).name("tested").build()))) {
      assertEquals(Kind.CONFLICT, assertThrows(EngineException.class, wrong::run).kind());
    }
    assertEquals(
        Kind.NOT_FOUND,
        assertThrows(
                EngineException.class,
                () -> engine.containers().create(ContainerSpec.of("none:of/that").build()))
            .kind());
  }

  @Test
  @Order(3)
  void tellsOfImagesWhatTheEngineItselfTells() throws Exception {
    assertEquals(local.images().list(), engine.images().list());
    assertEquals(Optional.of(image), engine.images().find(image.references().getFirst()));
    assertEquals(Optional.of(image), engine.images().find(image.id().substring(7, 19)));
    assertEquals(Optional.empty(), engine.images().find("nothing"));
    assertEquals(
        local.images().inspectJson(image.id()).replaceAll("\\s", ""),
        engine.images().inspectJson(image.id()).replaceAll("\\s", ""));
    List<PullEvent> progress = new CopyOnWriteArrayList<>();
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> engine.images().pull("localhost:1/none", Optional.empty(), progress::add));
    assertEquals(Kind.UNAVAILABLE, e.kind(), e::getMessage);
  }

  @Test
  @Order(3)
  void anInterruptCancelsWhatIsWaitedFor() throws Exception {
    AtomicReference<Throwable> end = new AtomicReference<>();
    for (boolean virtual : new boolean[] {true, false}) {
      Runnable wait =
          () -> {
            try {
              container.awaitEnd();
            } catch (InterruptedException | RuntimeException e) {
              end.set(e);
            }
          };
      Thread waiting = virtual ? Thread.ofVirtual().start(wait) : Thread.ofPlatform().start(wait);
      Thread.sleep(300);
      waiting.interrupt();
      assertTrue(waiting.join(java.time.Duration.ofSeconds(60)));
      assertInstanceOf(InterruptedException.class, end.get());
    }
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> {
              Thread.currentThread().interrupt();
              try {
                engine.containers().list(true);
              } finally {
                Thread.interrupted();
              }
            });
    assertEquals(Kind.CANCELLED, e.kind());
  }

  @Test
  @Order(4)
  void endsWithItsMainProcess() throws Exception {
    BlockingQueue<EngineEvent> later = new LinkedBlockingQueue<>();
    try (var _ = engine.onEvent(later::add)) {
      main.getOutputStream().close();
      assertEquals(0, main.waitFor());
      assertEquals(0, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
      EngineEvent.ContainerChanged died;
      do {
        died =
            assertInstanceOf(EngineEvent.ContainerChanged.class, later.poll(30, TimeUnit.SECONDS));
      } while (!died.action().equals("die"));
      assertEquals(container.id(), died.containerId());
      assertEquals("tested", died.name());
    }
    assertEquals(List.of(), engine.containers().list(false));
    assertEquals(List.of(container), engine.containers().list(true));
    assertThrows(EngineException.class, () -> container.exec(ProcessSpec.of("true")));
    container.stop(java.time.Duration.ZERO);
    container.remove(false);
    assertEquals(List.of(), engine.containers().list(true));
    engine.images().remove(container.spec().image(), false);
    assertEquals(List.of(), engine.images().list());
    assertFalse(events.contains(null), "the same build");
  }

  @Test
  @Order(5)
  void aShortLifeLosesNothing() throws Exception {
    image = TestEngine.pullBusybox(engine);
    Container brief =
        engine
            .containers()
            .create(
                ContainerSpec.of(image.references().getFirst())
                    .arguments("sh", "-c", "echo said; echo wrong >&2; exit 3")
                    .removeOnExit(true)
                    .build());
    ContainerProcess process = brief.start();
    assertEquals(3, process.waitFor());
    assertEquals("said\n", new String(process.getInputStream().readAllBytes()));
    assertEquals("wrong\n", new String(process.getErrorStream().readAllBytes()));
    assertEquals(3, assertInstanceOf(Exited.class, brief.awaitEnd()).exitCode());
  }

  @Test
  @Order(6)
  void inputOfARunThatIsOverIsRefused() throws Exception {
    Container brief =
        engine
            .containers()
            .create(
                ContainerSpec.of(image.references().getFirst())
                    .arguments("true")
                    .openStdin(true)
                    .stdinOnce(true)
                    .removeOnExit(true)
                    .build());
    Container known = local.containers().find(brief.id()).orElseThrow();
    // Its removal waits a while for who has not read to the end.
    try (Attachment _ = known.attach(false)) {
      ContainerProcess process = brief.start();
      known.process().orElseThrow().waitFor();
      IOException e = assertThrows(IOException.class, () -> process.getOutputStream().write('x'));
      assertEquals("the process has ended", e.getMessage());
      process.getOutputStream().close();
    }
    brief.awaitEnd();
  }

  @Test
  @Order(7)
  void outputOfAnEndedRunComesFromItsLog() throws Exception {
    Container ended =
        engine
            .containers()
            .create(
                ContainerSpec.of(image.references().getFirst())
                    .arguments("sh", "-c", "echo said; echo wrong >&2")
                    .build());
    ContainerProcess process = ended.start();
    assertEquals(0, process.waitFor());
    ended.awaitEnd();
    assertEquals("said\n", new String(process.getInputStream().readAllBytes()));
    assertEquals("wrong\n", new String(process.getErrorStream().readAllBytes()));
    ended.start().waitFor();
    ended.awaitEnd();
    assertEquals(
        "said\n",
        new String(ended.process().orElseThrow().getInputStream().readAllBytes()),
        "of the last run only");
    ended.remove(false);
  }
}
