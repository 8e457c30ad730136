package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.oci.Reference;
import dev.containertui.registry.server.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A disk that no longer holds what it was given. */
class DamagedStoreTest extends PullFixture {
  @Test
  void damagedDocumentsAreFetchedAgain() throws IOException {
    ImageSummary image = pull();
    for (String digest : List.of(image.id(), image.digest())) {
      damage(digest);
      assertEquals(List.of(), store.list());
      assertEquals(image, pull());
    }
  }

  @Test
  void aDamagedImageCanBeRemovedAndDoesNotKeepOthers() throws IOException {
    ImageSummary image = pull();
    new ImageBuilder().platform(AMD64).layer(layer("y", 50)).push(registry, "other", "latest");
    Reference other = registry.reference("other", "latest");
    store.pull(other, AMD64, e -> {});
    Path manifest = damage(image.digest());

    store.remove(other.toString(), false, i -> false);
    assertEquals(4, blobCount(), "only the other image's are gone");
    store.remove(reference.toString(), false, i -> false);
    assertFalse(Files.exists(manifest));
    assertTrue(store.find(reference.toString()).isEmpty());
    store.collectGarbage(Duration.ZERO);
    assertEquals(0, blobCount());
  }

  private Path damage(String digest) throws IOException {
    Path blob = store.directory().resolve("blobs/" + digest.replace(':', '/'));
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
    return blob;
  }

  private long blobCount() throws IOException {
    try (Stream<Path> files = Files.list(store.directory().resolve("blobs/sha256"))) {
      return files.count();
    }
  }
}
