package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.server.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that images get and lose, and images without any. */
class ImageNamingTest extends PullFixture {
  private static final Platform ARM64 = Platform.parse("linux/arm64");
  private static final Reference MINE = Reference.parse("example.org/mine:1");

  private ImageSummary image;
  private ImageSummary other;

  @BeforeEach
  void pullTwoImages() {
    image = pull();
    new ImageBuilder().platform(AMD64).layer(small).push(registry, "other", "1");
    other = store.pull(registry.reference("other", "1"), AMD64, e -> {});
  }

  @Test
  void anImageGetsAFurtherName() {
    store.tag(reference.toString(), MINE);
    store.tag(image.id().substring(7, 19), Reference.parse("short"));
    store.tag(image.digest(), Reference.parse("by-digest:2"));
    store.tag(MINE.toString(), MINE);
    assertEquals(
        Set.of(
            reference.toString(),
            MINE.toString(),
            "docker.io/library/short:latest",
            "docker.io/library/by-digest:2"),
        Set.copyOf(store.find("short").get().references()));
    assertEquals(2, store.list().size());
    assertTrue(
        store
            .find("short")
            .get()
            .repositoryDigests()
            .contains("example.org/mine@" + image.digest()));
    Tool.run("skopeo", "inspect", "oci:" + store.directory() + ":" + MINE);
  }

  @Test
  void theImageThatLosesItsLastNameStays() {
    Reference last = Reference.parse(other.references().getFirst());
    store.tag(reference.toString(), last);
    ImageSummary dangling = store.find(other.id()).get();
    assertEquals(List.of(), dangling.references());
    assertEquals(List.of(), dangling.repositoryDigests());
    assertEquals(image.id(), store.find(last.toString()).get().id());

    store.tag(other.id(), MINE);
    assertEquals(List.of(MINE.toString()), store.find(other.id()).get().references());
    assertEquals(2, store.list().size());
  }

  @Test
  void aDigestIsNoNewName() {
    Reference name = MINE.withDigest(Digest.parse(image.digest()));
    EngineException e =
        assertThrows(EngineException.class, () -> store.tag(reference.toString(), name));
    assertEquals(Kind.INVALID, e.kind());
    EngineException unknown =
        assertThrows(EngineException.class, () -> store.tag("nothing:1", MINE));
    assertEquals(Kind.NOT_FOUND, unknown.kind());
  }

  @Test
  void allPlatformsOfANameGetTheNewOne() {
    Descriptor amd64 = builder.push(registry, "multi", "");
    Descriptor arm64 = new ImageBuilder().platform(ARM64).layer(small).push(registry, "multi", "");
    ImageBuilder.pushIndex(registry, "multi", "1", List.of(amd64, arm64));
    Reference multi = registry.reference("multi", "1");
    store.pull(multi, AMD64, e -> {});
    store.pull(multi, ARM64, e -> {});
    store.tag(multi.toString(), MINE);
    assertEquals(
        amd64.digest().toString(), store.find(MINE.toString(), Optional.of(AMD64)).get().digest());
    assertEquals(
        arm64.digest().toString(), store.find(MINE.toString(), Optional.of(ARM64)).get().digest());

    store.tag(other.id(), MINE);
    assertTrue(store.find(MINE.toString(), Optional.of(ARM64)).isEmpty(), "the name has moved");
  }

  @Test
  void pruneTakesImagesWithoutANameAndTheirLayersOnly() throws IOException {
    store.tag(other.id(), reference);
    long before = blobBytes();
    ImageStore.Removed removed = store.prune(false, i -> true, i -> false);
    assertEquals(List.of("Deleted: " + image.id()), removed.lines());
    assertEquals(before - blobBytes(), removed.freedBytes());
    assertTrue(removed.freedBytes() > BIG);
    assertEquals(List.of(other.id()), store.list().stream().map(ImageSummary::id).toList());
    assertAllBlobsSound();
    assertEquals(List.of(), store.prune(false, i -> true, i -> false).lines());
  }

  @Test
  void pruneOfAllKeepsWhatIsUsedOrNotMeant() {
    ImageStore.Removed none =
        store.prune(true, i -> !i.id().equals(image.id()), i -> i.id().equals(other.id()));
    assertEquals(List.of(), none.lines());
    assertEquals(0, none.freedBytes());
    store.tag(image.id(), MINE);
    assertEquals(
        Set.of("Untagged: " + reference, "Untagged: " + MINE, "Deleted: " + image.id()),
        Set.copyOf(store.prune(true, i -> true, i -> i.id().equals(other.id())).lines()));
    assertEquals(1, store.list().size());
    assertEquals(2, store.prune(true, i -> true, i -> false).lines().size());
    assertEquals(List.of(), store.list());
  }

  private long blobBytes() throws IOException {
    try (Stream<Path> files = Files.list(store.directory().resolve("blobs/sha256"))) {
      return files.collect(Collectors.summingLong(file -> file.toFile().length()));
    }
  }

  @Test
  void theListSeesWhatOthersDoToTheFiles() throws IOException {
    assertEquals(2, store.list().size());
    Path manifest =
        store.directory().resolve("blobs/sha256/" + image.digest().substring("sha256:".length()));
    byte[] content = Files.readAllBytes(manifest);
    Files.write(manifest, new byte[content.length]);
    assertEquals(List.of(other), store.list(), "damaged");
    Files.write(manifest, content);
    assertEquals(2, store.list().size());
    Files.delete(manifest);
    assertEquals(List.of(other), store.list(), "gone");
  }
}
