package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.widget.TableState;
import java.util.Optional;

/**
 * Where one is in the files of a container.
 *
 * @param id of the container
 * @param directory whose files are listed; absolute
 * @param view a file that is looked into; empty: the list is seen
 */
record FilesState(String id, String directory, Optional<FileView> view) {
  static final Slot<FilesState> SLOT =
      new Slot<>("containers.files", new FilesState("", "/", Optional.empty()));
  static final Slot<TableState> TABLE = new Slot<>("containers.files.table", TableState.START);

  FilesState with(Optional<FileView> newView) {
    return new FilesState(id, directory, newView);
  }

  FilesState in(String newDirectory) {
    return new FilesState(id, newDirectory, Optional.empty());
  }

  String path(String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  String parent() {
    int slash = directory.lastIndexOf('/');
    return slash <= 0 ? "/" : directory.substring(0, slash);
  }

  /** The directory's own name. */
  String name() {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }
}
