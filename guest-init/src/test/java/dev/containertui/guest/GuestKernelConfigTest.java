package dev.containertui.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestKernelConfigTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesEachSymbolOnceAndWhatMachinesNeed(boolean mitigations) {
    List<String> values =
        GuestKernelConfig.text(mitigations).lines().filter(l -> l.startsWith("CONFIG_")).toList();
    List<String> names = values.stream().map(line -> line.replaceFirst("=.*", "")).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertTrue(
        values.containsAll(
            List.of(
                "CONFIG_PVH=y",
                "CONFIG_VIRTIO_MMIO_CMDLINE_DEVICES=y",
                "CONFIG_SCSI_VIRTIO=y",
                "CONFIG_IKCONFIG=y",
                "CONFIG_ACPI=n")));
    assertTrue(values.contains("CONFIG_CPU_MITIGATIONS=" + (mitigations ? "y" : "n")));
    assertEquals(mitigations, values.contains("CONFIG_RETPOLINE=y"));
    assertFalse(values.stream().anyMatch(line -> line.endsWith("=m")));
  }
}
