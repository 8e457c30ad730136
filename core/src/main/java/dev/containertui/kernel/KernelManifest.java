package dev.containertui.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code kernel.json} beside an installed kernel says. It is written last, so a directory that
 * has one is whole.
 *
 * @param release as {@code uname -r} prints it
 * @param digest {@code sha256:…} over image and modules
 * @param modules file names in load order
 * @param source where it came from, one line
 * @param acpi whether the kernel understands ACPI; so did all kernels of the time when this was not
 *     written down
 */
record KernelManifest(
    String release, String digest, List<String> modules, String source, Boolean acpi) {
  static final String FILE_NAME = "kernel.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 1 << 20;

  KernelManifest {
    modules = List.copyOf(modules);
    acpi = acpi == null || acpi;
  }

  byte[] toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param directory of an installed kernel
   * @throws EngineException CORRUPT if the file is missing or malformed
   */
  static KernelManifest read(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("larger than " + MAX_BYTES + " bytes");
      }
      return JSON.readValue(file.toFile(), KernelManifest.class);
    } catch (IOException | RuntimeException e) {
      throw new EngineException(
          Kind.CORRUPT,
          "the installed kernel in " + directory + " is damaged: " + FILE_NAME + " is unreadable",
          "remove that directory and run `container-tui kernel install`",
          e);
    }
  }
}
