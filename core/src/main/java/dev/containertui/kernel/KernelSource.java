package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The distribution's kernel source package, which has its security fixes.
 *
 * @param packageName for example {@code linux-source-6.1}
 * @param version of the package, for example {@code 6.1.192-2}
 * @param installed the source archive, if the package is installed in that very version
 */
record KernelSource(String packageName, String version, Optional<Path> installed) {
  private static final String METAPACKAGE = "linux-source";
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(30);

  /**
   * Asks apt for the present one; nothing is downloaded. Without apt's lists, an installed package
   * will do.
   *
   * @param directory where the packages put their archives: {@code /usr/src}
   * @param work an existing directory
   * @throws EngineException UNAVAILABLE if there is none
   */
  static KernelSource find(String searchPath, Path directory, Path work) throws IOException {
    if (HostCommand.find("apt-cache", searchPath).isPresent()) {
      var apt = new Apt(searchPath, work);
      for (String name : apt.dependencies(METAPACKAGE, METAPACKAGE + "-")) {
        Optional<String> version = apt.version(name);
        if (version.isPresent()) {
          Optional<Path> archive =
              version.equals(installedVersion(name, searchPath, work))
                  ? Optional.of(directory.resolve(name + ".tar.xz")).filter(Files::isReadable)
                  : Optional.empty();
          return new KernelSource(name, version.get(), archive);
        }
      }
    }
    return installedIn(directory, searchPath, work)
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.UNAVAILABLE,
                    "there is no kernel source: apt knows no package "
                        + METAPACKAGE
                        + ", and none is installed in "
                        + directory,
                    "run `apt-get update` as root, then try again"));
  }

  private static Optional<KernelSource> installedIn(Path directory, String searchPath, Path work)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (var archives = Files.newDirectoryStream(directory, METAPACKAGE + "-[0-9]*.tar.xz")) {
      for (Path archive : archives) {
        String name = archive.getFileName().toString().replaceFirst("\\.tar\\.xz$", "");
        Optional<String> version = installedVersion(name, searchPath, work);
        if (version.isPresent()) {
          return Optional.of(new KernelSource(name, version.get(), Optional.of(archive)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> installedVersion(String name, String searchPath, Path work) {
    return HostCommand.find("dpkg-query", searchPath)
        .map(
            program ->
                HostCommand.run(
                    List.of(program.toString(), "-W", "-f", "${Version}", name), work, QUERY_LIMIT))
        .filter(result -> result.exitCode() == 0)
        .map(result -> result.outputText().strip())
        .filter(version -> !version.isEmpty());
  }

  /** The version of Linux in it, for example {@code 6.1.192}; harmless as part of a file name. */
  String linuxVersion() {
    return version
        .replaceFirst("^\\d+:", "")
        .replaceFirst("-[^-]*$", "")
        .replaceAll("[^0-9.]", "_");
  }

  /**
   * A file with it: the installed archive, or the package, which is downloaded.
   *
   * @param work an existing empty directory
   */
  Path file(String searchPath, Path work, Consumer<KernelBuildEvent> progress) {
    return installed.orElseGet(
        () ->
            new Apt(searchPath, work)
                .download(
                    List.of(packageName),
                    event ->
                        progress.accept(
                            new KernelBuildEvent.Step(
                                event.step(), event.doneBytes(), event.totalBytes())))
                .getFirst());
  }

  /** For a person. */
  @Override
  public String toString() {
    return packageName + " " + version;
  }
}
