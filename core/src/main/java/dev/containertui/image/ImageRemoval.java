package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Docker's rules for what goes when an image is removed. */
final class ImageRemoval {
  private List<Entry> left;
  private final Map<Digest, ImageSummary> images;
  private final boolean force;
  private final Predicate<ImageSummary> inUse;
  private final List<String> done = new ArrayList<>();
  private final List<Entry> deleted = new ArrayList<>();

  ImageRemoval(
      List<Entry> entries,
      Map<Digest, ImageSummary> images,
      boolean force,
      Predicate<ImageSummary> inUse) {
    left = entries;
    this.images = images;
    this.force = force;
    this.inUse = inUse;
  }

  /** One line for each thing done. */
  List<String> done() {
    return done;
  }

  /** Entries whose images are gone. */
  List<Entry> deleted() {
    return deleted;
  }

  /** Entries that are not removed. */
  List<Entry> left() {
    return left;
  }

  /**
   * Decides what goes.
   *
   * @param names the entries that {@code text} names; empty if it is an id
   * @param found the images that it stands for
   */
  void remove(String text, List<Entry> names, List<Digest> found) {
    if (names.isEmpty() && found.isEmpty()) {
      throw new EngineException(
          Kind.NOT_FOUND,
          "no such image: " + Printable.of(text),
          "see which there are with images");
    }
    if (!names.isEmpty()) {
      names.forEach(name -> removeNames(List.of(name), name.manifest().digest()));
      return;
    }
    for (Digest image : found) {
      long nameCount = all(image).stream().filter(e -> e.name().isPresent()).count();
      if (nameCount > 1 && !force) {
        throw new EngineException(
            Kind.CONFLICT,
            "image " + Printable.of(text) + " has " + nameCount + " names",
            "remove them one by one, or all at once with --force");
      }
      remove(image);
    }
  }

  /** Removes an image with all its names. */
  void remove(Digest image) {
    removeNames(all(image), image);
  }

  private List<Entry> all(Digest image) {
    return left.stream().filter(e -> isOf(e, image)).toList();
  }

  private void removeNames(List<Entry> names, Digest image) {
    boolean last = left.stream().filter(e -> isOf(e, image)).allMatch(names::contains);
    boolean named = names.stream().anyMatch(e -> e.name().isPresent());
    boolean needed = last && images.containsKey(image) && inUse.test(images.get(image));
    if (needed && (!force || !named)) {
      throw new EngineException(
          Kind.CONFLICT,
          "image " + label(names.getFirst(), image) + " is used by a container",
          "remove the container first"
              + (named ? ", or take only the name away with --force" : ""));
    }
    names.forEach(entry -> entry.name().ifPresent(name -> done.add("Untagged: " + familiar(name))));
    if (last && !needed) {
      deleted.addAll(names);
      done.add("Deleted: " + (images.containsKey(image) ? images.get(image).id() : image));
    }
    left = StoreIndex.without(left, names, needed);
  }

  private static boolean isOf(Entry entry, Digest image) {
    return entry.manifest().digest().equals(image);
  }

  private static String label(Entry entry, Digest image) {
    return entry.name().map(ImageRemoval::familiar).orElse(image.toString());
  }

  private static String familiar(String name) {
    try {
      return Reference.parse(name).familiar();
    } catch (EngineException notAReference) {
      return Printable.of(name); // Another tool's entry.
    }
  }
}
