package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QemuHypervisorTest {
  private static final long MIB = 1 << 20;

  @TempDir static Path directory;
  private static TestMachines machines;

  @BeforeAll
  @Timeout(300)
  static void prepare() throws Exception {
    machines = new TestMachines(directory);
  }

  private static VmSpec spec(Path kernel, int vcpus, long memoryBytes) throws IOException {
    return new VmSpec(
        "test",
        Files.createTempDirectory(directory, "vm"),
        new VmSpec.MachineShape(
            new VmSpec.Kernel(kernel, true), machines.initramfs, "", vcpus, memoryBytes),
        new VmSpec.Attachments(List.of(), List.of()));
  }

  private static EngineException refused(QemuHypervisor hypervisor, VmSpec spec)
      throws IOException {
    var refused = assertThrows(EngineException.class, () -> hypervisor.start(spec).close());
    try (var left = Files.list(spec.runtimeDirectory())) {
      assertEquals(List.of(), left.toList());
    }
    return refused;
  }

  private static QemuHypervisor fresh(Optional<Path> binary, String searchPath) throws IOException {
    return new QemuHypervisor(
        new QemuConfig(
            binary,
            searchPath,
            Files.createTempDirectory(directory, "cache"),
            () -> Optional.of(machines.bootable())));
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(Hypervisor.class).stream()
            .anyMatch(found -> found.type() == QemuHypervisor.class));
  }

  @Test
  void saysHowToGetQemuIfThereIsNone() throws IOException {
    QemuHypervisor without = fresh(Optional.empty(), "");
    Hypervisor.Availability availability = without.available();
    assertFalse(availability.usable());
    assertTrue(availability.reason().contains("qemu-system-x86_64 not found"));
    assertTrue(availability.reason().contains("apt-get install"));
    EngineException refused = refused(without, spec(machines.kernel.image(), 1, 128 * MIB));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.hint().contains("apt-get install"));
  }

  @Test
  void saysThatAProgramIsNoQemu() throws IOException {
    Hypervisor.Availability availability = fresh(Optional.of(Path.of("/bin/true")), "").available();
    assertFalse(availability.usable());
    assertTrue(availability.reason().startsWith("/bin/true does not run"), availability::reason);
  }

  @Test
  void refusesAMachineThatCannotBe() throws IOException {
    Path kernel = machines.kernel.image();
    EngineException little = refused(machines.hypervisor, spec(kernel, 1, 64 * MIB));
    assertEquals(Kind.INVALID, little.kind());
    assertTrue(little.getMessage().contains("it needs 96 MiB"), little::getMessage);

    EngineException much = refused(machines.hypervisor, spec(kernel, 1, 64L << 40));
    assertEquals(Kind.EXHAUSTED, much.kind());

    assertEquals(Kind.INVALID, refused(machines.hypervisor, spec(kernel, 0, 128 * MIB)).kind());
    assertEquals(
        Kind.NOT_FOUND,
        refused(machines.hypervisor, spec(Path.of("/nowhere/vmlinux"), 1, 128 * MIB)).kind());
  }

  @Test
  void saysThatAFileIsNoKernel() throws IOException {
    Path text = Files.writeString(directory.resolve("vmlinux.txt"), "no kernel\n".repeat(2000));
    EngineException refused = refused(machines.hypervisor, spec(text, 1, 128 * MIB));
    assertTrue(refused.getMessage().contains("vmlinux.txt"), refused::getMessage);
    assertEquals(Kind.INVALID, refused.kind());
  }

  @Test
  void tellsWhatQemuSaidWhenItGivesUp() throws IOException {
    VmSpec good = spec(machines.kernel.image(), 1, 128 * MIB);
    var nic = new VmSpec.Nic("53:54:00:00:00:01", VmSpec.Nic.Backend.USER_NAT);
    var tooMany = new VmSpec.Attachments(List.of(), Collections.nCopies(2, nic));
    EngineException refused =
        refused(
            machines.hypervisor,
            new VmSpec("test", good.runtimeDirectory(), good.shape(), tooMany));
    assertEquals(Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.getMessage().startsWith("QEMU did not start: "), refused::getMessage);
    assertTrue(refused.getMessage().contains("Duplicate"), refused::getMessage);
  }

  @Test
  void triesTheAcceleratorOnceAndRemembersTheAnswer() throws IOException {
    Path cache = Files.createTempDirectory(directory, "cache");
    var config =
        new QemuConfig(
            Optional.empty(), System.getenv("PATH"), cache, () -> Optional.of(machines.bootable()));
    Hypervisor.Availability first = new QemuHypervisor(config).available();
    assertTrue(first.usable(), first::reason);
    assertTrue(first.version().matches("\\d+\\.\\d+.*"), first::version);
    assertTrue(List.of("kvm", "tcg").contains(first.accelerator()), first::accelerator);
    assertTrue(first.reason().startsWith("kvm: "), first::reason);

    if (Files.isWritable(Path.of("/dev/kvm"))) {
      // An answer that only the cache can give shows that it is asked.
      Path file;
      try (var files = Files.list(cache)) {
        file =
            files
                .filter(path -> path.getFileName().toString().startsWith("accelerator-"))
                .findFirst()
                .orElseThrow();
      }
      Files.writeString(file, "{\"accelerator\":\"TCG\",\"reason\":\"kvm: as remembered\"}");
      assertEquals("kvm: as remembered", new QemuHypervisor(config).available().reason());
      Files.writeString(file, "{\"accelerator\":");
      assertEquals(first, new QemuHypervisor(config).available());
    }
  }

  @Test
  void usesTcgIfThereIsNoKvm() throws IOException {
    var choice =
        new AcceleratorChoice(
            new ProbeCache(Files.createTempDirectory(directory, "cache")), Path.of("/nowhere/kvm"));
    var qemu = new QemuBinary(Path.of("/usr/bin/qemu-system-x86_64"), "7");
    AcceleratorChoice.Verdict verdict = choice.choose(qemu, machines.bootable());
    assertEquals(Accelerator.TCG, verdict.accelerator());
    assertEquals("kvm: /nowhere/kvm does not exist; using tcg", verdict.reason());
  }

  @Test
  void theProbeKnowsABootedKernelFromAStandstill() throws IOException {
    QemuBinary qemu = QemuBinary.find(machines.config());
    long khz = ClockProbe.measureKhz(qemu);
    AcceleratorProbe.Trial booted =
        AcceleratorProbe.run(
            qemu, Acceleration.tcg(khz), machines.bootable(), Duration.ofSeconds(40));
    assertEquals(AcceleratorProbe.Outcome.BOOTS, booted.outcome(), booted::detail);

    // jmp to itself: a guest that never says a word
    Path standstill =
        Files.write(
            directory.resolve("standstill.elf"),
            PvhImage.of(new byte[] {(byte) 0xeb, (byte) 0xfe}));
    AcceleratorProbe.Trial stood =
        AcceleratorProbe.run(
            qemu,
            Acceleration.tcg(khz),
            new VmSpec.Kernel(standstill, true),
            Duration.ofSeconds(1));
    assertEquals(AcceleratorProbe.Outcome.TOO_SLOW, stood.outcome());
  }

  @Test
  void theClockProbeIsWhatItsSourceSays() throws Exception {
    Path object = directory.resolve("clock-probe.o");
    Path code = directory.resolve("clock-probe.bin");
    run("gcc", "-m32", "-c", "-o", object.toString(), "src/main/asm/clock-probe.S");
    run("objcopy", "-O", "binary", "-j", ".text", object.toString(), code.toString());
    assertArrayEquals(Files.readAllBytes(code), ClockProbe.CODE);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void theClockProbeMeasuresTheSameTwice() throws IOException {
    QemuBinary qemu = QemuBinary.find(machines.config());
    double ratio = (double) ClockProbe.measureKhz(qemu) / ClockProbe.measureKhz(qemu);
    assertEquals(1.0, ratio, 0.001);
  }

  @Test
  void anInterruptDuringStartLeavesNothingBehind() throws Exception {
    VmSpec spec = spec(machines.kernel.image(), 1, 128 * MIB);
    var outcome = new AtomicReference<Object>();
    int tries = 0;
    do {
      Thread starting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (VirtualMachine machine = machines.hypervisor.start(spec)) {
                      outcome.set(machine.pid());
                    } catch (EngineException e) {
                      outcome.set(e.kind());
                    }
                  });
      starting.interrupt();
      starting.join();
      try (var left = Files.list(spec.runtimeDirectory())) {
        assertEquals(List.of(), left.toList());
      }
      // On a busy machine the interrupt may have come when the start was over.
    } while (outcome.get() instanceof Long && ++tries < 20);
    assertEquals(Kind.CANCELLED, outcome.get());
  }
}
