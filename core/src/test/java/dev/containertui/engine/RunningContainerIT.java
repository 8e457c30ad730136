package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.container.ProcessSpec;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import dev.containertui.vm.BootTimeline.Mark;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One real container, and all that can be done to it while it runs. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunningContainerIT {
  private static final int MEGABYTE = 1 << 20;

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static Container container;
  private static ContainerProcess main;

  @BeforeAll
  static void run() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.open(config);
    String image = TestEngine.pullBusybox(engine).references().getFirst();
    container =
        engine
            .containers()
            .create(
                ContainerSpec.of(image)
                    .name("tested")
                    .hostname("moon")
                    .arguments("cat")
                    .openStdin(true)
                    .environment(Map.of("MINE", "1"))
                    .build());
    main = container.start();
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
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
  void isRunningAndKnowsHowItCameUp() {
    assertInstanceOf(ContainerState.Running.class, container.state());
    assertEquals(Optional.of("10.0.2.15"), container.address());
    BootTimeline timeline = container.bootTimeline();
    List<String> steps = timeline.marks().stream().map(Mark::step).toList();
    boolean cloned = timeline.start().startsWith("clone of template ");
    assertEquals(
        cloned
            ? List.of("image", "rootfs", "vmm", "channel", "disks", "mounts", "network", "process")
            : List.of(
                "image", "rootfs", "vmm", "kernel", "init", "modules", "channel", "disks", "mounts",
                "network", "process"),
        steps.stream().filter(step -> !Set.of("template", "output").contains(step)).toList());
    assertEquals(List.of(container), engine.containers().list(false));
    assertEquals(Optional.of(container), engine.containers().find(container.shortId()));
    String json = engine.containers().inspectJson("tested");
    assertTrue(json.contains("\"status\" : \"running\""), json);
    assertTrue(json.contains("\"kernelRelease\""), json);
    assertTrue(json.contains("\"command\" : [ \"cat\" ]"), json);
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
  void seesItsOwnProcessesOnly() throws Exception {
    List<String> commands =
        output(sh("ps -o pid,args"))
            .lines()
            .map(String::strip)
            .filter(l -> !l.contains("ps -o"))
            .toList();
    assertEquals(List.of("PID   COMMAND", "1 cat"), commands);
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
  void seesNoFastStringsOnAnEmulatedProcessor() throws Exception {
    String flags = output(sh("grep -m1 '^flags' /proc/cpuinfo"));
    assertTrue(flags.contains(" sse2 "), flags);
    if (container.machine().orElseThrow().accelerator().equals("tcg")) {
      assertFalse(flags.contains(" erms "), flags);
    }
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
      assertEquals(bad.getValue(), e.kind(), e::getMessage);
      assertTrue(e.getMessage().contains(bad.getKey()), e::getMessage);
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
  }

  /** A second engine in the same directory stands for another process here. */
  @Test
  @Order(3)
  void anotherEngineSeesItAndLeavesItAlone() {
    try (LocalEngine other = LocalEngine.open(config)) {
      Container seen = other.containers().find("tested").orElseThrow();
      assertInstanceOf(ContainerState.Running.class, seen.state());
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> seen.exec(ProcessSpec.of("true"))).kind());
    }
    assertInstanceOf(ContainerState.Running.class, container.state());
  }

  @Test
  @Order(4)
  void endsWithItsMainProcessAndLeavesCleanDisks() throws Exception {
    assertEquals("", output(sh("echo kept > /file; mkdir /d; rm -r /tmp")));
    main.getOutputStream().close();
    assertEquals(0, main.waitFor());
    assertEquals(0, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
    assertEquals(List.of(), engine.containers().list(false));
    assertEquals(List.of(container), engine.containers().list(true));
    Leftovers.assertNone(config);
    Leftovers.assertDisksClean(config, 2);
    assertThrows(EngineException.class, () -> container.exec(ProcessSpec.of("true")));
    container.stop(java.time.Duration.ZERO);
    container.remove(false);
    assertEquals(List.of(), engine.containers().list(true));
    Leftovers.assertDisksClean(config, 1);
    engine.images().remove(container.spec().image(), false);
    Leftovers.assertDisksClean(config, 0);
  }
}
