package dev.containertui.oci;

import java.util.Locale;
import java.util.Optional;

/**
 * An operating system and processor as OCI names them (image-spec, image-index.md, "platform").
 *
 * @param os for example {@code linux}
 * @param architecture GOARCH value: {@code amd64}, {@code arm64}, …
 * @param variant for example {@code v8}; empty if there is none
 */
public record Platform(String os, String architecture, Optional<String> variant) {

  /** The platform of containers on this host: Linux on the host's processor. */
  public static Platform host() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return new Platform(
        "linux",
        switch (arch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> arch;
        },
        Optional.empty());
  }

  /** {@code os/arch[/variant]}. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
  }
}
