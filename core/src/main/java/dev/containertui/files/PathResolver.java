package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.files.OverlayView.Resolved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Follows paths as the kernel does (path_resolution(7)), within the container's root. */
final class PathResolver {
  /** As the kernel; ELOOP. */
  private static final int MAX_LINKS = 40;

  private static final int MAX_PATH_BYTES = 4095;

  private final OverlayView view;
  private final Deque<byte[]> ahead = new ArrayDeque<>();
  private final List<FileName> names = new ArrayList<>();

  /** What each of the names is, the root first; shorter than names if those do not exist. */
  private final List<OverlayFile> files = new ArrayList<>();

  private int links;

  PathResolver(OverlayView view) {
    this.view = view;
    files.add(view.root());
  }

  Resolved resolve(String path, boolean followLast) {
    follow(path, followLast);
    boolean exists = names.size() < files.size();
    if (!exists
        && (names.size() > files.size() || files.getLast().stat().type() != FileType.DIRECTORY)) {
      throw new EngineException(Kind.NOT_FOUND, "no such file in the container: " + path);
    }
    return new Resolved(
        new ImagePath(names), exists ? Optional.of(files.getLast()) : Optional.empty());
  }

  /** Where a path leads, although something on the way may be missing. */
  ImagePath resolveMissing(String path) {
    follow(path, true);
    return new ImagePath(names);
  }

  private void follow(String path, boolean followLast) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_PATH_BYTES) {
      throw new EngineException(
          Kind.INVALID, "a path has 1 to " + MAX_PATH_BYTES + " bytes, not " + bytes.length);
    }
    push(bytes);
    while (!ahead.isEmpty()) {
      byte[] part = ahead.pop();
      if (part.length == 2 && part[0] == '.' && part[1] == '.') {
        leave();
      } else {
        enter(part, followLast || !ahead.isEmpty());
      }
    }
  }

  private void leave() {
    if (!names.isEmpty()) {
      names.removeLast();
      if (files.size() > names.size() + 1) {
        files.removeLast();
      }
    }
  }

  private void enter(byte[] part, boolean followLink) {
    FileName name;
    try {
      name = FileName.of(part);
    } catch (Ext4Exception e) {
      throw new EngineException(Kind.INVALID, e.getMessage(), e);
    }
    Optional<OverlayFile> found =
        names.size() + 1 == files.size() && files.getLast().stat().type() == FileType.DIRECTORY
            ? view.child(files.getLast(), name)
            : Optional.empty();
    if (followLink && found.isPresent() && found.get().stat().type() == FileType.SYMLINK) {
      byte[] target = found.get().stat().linkTarget();
      if (++links > MAX_LINKS) {
        throw new EngineException(
            Kind.INVALID,
            "more than " + MAX_LINKS + " symbolic links on the way, the last one " + name);
      }
      if (target[0] == '/') {
        names.clear();
        files.subList(1, files.size()).clear();
      }
      push(target);
      return;
    }
    names.add(name);
    found.ifPresent(files::add);
  }

  /** Puts the parts of a path ahead of all others. */
  private void push(byte[] path) {
    int end = path.length;
    for (int i = path.length - 1; i >= -1; i--) {
      if (i < 0 || path[i] == '/') {
        boolean nothing = i + 1 == end || (i + 2 == end && path[i + 1] == '.');
        if (!nothing) {
          ahead.push(Arrays.copyOfRange(path, i + 1, end));
        }
        end = i;
      }
    }
  }
}
