package dev.containertui.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The configuration of the lean guest kernel, from {@code guest-init/kernel/}: lines {@code
 * CONFIG_NAME=value} for Kconfig's {@code KCONFIG_ALLCONFIG} (Documentation/kbuild/kconfig.rst of
 * Linux). Everything that it does not name is off.
 */
public final class GuestKernelConfig {
  private GuestKernelConfig() {}

  /**
   * The whole text.
   *
   * @param mitigations for machines on the CPU itself; without them for emulated ones only
   * @throws UncheckedIOException if it cannot be read
   */
  public static String text(boolean mitigations) {
    return resource("lean.config")
        + "\n"
        + resource(mitigations ? "mitigations.config" : "no-mitigations.config");
  }

  private static String resource(String name) {
    try (InputStream resource = GuestKernelConfig.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException(name + " is not packed into this build");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the guest kernel's configuration cannot be read", e);
    }
  }
}
