package dev.containertui.tui.screen.containers;

import dev.containertui.container.FileChange;
import dev.containertui.container.FileStat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row in a list of files.
 *
 * @param stat empty for the way up, and for what the container has deleted
 * @param change how it differs from the image, if it does
 */
record FileRow(String name, Optional<FileStat> stat, Optional<FileChange.Kind> change) {
  static final FileRow UP = new FileRow("..", Optional.empty(), Optional.empty());

  /** Changes by directory and name. */
  record Changes(Map<String, Map<String, FileChange.Kind>> byDirectory) {
    static final Changes NONE = new Changes(Map.of());

    static Changes of(List<FileChange> all) {
      Map<String, Map<String, FileChange.Kind>> sorted = new HashMap<>();
      for (FileChange change : all) {
        int slash = change.path().lastIndexOf('/');
        sorted
            .computeIfAbsent(
                slash <= 0 ? "/" : change.path().substring(0, slash), _ -> new HashMap<>())
            .put(change.path().substring(slash + 1), change.kind());
      }
      return new Changes(sorted);
    }

    Map<String, FileChange.Kind> in(String directory) {
      return byDirectory.getOrDefault(directory, Map.of());
    }
  }

  boolean isUp() {
    return this == UP;
  }

  boolean isDeleted() {
    return change.filter(k -> k == FileChange.Kind.DELETED).isPresent();
  }

  boolean isDirectory() {
    return isUp() || stat.filter(s -> s.kind() == FileStat.Kind.DIRECTORY).isPresent();
  }

  long size() {
    return stat.map(FileStat::sizeBytes).orElse(-1L);
  }

  Instant modified() {
    return stat.map(FileStat::modified).orElse(Instant.EPOCH);
  }

  /** The rows of a directory: the way up, directories, then everything else. */
  static List<FileRow> of(String directory, List<FileStat> entries, Changes changes) {
    Map<String, FileChange.Kind> here = new HashMap<>(changes.in(directory));
    List<FileRow> rows = new ArrayList<>();
    for (FileStat entry : entries) {
      rows.add(
          new FileRow(
              entry.name(), Optional.of(entry), Optional.ofNullable(here.remove(entry.name()))));
    }
    here.forEach(
        (name, kind) -> {
          if (kind == FileChange.Kind.DELETED) {
            rows.add(new FileRow(name, Optional.empty(), Optional.of(kind)));
          }
        });
    rows.sort(Comparator.comparing((FileRow r) -> !r.isDirectory()).thenComparing(FileRow::name));
    if (!directory.equals("/")) {
      rows.addFirst(UP);
    }
    return List.copyOf(rows);
  }
}
