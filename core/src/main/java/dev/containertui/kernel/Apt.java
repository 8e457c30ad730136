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
 * Debian packages by way of apt. apt checks the signatures; no root is needed, and nothing is
 * installed on the host.
 */
final class Apt {
  private static final Pattern DEPENDENCY =
      Pattern.compile("(?m)^\\s*\\|?Depends: ([a-z0-9][A-Za-z0-9.+~-]*)$");
  private static final Pattern VERSION =
      Pattern.compile("(?m)^Version: ([A-Za-z0-9][A-Za-z0-9.+~:-]{0,99})$");
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
  Apt(String searchPath, Path directory) {
    this.searchPath = searchPath;
    this.directory = directory;
  }

  /**
   * The packages that a metapackage stands for, those named after a version behind a prefix; none
   * if apt does not know it.
   *
   * @throws EngineException UNAVAILABLE if there is no apt
   */
  List<String> dependencies(String name, String prefix) {
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
      if (matcher.group(1).matches(Pattern.quote(prefix) + "\\d.*")) {
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

  /**
   * The version that {@link #download} would fetch.
   *
   * @throws EngineException UNAVAILABLE if there is no apt
   */
  Optional<String> version(String name) {
    Matcher matcher = VERSION.matcher(show(name));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private long sizeBytes(String name) {
    Matcher matcher = SIZE.matcher(show(name));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private String show(String name) {
    return HostCommand.run(
            List.of(program("apt-cache"), "show", "--no-all-versions", name),
            directory,
            QUERY_LIMIT)
        .outputText();
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
