package dev.containertui.tui;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import dev.containertui.container.Unsupported;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files in memory: a path that ends in a slash is a directory. */
public class MemoryFiles implements ContainerFiles {
  private static final Instant MODIFIED = Instant.parse("2026-02-03T04:05:00Z");

  public final Map<String, byte[]> contents = new TreeMap<>();
  public final List<FileChange> changes = new ArrayList<>();

  public void put(String path, String content) {
    contents.put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static FileStat stat(String path, byte[] content) {
    boolean directory = path.endsWith("/");
    String plain = directory ? path.substring(0, path.length() - 1) : path;
    return new FileStat(
        plain.substring(plain.lastIndexOf('/') + 1),
        directory ? FileStat.Kind.DIRECTORY : FileStat.Kind.FILE,
        directory ? 0755 : 0644,
        0,
        0,
        content.length,
        MODIFIED,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public FileStat stat(String path) {
    if (path.equals("/")) {
      return stat("//", new byte[0]);
    }
    for (String found : List.of(path, path + "/")) {
      if (contents.containsKey(found)) {
        return stat(found, contents.get(found));
      }
    }
    throw new EngineException(Kind.NOT_FOUND, "no such file in the container: " + path);
  }

  @Override
  public List<FileStat> list(String directory) {
    String prefix = directory.equals("/") ? "/" : directory + "/";
    return contents.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix) && e.getKey().length() > prefix.length())
        .filter(e -> e.getKey().substring(prefix.length()).matches("[^/]+/?"))
        .map(e -> stat(e.getKey(), e.getValue()))
        .toList();
  }

  @Override
  public byte[] head(String path, int limitBytes) {
    byte[] content = contents.get(path);
    return Arrays.copyOf(content, Math.min(content.length, limitBytes));
  }

  @Override
  public void read(String path, OutputStream target) {
    throw Unsupported.of("an archive");
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    throw Unsupported.of("an archive");
  }

  @Override
  public List<FileChange> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void export(OutputStream target) {
    throw Unsupported.of("an archive");
  }
}
