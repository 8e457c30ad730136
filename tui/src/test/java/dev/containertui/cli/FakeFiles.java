package dev.containertui.cli;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of a fake container. */
final class FakeFiles implements ContainerFiles {
  List<FileChange> changes = List.of();

  @Override
  public FileStat stat(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(String path, OutputStream target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<FileChange> changes() {
    return changes;
  }

  @Override
  public void export(OutputStream target) {
    try {
      target.write("the file system".getBytes(StandardCharsets.US_ASCII));
    } catch (java.io.IOException e) {
      throw new dev.containertui.error.EngineException(
          dev.containertui.error.EngineException.Kind.UNAVAILABLE, "cannot write", e);
    }
  }
}
