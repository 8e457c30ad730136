package dev.containertui.image;

import dev.containertui.image.StoreIndex.Entry;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a store consists of. */
record StoreParts(BlobStore blobs, StoreIndex index, StoreLock lock) {

  /** Changes the names in the store. Blobs that new entries need must be there and in use. */
  void change(UnaryOperator<List<Entry>> change) {
    try (var _ = lock.index()) {
      index.write(change.apply(index.read()));
    }
  }
}
