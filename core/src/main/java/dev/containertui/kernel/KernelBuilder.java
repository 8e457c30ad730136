package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.guest.GuestKernelConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds a lean guest kernel from the distribution's kernel source package.
 *
 * <pre>
 *   cache/kernel-build/
 *     NAME.log         what make said, if it failed
 *     .work-…/         while building, some 500 MB
 *       source/  output/  tmp/
 * </pre>
 *
 * <p>A kernel is named after all that goes into it: {@code lean-6.1.192-0a1b2c3d}. One that is
 * installed already is not built again.
 */
public final class KernelBuilder {
  /** To be changed with whatever changes the result but is not in the configuration. */
  private static final String RECIPE = "1";

  private static final Path INSTALLED_SOURCES = Path.of("/usr/src");
  private static final Duration CONFIGURE_LIMIT = Duration.ofMinutes(15);
  private static final Duration COMPILE_LIMIT = Duration.ofHours(4);
  private static final long NEEDED_BYTES = 1L << 30;

  /** With Linux 6.1 and the present configuration. */
  private static final int ABOUT_OBJECTS = 1300;

  private final KernelStore store;
  private final Path directory;
  private final String searchPath;
  private final Path sources;

  /**
   * @param store receives the kernels
   * @param cacheDirectory is worked in
   */
  public KernelBuilder(KernelStore store, Path cacheDirectory) {
    this(store, cacheDirectory, System.getenv().getOrDefault("PATH", ""), INSTALLED_SOURCES);
  }

  KernelBuilder(KernelStore store, Path cacheDirectory, String searchPath, Path sources) {
    this.store = store;
    this.directory = cacheDirectory.toAbsolutePath().resolve("kernel-build");
    this.searchPath = searchPath;
    this.sources = sources;
  }

