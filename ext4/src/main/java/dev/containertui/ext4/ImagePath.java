package dev.containertui.ext4;

import java.util.ArrayList;
import java.util.List;

/**
 * An absolute path inside an image: names from the root down, already free of {@code .}, {@code ..}
 * and empty parts. The root has no names. It says nothing about symbolic links: no operation of
 * this module follows them.
 *
 * @param names from the root down
 */
public record ImagePath(List<FileName> names) {
  public static final ImagePath ROOT = new ImagePath(List.of());

  public ImagePath {
    names = List.copyOf(names);
  }

  /** Splits at {@code /}; empty parts are dropped, so {@code /a//b/} is {@code /a/b}. */
  public static ImagePath of(String path) {
    List<FileName> names = new ArrayList<>();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        names.add(FileName.of(part));
      }
    }
    return new ImagePath(names);
  }

  public boolean isRoot() {
    return names.isEmpty();
  }

  /** The last name; the root has none. */
  public FileName name() {
    return names.getLast();
  }

  /** The directory that holds {@link #name()}; the root has none. */
  public ImagePath parent() {
    return new ImagePath(names.subList(0, names.size() - 1));
  }

  public ImagePath resolve(FileName name) {
    List<FileName> longer = new ArrayList<>(names.size() + 1);
    longer.addAll(names);
    longer.add(name);
    return new ImagePath(longer);
  }

  /** Whether {@code other} is this path or lies below it. */
  public boolean contains(ImagePath other) {
    return other.names.size() >= names.size() && other.names.subList(0, names.size()).equals(names);
  }

  @Override
  public String toString() {
    if (isRoot()) {
      return "/";
    }
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append('/').append(name));
    return text.toString();
  }
}
