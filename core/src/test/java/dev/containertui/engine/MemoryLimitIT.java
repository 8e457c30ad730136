package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ProcessSpec;
import dev.containertui.oci.JsonObject;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a container's memory limit means to the processes inside. */
@Timeout(180)
class MemoryLimitIT {
  private static final long MIB = 1L << 20;

  /** Must keep a line that does not end. */
  private static final String[] GREEDY = {"tail", "/dev/zero"};

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static String image;

  @BeforeAll
  static void open() throws Exception {
    config = TestEngine.prepare(home);
    engine = LocalEngine.open(config);
    image = TestEngine.pullBusybox(engine).references().getFirst();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    engine.containers().list(true).forEach(container -> container.remove(true));
    Leftovers.assertNone(config);
  }

  private static Container create(OptionalLong limitBytes, String... command) {
    ContainerSpec.Builder spec = ContainerSpec.of(image).arguments(command);
    limitBytes.ifPresent(spec::memoryBytes);
    return engine.containers().create(spec.build());
  }

  private static Container limited(long mib, String... command) {
    return create(OptionalLong.of(mib * MIB), command);
  }

  private static String output(ContainerProcess process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    return text.strip();
  }

  private static String sh(Container container, String script) throws Exception {
    return output(container.exec(ProcessSpec.of("sh", "-c", script)));
  }

  @Test
  void whatGoesBeyondItIsKilledAndTheRestLivesOn() throws Exception {
    Container container = limited(64, "sleep", "1000");
    container.start();
    assertEquals("" + 64 * MIB, sh(container, "cat /sys/fs/cgroup/memory.max"));
    assertEquals(64 * MIB, container.stats().guestMemoryLimitBytes());
    ContainerProcess greedy = container.exec(ProcessSpec.of(GREEDY));
    assertEquals(137, greedy.waitFor());
    assertInstanceOf(Running.class, container.state());
    assertEquals("oom_kill 1", sh(container, "grep 'oom_kill ' /sys/fs/cgroup/memory.events"));
    assertEquals("alive", sh(container, "echo alive"));
    assertReckoning(container, OptionalLong.of(64 * MIB), 192 * MIB);
    container.kill(9);
    assertEquals(137, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
  }

  @Test
  void aMainProcessThatGoesBeyondItEndsTheContainer() throws Exception {
    Container container = limited(32, GREEDY);
    assertEquals(137, container.start().waitFor());
    assertEquals(137, assertInstanceOf(Exited.class, container.awaitEnd()).exitCode());
  }

  /** Of the tightest classes: the limit is as large as it can be in 128 MiB and in 768 MiB. */
  @Test
  void theMachineHasAllThatTheLimitAllows() throws Exception {
    for (long mib : new long[] {40, 640}) {
      Container container = limited(mib, "sleep", "1000");
      container.start();
      ContainerProcess greedy =
          container.exec(
              ProcessSpec.of("dd", "if=/dev/zero", "of=/dev/null", "bs=" + (mib + 20) + "M"));
      assertEquals(137, greedy.waitFor());
      assertEquals("" + mib * MIB, sh(container, "cat /sys/fs/cgroup/memory.peak"));
      container.kill(9);
      container.awaitEnd();
    }
  }

  @Test
  void theSmallestIsEnoughForASmallProgram() throws Exception {
    Container container = limited(6, "true");
    assertEquals(0, container.start().waitFor());
  }

  @Test
  void withoutOneTheContainerHasTheWholeMachine() throws Exception {
    Container container = create(OptionalLong.empty(), "sleep", "1000");
    ContainerProcess main = container.start();
    assertEquals("max", sh(container, "cat /sys/fs/cgroup/memory.max"));
    long total = Long.parseLong(sh(container, "awk '/MemTotal/{print $2}' /proc/meminfo")) << 10;
    assertEquals(total, container.stats().guestMemoryLimitBytes());
    assertTrue(total > 400 * MIB, "" + total);
    assertReckoning(container, OptionalLong.empty(), 512 * MIB);
    container.kill(9);
    assertTrue(main.waitFor(30, TimeUnit.SECONDS));
  }

  private static void assertReckoning(
      Container container, OptionalLong limitBytes, long machineBytes) {
    String text = engine.containers().inspectJson(container.id());
    JsonObject memory =
        JsonObject.parse(text.getBytes(), "inspect").object("machine").object("memory");
    assertEquals(
        limitBytes,
        memory.optionalSize("limitBytes").map(OptionalLong::of).orElse(OptionalLong.empty()));
    assertEquals(machineBytes, memory.size("classBytes"));
    assertEquals(machineBytes, memory.size("machineBytes"));
    assertTrue(
        limitBytes.orElse(0) + memory.size("overheadBytes") <= memory.size("machineBytes"), text);
  }
}
