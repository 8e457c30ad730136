package dev.containertui.vm.qemu;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Remembers on disk what probes found, as one small JSON file per question. */
final class ProbeCache {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  /**
   * @param directory is made when something is to be remembered
   */
  ProbeCache(Path directory) {
    this.directory = directory;
  }

  /**
   * What was remembered; empty if nothing was, or the file is damaged.
   *
   * @param question what was asked, for example {@code accelerator}
   * @param circumstances everything that the answer depends on
   */
  <T> Optional<T> recall(String question, List<String> circumstances, Class<T> type) {
    Path file = file(question, circumstances);
    try {
      return Files.exists(file)
          ? Optional.ofNullable(JSON.readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void remember(String question, List<String> circumstances, Object answer) {
    try {
      DurableFiles.createPrivate(directory);
      DurableFiles.replace(file(question, circumstances), JSON.writeValueAsBytes(answer));
    } catch (IOException e) {
      // A cache that cannot be written costs the next process a probe of its own.
    }
  }

  private Path file(String question, List<String> circumstances) {
    byte[] all = String.join("\n", circumstances).getBytes(StandardCharsets.UTF_8);
    return directory.resolve(question + "-" + UUID.nameUUIDFromBytes(all) + ".json");
  }
}
