package dev.containertui.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class EmbeddedConfigTest {
  private static byte[] kernelWith(String config) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("IKCFG_ST is a string in the kernel too.... IKCFG_ST"));
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(ascii(config));
    }
    bytes.writeBytes(ascii("IKCFG_ED"));
    bytes.writeBytes(new byte[5000]);
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void tellsWhatIsBuiltIn() throws IOException {
    byte[] kernel = kernelWith("CONFIG_ACPI=y\n# CONFIG_PCI is not set\nCONFIG_X=m\n");
    EmbeddedConfig config = EmbeddedConfig.in(kernel).orElseThrow();
    assertTrue(config.isSet("CONFIG_ACPI"));
    assertFalse(config.isSet("CONFIG_PCI"));
    assertFalse(config.isSet("CONFIG_X"));
  }

  @Test
  void aKernelWithoutOrWithHalfOfItDoesNotTell() throws IOException {
    assertEquals(Optional.empty(), EmbeddedConfig.in(new byte[10]));
    assertEquals(Optional.empty(), EmbeddedConfig.in(ascii("IKCFG_ST\037")));
    byte[] whole = kernelWith("# CONFIG_ACPI is not set\n".repeat(1000));
    byte[] half = Arrays.copyOf(whole, 80);
    assertEquals(Optional.empty(), EmbeddedConfig.in(half));
  }

  @Test
  void theDistributionsKernelCountsAsOneWithAcpi() {
    assertTrue(TestKernel.get().acpi());
  }
}
