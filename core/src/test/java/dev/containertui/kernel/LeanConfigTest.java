package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.guest.GuestKernelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanConfigTest {
  private static List<String> refused(String wanted, String resolved) {
    return LeanConfig.parse(wanted).refused(resolved);
  }

  @Test
  void isGivenWhatItAsksFor() {
    assertEquals(
        List.of(),
        refused(
            "CONFIG_A=y\nCONFIG_B=n\nCONFIG_C=n\nCONFIG_D=\"x y\"\nCONFIG_E=-1\n",
            "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_D=\"x y\"\nCONFIG_E=-1\nCONFIG_F=y\n"));
  }

  @Test
  void namesWhatWasDroppedChangedOrForced() {
    assertEquals(
        List.of("CONFIG_A=y", "CONFIG_B=n", "CONFIG_C=\"x\""),
        refused(
            "CONFIG_B=n\nCONFIG_A=y\nCONFIG_C=\"x\"\n",
            "# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_C=\"y\"\n"));
  }

  @Test
  void whatIsOptionalMayBeDropped() {
    assertEquals(
        List.of("CONFIG_B=y"),
        refused("# optional: CONFIG_A  (why)\nCONFIG_A=y\nCONFIG_B=y\n", ""));
    List<String> mitigations = refused(GuestKernelConfig.text(true), "");
    assertEquals(
        List.of("CONFIG_MITIGATION_TSA=y"),
        mitigations.stream().filter(s -> s.matches(".*_(TSA|VMSCAPE)=y")).toList());
  }
}
