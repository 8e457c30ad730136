package dev.containertui.cli;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a fake container: a directory of this host, packed and unpacked by tar(1). */
final class FakeFiles implements ContainerFiles {
  List<FileChange> changes = List.of();

  /** The directory that is the container's root. */
  Path root;

  /** The last archive that was written into it. */
  byte[] lastArchive = new byte[0];

  /** Read in place of an archive of the files. */
  Optional<byte[]> hostileArchive = Optional.empty();

  private Path host(String path) {
    return root.resolve(path.substring(1)).normalize();
  }

  @Override
  public FileStat stat(String path) {
    Path file = host(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new EngineException(Kind.NOT_FOUND, "no such file or directory: " + path);
    }
    boolean link = Files.isSymbolicLink(file);
    FileStat.Kind kind =
        link
            ? FileStat.Kind.SYMBOLIC_LINK
            : Files.isDirectory(file) ? FileStat.Kind.DIRECTORY : FileStat.Kind.FILE;
    Optional<String> target = link ? Optional.of(target(file)) : Optional.empty();
    return new FileStat(
        path.substring(path.lastIndexOf('/') + 1),
        kind,
        0755,
        0,
        0,
        0,
        Instant.EPOCH,
        target,
        target.map(
            t ->
                t.startsWith("/") ? t : "/" + root.relativize(file.resolveSibling(t).normalize())));
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(String path, OutputStream target) {
    if (hostileArchive.isPresent()) {
      write(target, hostileArchive.get());
      return;
    }
    boolean contents = path.endsWith("/.");
    Path file = host(path);
    write(
        target,
        contents
            ? tar(new byte[0], "-C", file.toString(), "-cf", "-", ".")
            : tar(
                new byte[0],
                "-C",
                file.getParent().toString(),
                "-cf",
                "-",
                file.getFileName().toString()));
  }

  private static void write(OutputStream target, byte[] bytes) {
    try {
      target.write(bytes);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "nobody takes the archive", e);
    }
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    if (!Files.isDirectory(host(directory))) {
      throw new EngineException(Kind.NOT_FOUND, "no such directory: " + directory);
    }
    try {
      lastArchive = archive.readAllBytes();
    } catch (IOException e) {
      throw new EngineException(Kind.INVALID, "the archive is broken", e);
    }
    tar(lastArchive, "-C", host(directory).toString(), "--no-same-owner", "-xf", "-");
  }

  private static byte[] tar(byte[] input, String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of("tar"));
      command.addAll(List.of(arguments));
      Process tar =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread feeder =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (OutputStream to = tar.getOutputStream()) {
                      to.write(input);
                    } catch (IOException e) {
                      // it did not want it
                    }
                  });
      byte[] output = tar.getInputStream().readAllBytes();
      feeder.join();
      if (tar.waitFor() != 0) {
        throw new EngineException(Kind.INVALID, "tar failed: " + command);
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<FileChange> changes() {
    return changes;
  }

  @Override
  public void export(OutputStream target) {
    write(target, "the file system".getBytes(StandardCharsets.US_ASCII));
  }
}
