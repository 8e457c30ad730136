package dev.containertui.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The configuration that a kernel built with {@code CONFIG_IKCONFIG} carries: {@code IKCFG_ST}, the
 * gzipped {@code .config}, {@code IKCFG_ED} (kernel/configs.c of Linux).
 */
final class EmbeddedConfig {
  private static final byte[] START = "IKCFG_ST\037\213".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MARK_BYTES = 8;

  /** A distribution's has 300 000. */
  private static final int MAX_BYTES = 4 << 20;

  private final Set<String> lines;

  private EmbeddedConfig(Set<String> lines) {
    this.lines = lines;
  }

  /** Finds it in an uncompressed kernel; empty if there is none, or none that can be read. */
  static Optional<EmbeddedConfig> in(byte[] vmlinux) {
    int start = find(vmlinux);
    if (start < 0) {
      return Optional.empty();
    }
    int data = start + MARK_BYTES;
    var in = new ByteArrayInputStream(vmlinux, data, vmlinux.length - data);
    // Unlike Java's own, this one stops where the member ends: what follows is the rest of the
    // kernel.
    try (var gzip = new GzipCompressorInputStream(in)) {
      String text = new String(gzip.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return Optional.of(new EmbeddedConfig(text.lines().collect(Collectors.toSet())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int find(byte[] bytes) {
    for (int i = 0; i <= bytes.length - START.length; i++) {
      if (bytes[i] == START[0]
          && Arrays.equals(bytes, i, i + START.length, START, 0, START.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a symbol is built in, for example {@code CONFIG_ACPI}. */
  boolean isSet(String symbol) {
    return lines.contains(symbol + "=y");
  }
}
