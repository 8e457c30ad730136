package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a machine for a kernel without ACPI is told apart from one for a kernel with it. */
class LeanKernelMachineTest {
  private static final QemuBinary QEMU = new QemuBinary(Path.of("/usr/bin/qemu"), "7");
  private static final VmSpec.Kernel LEAN = new VmSpec.Kernel(Path.of("/k"), false);
  private static final VmSpec.Kernel DISTRIBUTIONS = new VmSpec.Kernel(Path.of("/k"), true);

  @TempDir Path directory;

  private VmSpec spec(VmSpec.Kernel kernel, int nics) {
    var nic = new VmSpec.Nic("52:54:00:12:34:56", VmSpec.Nic.Backend.USER_NAT);
    return new VmSpec(
        "test",
        directory,
        new VmSpec.MachineShape(kernel, Path.of("/i"), "", 1, 256L << 20),
        new VmSpec.Attachments(List.of(), Collections.nCopies(nics, nic)));
  }

  private String after(String option, VmSpec.Kernel kernel, Acceleration acceleration) {
    List<String> command =
        QemuCommand.of(
            QEMU,
            acceleration,
            spec(kernel, 1),
            MachineFiles.in(directory),
            new QemuCommand.Memory.Own());
    return command.get(command.indexOf(option) + 1);
  }

  @Test
  void hasNoAcpiForAKernelWithout() {
    assertEquals("microvm", after("-M", DISTRIBUTIONS, Acceleration.kvm()));
    assertEquals("microvm,acpi=off,x-option-roms=off", after("-M", LEAN, Acceleration.kvm()));
  }

  @Test
  void leavesOutTheTimerOnlyWhereAnotherOneIs() {
    String lean = after("-append", LEAN, Acceleration.tcg(2_300_000));
    assertTrue(lean.endsWith(" nolapic_timer no_timer_check"), lean);
    String distributions = after("-append", DISTRIBUTIONS, Acceleration.tcg(2_300_000));
    assertFalse(distributions.contains("timer"), distributions);
  }

  @Test
  void keepsMitigationsOnTheCpuItself() {
    String lean = after("-append", LEAN, Acceleration.kvm());
    assertFalse(lean.contains("mitigations") || lean.contains("timer"), lean);
  }

  @Test
  void refusesMoreDevicesThanThereAreSlots() {
    Path program = Path.of("/bin/true");
    var config =
        new QemuConfig(Optional.empty(), System.getenv("PATH"), directory, Optional::empty);
    var kernel = new VmSpec.Kernel(program, false);
    VmSpec spec = spec(kernel, 7);
    var shape = new VmSpec.MachineShape(kernel, program, "", 1, 256L << 20);
    var refused =
        assertThrows(
            EngineException.class,
            () ->
                new QemuHypervisor(config)
                    .start(new VmSpec("test", directory, shape, spec.attachments())));
    assertEquals(Kind.INVALID, refused.kind());
    assertEquals("a kernel without ACPI can have 8 virtio devices, not 9", refused.getMessage());
  }
}