  /**
   * Builds the kernel, unless the very same has been built before; takes minutes. The default
   * kernel stays as it is.
   *
   * @param mitigations whether it defends itself against the flaws of speculating CPUs, which
   *     emulated ones have not
   * @throws EngineException UNAVAILABLE without source or tools or if the build fails, CONFLICT if
   *     another process builds, EXHAUSTED, CORRUPT, TIMEOUT, CANCELLED
   */
  public InstalledKernel build(boolean mitigations, Consumer<KernelBuildEvent> progress) {
    String architecture = System.getProperty("os.arch");
    if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
      throw new EngineException(
          Kind.UNAVAILABLE, "kernels are built on x86-64 hosts, this one is " + architecture);
    }
    tell(progress, "looking for compiler and kernel source");
    return ExclusiveWork.in(
        directory,
        "a kernel is being built already",
        Duration.ZERO,
        work -> {
          try {
            return build(mitigations, work, progress);
          } catch (EngineException e) {
            if (e.kind() == Kind.CANCELLED) {
              tell(progress, "cancelled; removing what has been done");
            }
            throw e;
          }
        });
  }

  private InstalledKernel build(boolean mitigations, Path work, Consumer<KernelBuildEvent> progress)
      throws IOException {
    String compiler = BuildTools.check(searchPath, work);
    KernelSource source = KernelSource.find(searchPath, sources, work);
    String config = GuestKernelConfig.text(mitigations);
    String inputs = String.join("\n", RECIPE, source.toString(), compiler, config);
    String name = "lean-" + source.linuxVersion() + "-" + digest(inputs).substring(0, 8);
    Optional<InstalledKernel> there = store.named(name);
    if (there.isPresent()) {
      tell(progress, name + " has been built already");
      return there.get();
    }
    requireSpace();
    Path download = Files.createDirectory(work.resolve("download"));
    Path archive = source.file(searchPath, download, progress);
    Path tree = Files.createDirectory(work.resolve("source"));
    unpack(source, archive, tree, progress);
    byte[] vmlinux = new Compilation(name, work, tree).run(config, progress);
    tell(progress, "installing " + name);
    return store.addBuilt(
        name,
        vmlinux,
        "built: %s, %s mitigations, %s".formatted(source, mitigations ? "with" : "no", compiler));
  }

  private void requireSpace() throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < NEEDED_BYTES) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "building a kernel takes %d MB in %s, where %d MB are free"
              .formatted(NEEDED_BYTES / 1_000_000, directory, free / 1_000_000),
          "free some disk space");
    }
  }

  private static void unpack(
      KernelSource source, Path archive, Path tree, Consumer<KernelBuildEvent> progress)
      throws IOException {
    long total = Files.size(archive);
    var told = new AtomicLong();
    SourceTree.unpack(
        archive,
        tree,
        done -> {
          if (done - told.get() > total / 200) {
            told.set(done);
            progress.accept(new KernelBuildEvent.Step("unpacking " + source, done, total));
          }
        });
  }

  private static void tell(Consumer<KernelBuildEvent> progress, String step) {
    progress.accept(new KernelBuildEvent.Step(step, 0, 0));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From source to vmlinux. */
  private final class Compilation {
    private final Path tree;
    private final Path output;
    private final Path fragment;
    private final Path log;
    private final Make make;

    Compilation(String name, Path work, Path tree) throws IOException {
      this.tree = tree;
      output = Files.createDirectory(work.resolve("output"));
      fragment = work.resolve("all.config");
      log = directory.resolve(name + ".log");
      Files.deleteIfExists(log);
      Path temporary = Files.createDirectory(work.resolve("tmp"));
      // Nothing of who builds, where and when shall be in the kernel.
      make =
          new Make(
              tree,
              log,
              searchPath,
              Map.of(
                  "TMPDIR", temporary.toString(),
                  "KCONFIG_ALLCONFIG", fragment.toString(),
                  "KBUILD_BUILD_USER", "container-tui",
                  "KBUILD_BUILD_HOST", "localhost",
                  "KBUILD_BUILD_TIMESTAMP", dateOfSource()));
    }

    /** For example {@code 2026-11-06}; it is part of {@code uname -v}. */
    private String dateOfSource() throws IOException {
      FileTime time = Files.getLastModifiedTime(tree.resolve("Makefile"));
      return time.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    byte[] run(String config, Consumer<KernelBuildEvent> progress) throws IOException {
      boolean keepLog = true;
      try {
        Files.writeString(fragment, config);
        tell(progress, "configuring");
        require(
            make.run(List.of("O=" + output, "allnoconfig"), CONFIGURE_LIMIT, line -> {}),
            "configured");
        checkConfig(config);
        var objects = new ObjectCount(ABOUT_OBJECTS, progress);
        require(
            make.run(
                List.of(
                    "O=" + output, "-j" + Runtime.getRuntime().availableProcessors(), "vmlinux"),
                COMPILE_LIMIT,
                objects),
            "compiled");
        byte[] vmlinux = Files.readAllBytes(output.resolve("vmlinux"));
        keepLog = false;
        return vmlinux;
      } catch (EngineException e) {
        keepLog = e.kind() != Kind.CANCELLED;
        throw e;
      } finally {
        if (!keepLog) {
          Files.deleteIfExists(log);
        }
      }
    }

    private void require(boolean success, String what) throws IOException {
      if (!success) {
        throw new EngineException(
            Kind.UNAVAILABLE,
            "the kernel could not be " + what + ": " + firstError(),
            "all output is in " + log);
      }
    }

    /** The first line that tells of an error; else the last one. */
    private String firstError() throws IOException {
      try (Stream<String> lines = Files.lines(log)) {
        List<String> all = lines.filter(line -> !line.isBlank()).toList();
        return all.stream()
            .filter(line -> line.contains("rror:") || line.contains("***"))
            .findFirst()
            .or(() -> all.stream().reduce((a, b) -> b))
            .orElse("make said nothing")
            .replace(tree + "/", "")
            .strip();
      }
    }

    private void checkConfig(String config) throws IOException {
      Path resolved = output.resolve(".config");
      List<String> refused = LeanConfig.parse(config).refused(Files.readString(resolved));
      if (!refused.isEmpty()) {
        throw new EngineException(
            Kind.UNAVAILABLE,
            "this kernel source does not give what the configuration asks for: "
                + String.join(" ", refused),
            "the configuration is for Linux 6.1");
      }
    }
  }
}
