package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads images of an archive. All of it is read and checked before anything enters the store: first
 * the blobs that images need, then their names, all in one change.
 */
final class ImageArchiveReader {
  private final StoreParts store;
  private final ImageCatalog catalog;

  /**
   * An image that was found and checked.
   *
   * @param name that it gets, if any
   */
  record Found(Optional<Reference> name, Entry image) {}

  /** Finds the images of one format. */
  interface Format {
    /** Images, whose blobs have been kept; empty if the archive has another format. */
    List<Found> find(ArchiveContents contents) throws IOException;
  }

  ImageArchiveReader(StoreParts store, ImageCatalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** See {@link ImageStore#load}; the caller holds the lock for using blobs. */
  List<String> read(InputStream archive) {
    try (ArchiveContents contents = ArchiveContents.read(archive, store.blobs())) {
      List<Found> found = new LayoutArchive(store).find(contents);
      if (found.isEmpty()) {
        found = new DockerArchive(store, catalog).find(contents);
      }
      if (found.isEmpty()) {
        throw new EngineException(
            Kind.INVALID,
            "there are no images in the archive",
            "archives of images are made by docker save or skopeo copy; a file system is imported");
      }
      return enter(found);
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      throw new EngineException(Kind.CANCELLED, "interrupted while loading images", e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, ArchiveContents.WHAT + " breaks off: " + e.getMessage(), e);
    }
  }

  private List<String> enter(List<Found> found) {
    Map<String, List<Entry>> named = new LinkedHashMap<>();
    List<Entry> unnamed = new ArrayList<>();
    for (Found image : found) {
      if (image.name().isPresent()) {
        named
            .computeIfAbsent(image.name().get().toString(), name -> new ArrayList<>())
            .add(image.image());
      } else {
        unnamed.add(image.image());
      }
    }
    store.change(
        entries -> {
          List<Entry> result = entries;
          for (Map.Entry<String, List<Entry>> one : named.entrySet()) {
            result = StoreIndex.named(result, one.getValue(), one.getKey());
          }
          for (Entry image : unnamed) {
            result = StoreIndex.withUnnamed(result, image);
          }
          return result;
        });
    List<String> loaded = new ArrayList<>(named.keySet());
    unnamed.forEach(image -> loaded.add(catalog.image(image.manifest()).summary().id()));
    return loaded.stream().distinct().toList();
  }
}
