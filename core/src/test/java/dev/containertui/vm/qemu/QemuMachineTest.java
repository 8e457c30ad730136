package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VirtualMachine.End;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Disk;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QemuMachineTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static TestMachines machines;

  @BeforeAll
  @Timeout(300)
  static void prepare() throws Exception {
    machines = new TestMachines(directory);
  }

  private static ByteChannel ready(VirtualMachine machine) throws IOException {
    ByteChannel agent = machine.openAgentChannel();
    assertEquals("ready", TestMachines.readLine(agent), () -> machine.consoleTail(4096));
    return agent;
  }

  @Test
  void talksToTheAgentKeepsTimeAndPowersOffCleanly() throws Exception {
    VmSpec spec = machines.spec(1, List.of());
    try (VirtualMachine machine = machines.hypervisor.start(spec)) {
      ByteChannel agent = ready(machine);
      TestMachines.write(agent, "hello\n");
      assertEquals("hello", TestMachines.readLine(agent));
      assertThrows(EngineException.class, machine::openAgentChannel, "one client at a time");

      // A kernel without a timer would sleep for ever.
      TestMachines.write(agent, "T");
      assertTrue(TestMachines.readLine(agent).matches("slept (0\\.[3-9]|[1-9]\\d*\\.)\\d*"));

      VirtualMachine.Usage usage = machine.usage();
      assertTrue(usage.cpuMicros() > 100_000, usage::toString);
      assertTrue(usage.residentBytes() > 20 << 20, usage::toString);
      assertTrue(usage.sharedBytes() > 1 << 20, usage::toString);
      assertTrue(usage.sharedBytes() < usage.residentBytes(), usage::toString);
      assertTrue(machine.consoleTail(4096).contains("test-init: port"));
      assertTrue(machine.awaitEnd(Duration.ZERO).isEmpty());

      TestMachines.write(agent, "Q");
      assertEquals(new End(true, "powered off"), machine.awaitEnd(LIMIT).orElseThrow());
      assertFalse(machine.alive());
      assertEquals(0, machine.usage().residentBytes());
    }
    assertEquals(List.of(), list(spec.runtimeDirectory()));
  }

  @Test
  void showsDisksByTheirSerialAndSharesReadOnlyOnes() throws Exception {
    Path base = image("base.img", 8 << 20);
    var first =
        List.of(
            new Disk(base, "root", true),
            new Disk(image("a,b \"1\".img", 4 << 20), "upper", false));
    var second =
        List.of(new Disk(base, "root", true), new Disk(image("c.img", 2 << 20), "upper", false));
    try (VirtualMachine one = machines.hypervisor.start(machines.spec(1, first));
        VirtualMachine two = machines.hypervisor.start(machines.spec(2, second))) {
      assertEquals(Set.of("disk root 16384 1", "disk upper 8192 0"), disks(one));
      assertEquals(Set.of("disk root 16384 1", "disk upper 4096 0"), disks(two));

      var refused =
          assertThrows(
              EngineException.class, () -> machines.hypervisor.start(machines.spec(1, second)));
      assertEquals(EngineException.Kind.CONFLICT, refused.kind(), refused::getMessage);
    }
  }

  private static Set<String> disks(VirtualMachine machine) throws IOException {
    ByteChannel agent = ready(machine);
    TestMachines.write(agent, "D");
    List<String> lines = new ArrayList<>();
    for (String line; !(line = TestMachines.readLine(agent)).equals("end"); ) {
      lines.add(line);
    }
    return Set.copyOf(lines);
  }

  private static Path image(String name, int bytes) throws IOException {
    return Files.write(directory.resolve(name), new byte[bytes]);
  }

  @Test
  void killPullsThePlugAndLeavesNothingBehind() throws Exception {
    VmSpec spec = machines.spec(1, List.of());
    VirtualMachine machine = machines.hypervisor.start(spec);
    long pid = machine.pid();
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    assertEquals(Long.toString(pid), session, "Ctrl-C on our terminal must not reach it");
    machine.kill();
    assertEquals(new End(false, "killed"), machine.awaitEnd(LIMIT).orElseThrow());
    assertFalse(Files.exists(Path.of("/proc/" + pid)));
    machine.close();
    assertEquals(List.of(), list(spec.runtimeDirectory()));
  }

  @Test
  void tellsAPanicFromARestart() throws Exception {
    try (VirtualMachine panicking = machines.start();
        VirtualMachine restarting = machines.start()) {
      TestMachines.write(ready(panicking), "P");
      TestMachines.write(ready(restarting), "R");
      End panic = panicking.awaitEnd(LIMIT).orElseThrow();
      assertFalse(panic.clean());
      assertTrue(panic.detail().startsWith("Kernel panic - not syncing"), panic::detail);
      assertEquals(new End(true, "powered off"), restarting.awaitEnd(LIMIT).orElseThrow());
    }
  }

  @Test
  void keepsOnlyTheEndOfATalkativeConsole() throws Exception {
    try (VirtualMachine machine = machines.start()) {
      ByteChannel agent = ready(machine);
      TestMachines.write(agent, "C");
      assertEquals("end", TestMachines.readLine(agent));
      TestMachines.write(agent, "Q");
      machine.awaitEnd(LIMIT).orElseThrow();
      String tail = machine.consoleTail(Integer.MAX_VALUE);
      assertTrue(tail.length() <= ConsoleLog.CAPACITY_BYTES);
      assertTrue(tail.contains("line 3999 of"), tail);
      assertFalse(tail.contains("line 10 of"));
    }
  }

  private static List<String> list(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }
}
