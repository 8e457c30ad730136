package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.FileStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The guest kernels of this host.
 *
 * <pre>
 *   kernels/
 *     default                          name of the default kernel
 *     debian-6.1.0-56-cloud-amd64/
 *       vmlinux                        uncompressed image
 *       modules/*.ko                   what the initramfs takes along
 *       kernel.json                    {@link KernelManifest}
 * </pre>
 *
 * <p>A kernel is put together in a hidden directory and renamed when it is whole. A lock file keeps
 * two processes from installing at the same time.
 */
public final class KernelStore {
  private static final String IMAGE = "vmlinux";
  private static final String MODULES = "modules";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_-]{0,127}");
  private static final long MAX_IMAGE_BYTES = BzImage.MAX_VMLINUX_BYTES;
  private static final long MAX_MODULE_BYTES = 16 << 20;

  private static final Duration BUILT_PATIENCE = Duration.ofMinutes(20);

  private final Path directory;
  private final String searchPath;

  /** To read a kernel through takes a fifth of a start. */
  private final Map<Path, ReadFile> filesRead = new ConcurrentHashMap<>();

  /**
   * A kernel file of the user's, as it was when it was read.
   *
   * @param kernel its name here
   */
  private record ReadFile(String stamps, String kernel) {}

  /** Kernels below {@code directory}, which is made when the first one is installed. */
  public KernelStore(Path directory) {
    this(directory, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * @param searchPath where the package manager is looked for, as in {@code PATH}
   */
  public KernelStore(Path directory, String searchPath) {
    this.directory = directory.toAbsolutePath().normalize();
    this.searchPath = searchPath;
  }

  /** Whole kernels, the default one first, then by name. */
  public List<InstalledKernel> list() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    String preferred = defaultName();
    var kernels = new ArrayList<InstalledKernel>();
    try (var entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (isInstalled(entry)) {
          kernels.add(describe(entry));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    kernels.sort(
        Comparator.comparing((InstalledKernel kernel) -> !kernel.name().equals(preferred))
            .thenComparing(InstalledKernel::name));
    return List.copyOf(kernels);
  }

  /** The kernel that was chosen or installed last, unless it has been removed since. */
  public Optional<InstalledKernel> defaultKernel() {
    Path entry = directory.resolve(defaultName());
    return isInstalled(entry) ? Optional.of(describe(entry)) : list().stream().findFirst();
  }

  /**
   * Installs the distribution's kernel for virtual machines and makes it the default. One that is
   * here already is not fetched again.
   *
   * @throws EngineException UNAVAILABLE without apt or network, CORRUPT, EXHAUSTED on a full disk,
   *     CONFLICT if another process installs, TIMEOUT, CANCELLED
   */
  public InstalledKernel install(Consumer<KernelInstallEvent> progress) {
    return locked(
        work -> {
          progress.accept(new KernelInstallEvent("asking apt for the kernel", 0, 0));
          var apt = new Apt(searchPath, work);
          List<String> packages = DistributionKernel.packages(apt);
          String release = packages.getFirst().replaceFirst("^linux-image-", "");
          String name = checked("debian-" + release);
          if (!isInstalled(directory.resolve(name))) {
            List<Path> files = apt.download(packages, progress);
            progress.accept(new KernelInstallEvent("unpacking the kernel", 0, 0));
            KernelPackage unpacked = KernelPackage.read(files);
            GuestKernelImage image = GuestKernelImage.of(release, unpacked.bzImage());
            Map<String, byte[]> modules =
                KernelModules.inLoadOrder(unpacked.modules(), unpacked.builtin());
            put(name, image, modules, "apt: " + String.join(", ", packages));
          }
          writeDefault(name);
          return describe(directory.resolve(name));
        });
  }

  /**
   * Makes an installed kernel the one that containers boot unless they say otherwise.
   *
   * @throws EngineException NOT_FOUND if there is none of that name
   */
  public InstalledKernel makeDefault(String name) {
    InstalledKernel kernel =
        named(name)
            .orElseThrow(
                () ->
                    new EngineException(
                        Kind.NOT_FOUND,
                        "no kernel is named " + name + "; installed are: " + names(),
                        "container-tui kernel list"));
    return locked(
        work -> {
          writeDefault(name);
          return kernel;
        });
  }

  private void writeDefault(String name) throws IOException {
    DurableFiles.replace(
        directory.resolve("default"), (name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String names() {
    List<String> names = list().stream().map(InstalledKernel::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** An installed kernel. */
  Optional<InstalledKernel> named(String name) {
    return list().stream().filter(kernel -> kernel.name().equals(name)).findFirst();
  }

  /** Takes a kernel that was built here, all of it in one file. The default stays as it is. */
  InstalledKernel addBuilt(String name, byte[] vmlinux, String source) {
    // Minutes went into it: an installation that runs just now is waited for.
    return locked(
        BUILT_PATIENCE,
        work -> {
          put(checked(name), GuestKernelImage.of(name, vmlinux), Map.of(), source);
          return describe(directory.resolve(name));
        });
  }

  /**
   * Takes a kernel file of the user's: a bzImage or a vmlinux. Modules are taken from a directory
   * {@code modules} beside it, if there is one. The default kernel stays as it is. The file of an
   * installed kernel means that kernel.
   *
   * @throws EngineException NOT_FOUND, CORRUPT or INVALID
   */
  public InstalledKernel fromFile(Path file) {
    Path beside = file.toAbsolutePath().normalize().getParent();
    if (file.endsWith(IMAGE) && directory.equals(beside.getParent()) && isInstalled(beside)) {
      return describe(beside);
    }
    String stamps = stamps(file); // Before it is read: it may change.
    ReadFile before = filesRead.get(file.toAbsolutePath());
    if (before != null
        && !stamps.isEmpty()
        && before.stamps().equals(stamps)
        && isInstalled(directory.resolve(before.kernel()))) {
      return describe(directory.resolve(before.kernel()));
    }
    byte[] content = readFile(file, MAX_IMAGE_BYTES);
    Map<String, byte[]> modules = modulesBeside(file);
    String name = "file-" + digest(content, modules).substring(0, 16);
    filesRead.put(file.toAbsolutePath(), new ReadFile(stamps, name));
    if (isInstalled(directory.resolve(name))) {
      return describe(directory.resolve(name));
    }
    return locked(
        work -> {
          put(
              name,
              GuestKernelImage.of(file.toString(), content),
              modules,
              "file: " + file.toAbsolutePath());
          return describe(directory.resolve(name));
        });
  }

  private Map<String, byte[]> modulesBeside(Path file) {
    var found = new HashMap<String, byte[]>();
    for (Path module : moduleFiles(file)) {
      found.put(
          KernelModules.name(module.getFileName().toString()), readFile(module, MAX_MODULE_BYTES));
    }
    return KernelModules.inLoadOrder(found, Set.of());
  }

  private static List<Path> moduleFiles(Path kernel) {
    Path beside = kernel.toAbsolutePath().resolveSibling(MODULES);
    if (!Files.isDirectory(beside)) {
      return List.of();
    }
    var found = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(beside, "*.ko")) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw new EngineException(Kind.UNAVAILABLE, beside + " cannot be read: " + e.getMessage(), e);
    }
    found.sort(null);
    return found;
  }

  /** What tells whether a kernel's files are those that were read before. */
  private static String stamps(Path kernel) {
    var stamps = new StringBuilder();
    try {
      stamps.append(FileStamp.of(kernel));
      for (Path module : moduleFiles(kernel)) {
        stamps.append('\n').append(module).append(FileStamp.of(module));
      }
    } catch (IOException e) {
      return ""; // Missing, most likely; the reader says so.
    }
    return stamps.toString();
  }

  private static byte[] readFile(Path file, long maxBytes) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new EngineException(Kind.NOT_FOUND, "kernel file " + file + " does not exist");
      }
      if (Files.size(file) > maxBytes) {
        throw new EngineException(
            Kind.INVALID, file + " is larger than " + (maxBytes >> 20) + " MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes a kernel that is not there yet; on return it is whole and on disk. */
  private void put(String name, GuestKernelImage image, Map<String, byte[]> modules, String source)
      throws IOException {
    Path building = Files.createTempDirectory(directory, ExclusiveWork.PREFIX);
    try {
      Path modulesDirectory = Files.createDirectory(building.resolve(MODULES));
      DurableFiles.write(building.resolve(IMAGE), image.vmlinux());
      for (var module : modules.entrySet()) {
        DurableFiles.write(modulesDirectory.resolve(module.getKey() + ".ko"), module.getValue());
      }
      List<String> order = modules.keySet().stream().map(module -> module + ".ko").toList();
      String digest = "sha256:" + digest(image.vmlinux(), modules);
      var manifest = new KernelManifest(image.release(), digest, order, source, image.acpi());
      DurableFiles.write(building.resolve(KernelManifest.FILE_NAME), manifest.toJson());
      DurableFiles.syncDirectory(modulesDirectory);
      DurableFiles.syncDirectory(building);
      Files.move(building, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncDirectory(directory);
    } finally {
      DurableFiles.deleteTree(building);
    }
  }

  private InstalledKernel locked(ExclusiveWork.Work<InstalledKernel> installation) {
    return locked(Duration.ZERO, installation);
  }

  private InstalledKernel locked(
      Duration patience, ExclusiveWork.Work<InstalledKernel> installation) {
    return ExclusiveWork.in(
        directory, "a kernel is being installed already", patience, installation);
  }

  private boolean isInstalled(Path entry) {
    return NAME.matcher(entry.getFileName().toString()).matches()
        && Files.isRegularFile(entry.resolve(KernelManifest.FILE_NAME));
  }

  private InstalledKernel describe(Path entry) {
    KernelManifest manifest = KernelManifest.read(entry);
    return new InstalledKernel(
        entry.getFileName().toString(),
        manifest.release(),
        entry.resolve(IMAGE),
        entry.resolve(MODULES),
        manifest.source(),
        manifest.acpi());
  }

  private String defaultName() {
    try {
      Path file = directory.resolve("default");
      String name = Files.exists(file) ? Files.readString(file).strip() : "";
      return NAME.matcher(name).matches() ? name : "none";
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private EngineException unreadable(IOException e) {
    return new EngineException(
        Kind.UNAVAILABLE, "the kernels in " + directory + " cannot be read: " + e.getMessage(), e);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException(Kind.INVALID, "not a kernel's name: " + name);
    }
    return name;
  }

  private static String digest(byte[] image, Map<String, byte[]> modules) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(image);
      modules.forEach(
          (name, content) -> {
            sha256.update(name.getBytes(StandardCharsets.UTF_8));
            sha256.update(content);
          });
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
