package dev.containertui.engine;

import dev.containertui.container.FileStat;
import dev.containertui.container.FileTree;
import dev.containertui.container.ViewedFiles;
import dev.containertui.files.OverlayView;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The files of an image, read off its root file system.
 *
 * @param disk that image; made if it is not there
 */
record ImageFiles(Supplier<Path> disk) implements FileTree {
  private <T> T look(Function<OverlayView, T> reader) {
    try (OverlayView view = OverlayView.open(disk.get(), Optional.empty())) {
      return reader.apply(view);
    }
  }

  @Override
  public FileStat stat(String path) {
    return look(view -> ViewedFiles.stat(view, path));
  }

  @Override
  public List<FileStat> list(String directory) {
    return look(view -> ViewedFiles.list(view, directory));
  }

  @Override
  public void content(String path, OutputStream target) {
    look(
        view -> {
          ViewedFiles.content(view, path, target);
          return null;
        });
  }

  @Override
  public byte[] head(String path, int limitBytes) {
    return look(view -> ViewedFiles.head(view, path, limitBytes));
  }
}
