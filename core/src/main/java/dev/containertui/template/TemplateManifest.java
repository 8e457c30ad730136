package dev.containertui.template;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.FileStamp;
import dev.containertui.host.SparseFiles;
import dev.containertui.host.SparseFiles.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code template.json} says: what a template was made of, and how its files must be. It is
 * written last, so a directory without it is no template.
 *
 * @param identity all that the template depends on
 * @param createdAt ISO 8601
 * @param hostBoot the host's boot id when the files were last read through
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record TemplateManifest(
    int version,
    List<String> identity,
    String kernelRelease,
    String accelerator,
    int vcpus,
    long memoryBytes,
    String createdAt,
    String hostBoot,
    Map<String, KeptFile> files) {
  static final String FILE_NAME = "template.json";
  static final int VERSION = 1;

  private static final long MAX_BYTES = 16 << 20;

  /** What a kernel of the largest machines has touched when it has booted. */
  private static final long MAX_DATA_BYTES = 2L << 30;

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A file of a template.
   *
   * @param stamp identity and times of the file, which the system changes with every change of it
   * @param extents its data, with checksums; all else are holes
   */
  record KeptFile(long sizeBytes, String stamp, List<Extent> extents) {
    KeptFile {
      extents = List.copyOf(extents);
    }

    static KeptFile of(Path file) throws IOException {
      return new KeptFile(
          Files.size(file), FileStamp.of(file), SparseFiles.extents(file, MAX_DATA_BYTES));
    }

    boolean isSameData(KeptFile other) {
      return sizeBytes == other.sizeBytes && extents.equals(other.extents);
    }
  }

  /** Reads through the files as they are. */
  static Map<String, KeptFile> describe(Path directory, List<String> names) throws IOException {
    Map<String, KeptFile> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, KeptFile.of(directory.resolve(name)));
    }
    return files;
  }

  static Optional<TemplateManifest> read(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      TemplateManifest manifest = JSON.readValue(file.toFile(), TemplateManifest.class);
      return manifest != null && manifest.isWhole() ? Optional.of(manifest) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return version == VERSION
        && identity != null
        && kernelRelease != null
        && accelerator != null
        && isInstant(createdAt)
        && hostBoot != null
        && files != null
        && files.keySet().stream().allMatch(name -> name.matches("[a-z0-9.]+"))
        && !files.containsValue(null);
  }

  private static boolean isInstant(String text) {
    try {
      return text != null && Instant.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  void write(Path directory) throws IOException {
    DurableFiles.replace(directory.resolve(FILE_NAME), JSON.writeValueAsBytes(this));
  }

  /**
   * Whether the files are as they were. That takes a look at each as long as nothing has touched
   * them since they were last read through, in this run of the host; else they are read through.
   */
  boolean matches(Path directory) throws IOException {
    if (hostBoot.equals(currentHostBoot()) && stampsMatch(directory)) {
      return true;
    }
    Map<String, KeptFile> now = describe(directory, List.copyOf(files.keySet()));
    for (var entry : files.entrySet()) {
      if (!entry.getValue().isSameData(now.get(entry.getKey()))) {
        return false;
      }
    }
    with(now).write(directory);
    return true;
  }

  private boolean stampsMatch(Path directory) throws IOException {
    for (var entry : files.entrySet()) {
      if (!FileStamp.of(directory.resolve(entry.getKey())).equals(entry.getValue().stamp())) {
        return false;
      }
    }
    return true;
  }

  private TemplateManifest with(Map<String, KeptFile> newFiles) {
    return new TemplateManifest(
        version,
        identity,
        kernelRelease,
        accelerator,
        vcpus,
        memoryBytes,
        createdAt,
        currentHostBoot(),
        newFiles);
  }

  /**
   * After a crash of the host, what was not yet on disk is lost: then nothing is taken on trust.
   */
  static String currentHostBoot() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return "unknown " + System.nanoTime();
    }
  }
}
