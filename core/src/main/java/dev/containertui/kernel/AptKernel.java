package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution's kernel for virtual machines, by way of apt. apt checks the signatures; no root
 * is needed, and nothing is installed on the host.
 */
final class AptKernel {
  /** Debian's and Ubuntu's names for "the present kernel for virtual machines". */
  private static final List<String> METAPACKAGES =
      List.of("linux-image-cloud-amd64", "linux-image-virtual");

  private static final Pattern DEPENDENCY =
      Pattern.compile("(?m)^\\s*\\|?Depends: (linux-(?:image|modules)-\\d[A-Za-z0-9.+~-]*)$");
  private static final Pattern SIZE = Pattern.compile("(?m)^Size: (\\d{1,12})$");
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(60);
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(20);
  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private final String searchPath;
  private final Path directory;

  /**
   * @param searchPath where to look for apt, as in {@code PATH}
   * @param directory an existing empty directory that receives the packages
   */
  AptKernel(String searchPath, Path directory) {
    this.searchPath = searchPath;
    this.directory = directory;
  }

  /**
   * Finds out which packages hold the present kernel: the image first, then its modules if they are
   * a package of their own.
   *
   * @throws EngineException UNAVAILABLE if there is no apt or it knows no such kernel
   */
  List<String> resolve() {
    for (String metapackage : METAPACKAGES) {
      List<String> images = dependencies(metapackage, "linux-image-");
      if (!images.isEmpty()) {
        var packages = new ArrayList<>(images.subList(0, 1));
        packages.addAll(dependencies(images.getFirst(), "linux-modules-"));
        return packages;
      }
    }
    throw new EngineException(
        Kind.UNAVAILABLE,
        "apt knows no kernel for virtual machines (" + String.join(", ", METAPACKAGES) + ")",
        "run `apt-get update` as root, then try again; or name a kernel with --kernel PATH");
  }

  private List<String> dependencies(String name, String prefix) {
    // A package that apt does not know is answered with exit code 100 or 0 and no output.
    String answer =
        HostCommand.run(
                List.of(program("apt-cache"), "depends", "--important", name),
                directory,
                QUERY_LIMIT)
            .outputText();
    var names = new ArrayList<String>();
    Matcher matcher = DEPENDENCY.matcher(answer);
    while (matcher.find()) {
      if (matcher.group(1).startsWith(prefix)) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /**
   * Downloads packages.
   *
   * @throws EngineException UNAVAILABLE if apt fails, TIMEOUT, CANCELLED
   */
  List<Path> download(List<String> packages, Consumer<KernelInstallEvent> progress) {
    long totalBytes = packages.stream().mapToLong(this::sizeBytes).sum();
    String step = "downloading " + String.join(", ", packages);
    progress.accept(new KernelInstallEvent(step, 0, totalBytes));
    Thread watcher = Thread.ofVirtual().start(() -> watch(step, totalBytes, progress));
    HostCommand.Result result;
    try {
      var command = new ArrayList<>(List.of(program("apt-get"), "-q", "download"));
      command.addAll(packages);
      result = HostCommand.run(command, directory, DOWNLOAD_LIMIT);
    } finally {
      watcher.interrupt();
    }
    List<Path> files = files(".deb");
    if (result.exitCode() != 0 || files.size() != packages.size()) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "apt could not download " + String.join(", ", packages) + ": " + result.lastErrorLine(),
          "run `apt-get update` as root, check the network, then try again");
    }
    progress.accept(new KernelInstallEvent(step, totalBytes, totalBytes));
    return files;
  }

  private long sizeBytes(String name) {
    String answer =
        HostCommand.run(
                List.of(program("apt-cache"), "show", "--no-all-versions", name),
                directory,
                QUERY_LIMIT)
            .outputText();
    Matcher matcher = SIZE.matcher(answer);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private void watch(String step, long totalBytes, Consumer<KernelInstallEvent> progress) {
    long last = 0;
    try {
      while (true) {
        Thread.sleep(PROGRESS_INTERVAL);
        long bytes = 0;
        for (Path file : files("")) {
          bytes += Files.size(file);
        }
        if (bytes > last && bytes < totalBytes) {
          progress.accept(new KernelInstallEvent(step, bytes, totalBytes));
          last = bytes;
        }
      }
    } catch (InterruptedException | IOException | UncheckedIOException e) {
      // The download has ended, or a file went away between listing and asking: no more news.
    }
  }

  private List<Path> files(String suffix) {
    try (var listing = Files.list(directory)) {
      return listing
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String program(String name) {
    Optional<Path> found = HostCommand.find(name, searchPath);
    return found
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.UNAVAILABLE,
                    name + " not found: kernels are installed with the package manager apt",
                    "name a kernel file with --kernel PATH"))
        .toString();
  }
}
