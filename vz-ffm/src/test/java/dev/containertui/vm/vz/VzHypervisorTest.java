package dev.containertui.vm.vz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Attachments;
import dev.containertui.vm.VmSpec.MachineShape;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VzHypervisorTest {
  @Test
  void isFoundByTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(Hypervisor.class).stream()
            .anyMatch(found -> found.type() == VzHypervisor.class));
  }

  @Test
  void saysTruthfullyThatItCannotBeUsed() {
    Hypervisor.Availability linux = new VzHypervisor("Linux").available();
    assertFalse(linux.usable());
    assertEquals("needs macOS, this is Linux", linux.reason());

    Hypervisor.Availability mac = new VzHypervisor("Mac OS X").available();
    assertFalse(mac.usable());
    assertEquals("Virtualization.framework is not supported yet", mac.reason());
  }

  @Test
  void startsNothing() {
    Path nothing = Path.of("/nonexistent");
    var spec =
        new VmSpec(
            "test",
            nothing,
            new MachineShape(new VmSpec.Kernel(nothing, true), nothing, "", 1, 128 << 20),
            new Attachments(List.of(), List.of()));
    var refused =
        assertThrows(EngineException.class, () -> new VzHypervisor("Linux").start(spec).close());
    assertEquals(Kind.UNAVAILABLE, refused.kind());
  }
}
