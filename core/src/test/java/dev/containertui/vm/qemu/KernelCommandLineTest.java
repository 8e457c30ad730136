package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.vm.VmSpec.Kernel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which timer a machine sleeps by. */
class KernelCommandLineTest {
  private static final Kernel WITHOUT_ACPI = new Kernel(Path.of("/kernel"), false);
  private static final Kernel WITH_ACPI = new Kernel(Path.of("/kernel"), true);

  private static List<String> words(Acceleration acceleration, Kernel kernel, boolean kept) {
    return List.of(KernelCommandLine.of(acceleration, kernel, 1, kept, "").split(" "));
  }

  @Test
  void onlyAnEmulatedMachineThatIsNoTemplateSavesTheTimeToMeasureItsTimer() {
    assertTrue(words(Acceleration.tcg(1), WITHOUT_ACPI, false).contains("nolapic_timer"));
    assertFalse(words(Acceleration.tcg(1), WITHOUT_ACPI, true).contains("nolapic_timer"));
    assertFalse(words(Acceleration.tcg(1), WITH_ACPI, false).contains("nolapic_timer"));
    assertFalse(words(Acceleration.kvm(), WITHOUT_ACPI, false).contains("nolapic_timer"));
  }

  @Test
  void anEmulatedMachineHasNoTimerThatItsKernelDoesNotUse() {
    assertEquals("microvm,pit=off", QemuCommand.machine(WITH_ACPI, Accelerator.TCG));
    assertFalse(QemuCommand.machine(WITHOUT_ACPI, Accelerator.TCG).contains("pit=off"));
    assertFalse(QemuCommand.machine(WITH_ACPI, Accelerator.KVM).contains("pit=off"));
  }
}
