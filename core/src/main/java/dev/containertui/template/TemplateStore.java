package dev.containertui.template;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.FileStamp;
import dev.containertui.host.HostProcesses;
import dev.containertui.host.OwnerLock;
import dev.containertui.host.SparseFiles;
import dev.containertui.vm.MachineCloning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The templates of this host.
 *
 * <pre>
 *   templates/
 *     2f0c…/            named after all that it depends on
 *       memory, state   the hypervisor's
 *       upper.ext4      the writable disk, as the guest had it mounted
 *       template.json   {@link TemplateManifest}; when it was written last, a clone was started
 *     .making-2f0c…     one that is being made; its maker holds .lock-2f0c…
 * </pre>
 *
 * <p>A template is put together aside and renamed when it is whole. Whatever does not match its
 * manifest is taken for absent, and removed. Templates can be made again, so nothing waits for the
 * disk when one is written: what a crash of the host cuts short does not match.
 */
public final class TemplateStore {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{16}");
  private static final String MAKING = ".making-";
  private static final String LOCK = ".lock-";
  private static final String ROOT_LINE = "root ";
  static final String UPPER_DISK = "upper.ext4";

  private final Path directory;

  /** Templates below {@code directory}, which is made when the first one is. */
  public TemplateStore(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** The name of the template with this identity. */
  public static String key(List<String> identity) {
    try {
      byte[] all = String.join("\n", identity).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(all))
          .substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The template with this identity, if there is one and it is whole; it counts as used now. A
   * damaged one is removed.
   */
  public Optional<Template> find(List<String> identity) {
    Path entry = directory.resolve(key(identity));
    Optional<TemplateManifest> manifest = TemplateManifest.read(entry);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (manifest.get().identity().equals(identity) && manifest.get().matches(entry)) {
        Files.setLastModifiedTime(
            entry.resolve(TemplateManifest.FILE_NAME), FileTime.from(Instant.now()));
        return Optional.of(describe(entry, manifest.get()));
      }
    } catch (IOException | RuntimeException damaged) {
      // Not what the manifest says.
    }
    discard(entry);
    return Optional.empty();
  }

  /** All that seem whole, without reading them through; the one used last first. */
  public List<Template> list() {
    List<Template> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (isTemplate(entry)) {
          TemplateManifest.read(entry).ifPresent(m -> found.add(describe(entry, m)));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable("read", e);
    }
    found.sort(Comparator.comparing(Template::usedAt).reversed());
    return List.copyOf(found);
  }

  private static boolean isTemplate(Path entry) {
    return KEY.matcher(entry.getFileName().toString()).matches();
  }

  private static Template describe(Path entry, TemplateManifest manifest) {
    long bytes = 0;
    for (var file : manifest.files().values()) {
      for (var extent : file.extents()) {
        bytes += extent.length();
      }
    }
    Instant usedAt;
    try {
      usedAt = Files.getLastModifiedTime(entry.resolve(TemplateManifest.FILE_NAME)).toInstant();
    } catch (IOException e) {
      usedAt = Instant.EPOCH;
    }
    return new Template(
        entry.getFileName().toString(),
        entry,
        manifest.kernelRelease(),
        manifest.accelerator(),
        manifest.vcpus(),
        manifest.memoryBytes(),
        root(manifest).map(root -> root.getParent().getFileName().toString().replace('-', ':')),
        Instant.parse(manifest.createdAt()),
        usedAt,
        bytes);
  }

  /** The image's disk in a template for one image. */
  private static Optional<Path> root(TemplateManifest manifest) {
    return manifest.identity().stream()
        .filter(line -> line.startsWith(ROOT_LINE))
        .map(line -> Path.of(line.substring(ROOT_LINE.length()).split(" \\{")[0]))
        .findFirst();
  }

  /** What the template of an image depends on besides its shape: the image's disk. */
  static String rootLine(Path root) throws IOException {
    return ROOT_LINE + root + " " + FileStamp.of(root);
  }

  /**
   * Copies a template's writable disk, as the guest has it mounted, to a new file; it gets its name
   * once it is whole.
   */
  public void copyUpperDisk(Template template, Path to) {
    Path building = to.resolveSibling(to.getFileName() + ".building");
    try {
      try {
        Files.deleteIfExists(building);
        copy(template, UPPER_DISK, building);
        Files.move(building, to, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(building);
      }
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, to + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void copy(Template template, String name, Path to) {
    TemplateManifest.KeptFile kept =
        TemplateManifest.read(template.directory())
            .map(manifest -> manifest.files().get(name))
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.UNAVAILABLE, "template " + template.key() + " is gone"));
    try {
      // Not synced: what the guest flushes takes all that was written before along.
      SparseFiles.copy(template.directory().resolve(name), kept.extents(), to);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "template " + template.key() + " cannot be copied: " + e.getMessage(),
          e);
    }
  }

  /**
   * Removes a template; clones of it live on.
   *
   * @return false if there is none of that name
   */
  public boolean remove(String key) {
    Path entry = directory.resolve(key);
    if (!KEY.matcher(key).matches() || !Files.exists(entry)) {
      return false;
    }
    discard(entry);
    return true;
  }

  /** A rename first, so that nobody sees a half of it. */
  private void discard(Path entry) {
    try {
      Path trash = Files.createTempDirectory(directory, MAKING + entry.getFileName() + "-");
      try {
        Files.move(entry, trash, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        DurableFiles.deleteTree(trash);
      }
    } catch (NoSuchFileException e) {
      // Somebody else was quicker.
    } catch (IOException e) {
      throw unusable("changed", e);
    }
  }

  /**
   * A place to make a template in, unless somebody makes it already or it is there.
   *
   * @throws EngineException UNAVAILABLE if nothing can be written
   */
  Optional<Making> begin(List<String> identity) {
    String key = key(identity);
    try {
      DurableFiles.createPrivate(directory);
      Optional<OwnerLock> lock = OwnerLock.tryTake(directory.resolve(LOCK + key));
      if (lock.isEmpty() || TemplateManifest.read(directory.resolve(key)).isPresent()) {
        lock.ifPresent(OwnerLock::close);
        return Optional.empty();
      }
      try {
        removeLeftovers(MAKING + key + "-*");
        if (Files.exists(directory.resolve(key))) {
          // Its manifest is none, and a new template could not take its place.
          discard(directory.resolve(key));
        }
        return Optional.of(
            new Making(
                identity,
                directory.resolve(key),
                Files.createTempDirectory(directory, MAKING + key + "-"),
                lock.get()));
      } catch (IOException | RuntimeException e) {
        lock.get().close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  /**
   * Removes what killed makers have left behind, with their machines; and the templates of images
   * that have been removed.
   */
  public void sweep() {
    for (Template template : list()) {
      boolean gone =
          TemplateManifest.read(template.directory())
              .flatMap(TemplateStore::root)
              .filter(root -> !Files.exists(root))
              .isPresent();
      if (gone) {
        remove(template.key());
      }
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, MAKING + "*")) {
      for (Path entry : entries) {
        String key = entry.getFileName().toString().substring(MAKING.length()).split("-")[0];
        Optional<OwnerLock> lock = OwnerLock.tryTake(directory.resolve(LOCK + key));
        if (lock.isPresent()) {
          try (OwnerLock _ = lock.get()) {
            removeLeftovers(entry.getFileName().toString());
          }
        }
      }
    } catch (IOException | EngineException e) {
      // The next one tries again.
    }
  }

  private void removeLeftovers(String pattern) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
      for (Path entry : entries) {
        HostProcesses.mentioning(entry + "/").forEach(HostProcesses::kill);
        DurableFiles.deleteTree(entry);
      }
    }
  }

  private EngineException unusable(String what, IOException e) {
    return new EngineException(
        Kind.UNAVAILABLE,
        "the templates in " + directory + " cannot be " + what + ": " + e.getMessage(),
        e);
  }

  /** A template that is being made. Closing it without {@link #publish} leaves nothing. */
  static final class Making implements AutoCloseable {
    private final List<String> identity;
    private final Path target;
    private final Path building;
    private final OwnerLock lock;

    private Making(List<String> identity, Path target, Path building, OwnerLock lock) {
      this.identity = identity;
      this.target = target;
      this.building = building;
      this.lock = lock;
    }

    Path directory() {
      return building;
    }

    /** Begins with copies of all files of another template. */
    void copyOf(Template base, MachineCloning cloning) {
      for (String name : cloning.files()) {
        copy(base, name, building.resolve(name));
      }
      copy(base, UPPER_DISK, building.resolve(UPPER_DISK));
    }

    Template publish(
        MachineCloning cloning,
        String kernelRelease,
        String accelerator,
        int vcpus,
        long memoryBytes)
        throws IOException {
      List<String> names = new ArrayList<>(cloning.files());
      names.add(UPPER_DISK);
      var manifest =
          new TemplateManifest(
              TemplateManifest.VERSION,
              identity,
              kernelRelease,
              accelerator,
              vcpus,
              memoryBytes,
              Instant.now().toString(),
              TemplateManifest.currentHostBoot(),
              TemplateManifest.describe(building, names));
      manifest.write(building);
      Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
      return describe(target, manifest);
    }

    @Override
    public void close() {
      try {
        DurableFiles.deleteTree(building);
      } catch (IOException e) {
        // The next maker removes it.
      } finally {
        lock.close();
      }
    }
  }
}
