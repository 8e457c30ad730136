package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.DiskErrors;
import dev.containertui.host.FileStamp;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in a store: {@code index.json} of an OCI image layout. Each entry points at an image's
 * manifest; a name has one entry for each platform that was pulled under it, and an image that lost
 * its last name to a newer one has an entry without a name.
 *
 * <p>Names are full references. They stand in {@code org.opencontainers.image.ref.name}, where
 * other tools look ({@code skopeo inspect oci:DIR:docker.io/library/alpine:latest}).
 */
final class StoreIndex {
  static final String REF_NAME = "org.opencontainers.image.ref.name";
  static final String FULL_NAME = "io.containerd.image.name";

  /** Digest of the index that the manifest was chosen from; its blob is kept. */
  private static final String CHOSEN_FROM = "dev.containertui.image.index";

  /**
   * An image and one of its names.
   *
   * @param manifest with its platform
   * @param chosenFrom the index that the name stands for in the registry, if it is one
   */
  record Entry(Optional<String> name, Descriptor manifest, Optional<Digest> chosenFrom) {
    boolean isFor(String otherName, Optional<Platform> platform) {
      return name.equals(Optional.of(otherName)) && manifest.platform().equals(platform);
    }

    private Entry withoutName() {
      return new Entry(Optional.empty(), manifest, chosenFrom);
    }
  }

  private final Path file;
  private final BlobStore blobs;
  private volatile Known known = new Known("", List.of());

  /** What was read last, and the stamp that the file had then: a start asks seven times. */
  private record Known(String stamp, List<Entry> entries) {}

  StoreIndex(Path root, BlobStore blobs) {
    this.file = root.resolve("index.json");
    this.blobs = blobs;
  }

  /** All entries, oldest first; none if there is no index yet. */
  List<Entry> read() {
    byte[] bytes;
    String stamp;
    try {
      stamp = FileStamp.of(file); // Before it is read: it may change.
      Known last = known;
      if (last.stamp().equals(stamp)) {
        return last.entries();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DiskErrors.of("cannot read the image store", file, e);
    }
    ManifestDocument document =
        ManifestDocument.parse(bytes, MediaTypes.OCI_INDEX, file.toString());
    List<Entry> entries =
        document instanceof Index index
            ? index.manifests().stream().map(StoreIndex::entry).toList()
            : List.of();
    known = new Known(stamp, entries);
    return entries;
  }

  private static Entry entry(Descriptor descriptor) {
    Map<String, String> annotations = descriptor.annotations();
    return new Entry(
        Optional.ofNullable(annotations.get(FULL_NAME))
            .or(() -> Optional.ofNullable(annotations.get(REF_NAME))),
        descriptor,
        Optional.ofNullable(annotations.get(CHOSEN_FROM)).map(Digest::parse));
  }

  /** Replaces the index; the caller holds its lock. */
  void write(List<Entry> entries) {
    ObjectNode json = Index.of(entries.stream().map(StoreIndex::descriptor).toList()).toJson();
    blobs.replace(file, JsonObject.write(json));
    known = new Known("", List.of());
  }

  private static Descriptor descriptor(Entry entry) {
    Map<String, String> annotations = new LinkedHashMap<>(entry.manifest().annotations());
    annotations.remove(REF_NAME);
    annotations.remove(FULL_NAME);
    annotations.remove(CHOSEN_FROM);
    entry
        .name()
        .ifPresent(
            name -> {
              annotations.put(REF_NAME, name);
              annotations.put(FULL_NAME, name);
            });
    entry.chosenFrom().ifPresent(digest -> annotations.put(CHOSEN_FROM, digest.toString()));
    return entry.manifest().withAnnotations(annotations);
  }

  /** The entries with one more, which takes its name and platform away from another one. */
  static List<Entry> with(List<Entry> entries, Entry added) {
    List<Entry> result = new ArrayList<>();
    for (Entry entry : entries) {
      boolean replaced =
          added.name().isPresent() && entry.isFor(added.name().get(), added.manifest().platform());
      addUnlessCovered(result, replaced ? entry.withoutName() : entry);
    }
    result.add(added);
    return dropCovered(result);
  }

  /**
   * The entries with the images of {@code sources} under a name, which all other images lose.
   *
   * @param sources whatever names they have, if any
   */
  static List<Entry> named(List<Entry> entries, List<Entry> sources, String name) {
    List<Entry> result = new ArrayList<>();
    for (Entry entry : entries) {
      addUnlessCovered(
          result, entry.name().equals(Optional.of(name)) ? entry.withoutName() : entry);
    }
    List<Digest> added = new ArrayList<>();
    for (Entry source : sources) {
      if (!added.contains(source.manifest().digest())) {
        added.add(source.manifest().digest());
        result.add(new Entry(Optional.of(name), source.manifest(), source.chosenFrom()));
      }
    }
    return dropCovered(result);
  }

  /** The entries with an image that has no name; nothing changes if it is there already. */
  static List<Entry> withUnnamed(List<Entry> entries, Entry image) {
    List<Entry> result = new ArrayList<>(entries);
    addUnlessCovered(result, image.withoutName());
    return dropCovered(result);
  }

  /** The entries without a name; its images stay as unnamed entries if {@code keepImage}. */
  static List<Entry> without(List<Entry> entries, List<Entry> removed, boolean keepImage) {
    List<Entry> result = new ArrayList<>();
    for (Entry entry : entries) {
      if (!removed.contains(entry)) {
        result.add(entry);
      } else if (keepImage) {
        addUnlessCovered(result, entry.withoutName());
      }
    }
    return dropCovered(result);
  }

  private static void addUnlessCovered(List<Entry> entries, Entry entry) {
    if (entry.name().isPresent() || entries.stream().noneMatch(e -> sameImage(e, entry))) {
      entries.add(entry);
    }
  }

  /** An unnamed entry says nothing about an image that has a name. */
  private static List<Entry> dropCovered(List<Entry> entries) {
    return entries.stream()
        .filter(
            entry ->
                entry.name().isPresent()
                    || entries.stream().noneMatch(e -> e.name().isPresent() && sameImage(e, entry)))
        .toList();
  }

  private static boolean sameImage(Entry a, Entry b) {
    return a.manifest().digest().equals(b.manifest().digest());
  }
}
