package dev.containertui.engine.api.server;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files whose archives are just their content. */
final class FakeFiles implements ContainerFiles {
  final Map<String, byte[]> content = new ConcurrentHashMap<>();

  @Override
  public FileStat stat(String path) {
    if (path.equals("/link")) {
      return new FileStat(
          "link",
          FileStat.Kind.SYMBOLIC_LINK,
          0777,
          0,
          0,
          4,
          Instant.EPOCH,
          Optional.of("to"),
          Optional.of("/to"));
    }
    if (!content.containsKey(path)) {
      throw new EngineException(Kind.NOT_FOUND, "there is no " + path);
    }
    return new FileStat(
        path.substring(path.lastIndexOf('/') + 1),
        FileStat.Kind.FILE,
        04755,
        1,
        2,
        content.get(path).length,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void read(String path, OutputStream target) {
    try {
      target.write(content.get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    try {
      content.put(directory, archive.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<FileChange> changes() {
    return List.of(
        new FileChange(FileChange.Kind.ADDED, "/a"), new FileChange(FileChange.Kind.DELETED, "/b"));
  }

  @Override
  public void export(OutputStream target) {
    try {
      target.write("everything".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] head(String path, int limitBytes) {
    if (limitBytes < 0) {
      throw new EngineException(Kind.INVALID, "not " + limitBytes + " bytes");
    }
    return Arrays.copyOf(content.get(path), Math.min(limitBytes, content.get(path).length));
  }
}
