package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Logins;
import dev.containertui.registry.RegistryClient;
import dev.containertui.registry.RegistryOptions;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  @TempDir Path directory;
  private final Faults faults = new Faults();
  private LoopbackRegistry registry;
  private RegistryClient client;
  private ImageStore store;

  @BeforeEach
  void start() {
    registry = LoopbackRegistry.start(faults);
    client = new RegistryClient(RegistryOptions.defaults().withLogins(Logins.NONE));
    store = ImageStore.open(directory.resolve("content"), client);
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void pullsAnImageOverHttp() throws IOException {
    Layer base = layer("base", Compression.GZIP, 300_000);
    Layer top = layer("top", Compression.ZSTD, 1000);
    Layer plain = layer("plain", Compression.NONE, 10);
    ImageBuilder builder =
        new ImageBuilder()
            .platform(AMD64)
            .created(Instant.parse("2024-01-02T03:04:05Z"))
            .environment("A=1")
            .command("/bin/sh")
            .layer(base)
            .layer(top)
            .layer(plain);
    Descriptor pushed = builder.push(registry, "team/app", "v1");
    Reference reference = registry.reference("team/app", "v1");

    List<PullEvent> events = new ArrayList<>();
    ImageSummary pulled = store.pull(reference, AMD64, events::add);

    assertEquals(pushed.digest().toString(), pulled.digest());
    assertEquals(Digest.sha256(builder.config()).toString(), pulled.id());
    assertEquals(List.of(reference.toString()), pulled.references());
    assertEquals(AMD64, pulled.platform());
    assertEquals(Optional.of(Instant.parse("2024-01-02T03:04:05Z")), pulled.created());
    assertEquals(base.blob().length + top.blob().length + plain.blob().length, pulled.sizeBytes());
    assertEquals(List.of(pulled), store.list());

    assertEquals(new PullEvent.Resolving(reference.toString()), events.getFirst());
    PullEvent.Resolved resolved = (PullEvent.Resolved) events.get(1);
    assertEquals(pulled.digest(), resolved.digest());
    assertEquals(
        Stream.of(base, top, plain)
            .map(
                l ->
                    new PullEvent.Layer(
                        l.descriptor().digest().toString(), l.descriptor().sizeBytes()))
            .toList(),
        resolved.layers());
    assertEquals(
        3,
        events.stream().filter(e -> e instanceof PullEvent.Downloaded(_, boolean c) && !c).count());

    StoredImage image = store.image(reference.toString(), Optional.of(AMD64));
    assertEquals(List.of("/bin/sh"), image.config().execution().command());
    assertEquals(
        List.of(base.diffId(), top.diffId(), plain.diffId()),
        image.layers().stream().map(StoredLayer::diffId).toList());
    assertArrayEquals(top.blob(), Files.readAllBytes(image.layers().get(1).blob()));
    assertEquals(0, filesIn("ingest"));
  }

  @Test
  void transfersOnlyWhatIsMissing() {
    Layer shared = layer("shared", Compression.GZIP, 1000);
    Layer own = layer("own", Compression.GZIP, 1000);
    new ImageBuilder().layer(shared).push(registry, "a", "latest");
    new ImageBuilder().layer(shared).layer(own).layer(shared).push(registry, "b", "latest");
    store.pull(registry.reference("a", "latest"), Platform.host(), e -> {});

    List<PullEvent> events = new ArrayList<>();
    store.pull(registry.reference("b", "latest"), Platform.host(), events::add);

    assertEquals(1, faults.seen(shared.descriptor().digest().hex()).size(), "fetched once");
    assertTrue(
        events.contains(new PullEvent.Downloaded(shared.descriptor().digest().toString(), true)));
    assertEquals(
        3,
        store.image(registry.address() + "/b", Optional.empty()).layers().size(),
        "a layer may occur twice");

    int before = faults.seen("/blobs/").size();
    store.pull(registry.reference("b", "latest"), Platform.host(), e -> {});
    assertEquals(before, faults.seen("/blobs/").size(), "nothing is missing any more");
  }

  @Test
  void choosesThePlatformFromAnIndexAndKeepsSeveral() {
    Descriptor amd64 = image("amd64", AMD64).push(registry, "multi", "");
    Descriptor arm64 = image("arm64", ARM64).push(registry, "multi", "");
    Descriptor index = ImageBuilder.pushIndex(registry, "multi", "latest", List.of(amd64, arm64));
    Reference reference = registry.reference("multi", "latest");
    String name = reference.toString();

    assertEquals(arm64.digest().toString(), store.pull(reference, ARM64, e -> {}).digest());
    assertEquals(Optional.empty(), store.find(name, Optional.of(AMD64)));
    assertEquals(amd64.digest().toString(), store.pull(reference, AMD64, e -> {}).digest());

    assertEquals(2, store.list().size());
    assertEquals(arm64.digest().toString(), store.find(name, Optional.of(ARM64)).get().digest());
    assertEquals(amd64.digest().toString(), store.find(name, Optional.of(AMD64)).get().digest());
    assertTrue(store.find(reference.withDigest(index.digest()).toString()).isPresent());
    assertTrue(store.find(reference.withDigest(amd64.digest()).toString()).isPresent());

    EngineException e =
        assertThrows(
            EngineException.class,
            () -> store.pull(reference, Platform.parse("linux/s390x"), x -> {}));
    assertEquals(Kind.NOT_FOUND, e.kind());
    assertEquals(reference.familiar() + " is not available for linux/s390x", e.getMessage());
    assertTrue(e.hint().contains("linux/amd64, linux/arm64"), e.hint());
  }

  @Test
  void anImageOfOnePlatformIsNotTakenForAnother() {
    image("x", ARM64).push(registry, "arm", "latest");
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> store.pull(registry.reference("arm", "latest"), AMD64, x -> {}));
    assertEquals(Kind.NOT_FOUND, e.kind());
    assertTrue(e.hint().contains("linux/arm64"), e.hint());
    assertEquals(List.of(), store.list());
  }

  @Test
  void pullsByDigest() {
    Descriptor pushed = image("x", AMD64).push(registry, "app", "latest");
    Reference reference = registry.reference("app", "latest").withDigest(pushed.digest());
    ImageSummary image = store.pull(reference, AMD64, e -> {});
    assertEquals(List.of(reference.toString()), image.references());
    assertTrue(store.find(registry.address() + "/app:v9@" + pushed.digest()).isPresent());
    assertEquals(Optional.empty(), store.find(registry.address() + "/app"));
  }

  @Test
  void findsImagesByIdAndPrefix() {
    image("x", AMD64).push(registry, "app", "latest");
    ImageSummary image = store.pull(registry.reference("app", "latest"), AMD64, e -> {});
    String hex = image.id().substring("sha256:".length());
    for (String text :
        List.of(image.id(), hex, hex.substring(0, 12), "sha256:" + hex.substring(0, 4))) {
      assertEquals(Optional.of(image), store.find(text), text);
    }
    assertEquals(Optional.of(image), store.find(image.digest()));
    for (String text :
        List.of(hex.substring(0, 3), "ffff" + hex.substring(4), "", "app", "/../x")) {
      assertEquals(Optional.empty(), store.find(text), text);
    }
  }

  @Test
  void aNewerImageTakesTheNameAndLeavesADanglingOne() {
    image("old", AMD64).push(registry, "app", "latest");
    Reference reference = registry.reference("app", "latest");
    ImageSummary old = store.pull(reference, AMD64, e -> {});
    image("new", AMD64).push(registry, "app", "latest");
    ImageSummary now = store.pull(reference, AMD64, e -> {});

    assertEquals(Optional.of(now), store.find(reference.toString()));
    ImageSummary dangling = store.find(old.id()).get();
    assertEquals(List.of(), dangling.references());
    assertEquals(
        List.of("Deleted: " + old.id()), store.remove(old.id(), false, i -> false).lines());
    assertEquals(List.of(now), store.list());
  }

  @Test
  void removesByDockersRules() throws IOException {
    Layer shared = layer("shared", Compression.GZIP, 100);
    ImageBuilder app = new ImageBuilder().platform(AMD64).layer(shared).command("a");
    app.push(registry, "app", "one");
    app.push(registry, "app", "two");
    new ImageBuilder().platform(AMD64).layer(shared).push(registry, "other", "latest");
    ImageSummary image = store.pull(registry.reference("app", "one"), AMD64, e -> {});
    store.pull(registry.reference("app", "two"), AMD64, e -> {});
    store.pull(registry.reference("other", "latest"), AMD64, e -> {});
    String one = registry.reference("app", "one").toString();
    String two = registry.reference("app", "two").toString();

    EngineException several =
        assertThrows(EngineException.class, () -> store.remove(image.id(), false, i -> false));
    assertEquals(Kind.CONFLICT, several.kind());
    assertEquals(List.of("Untagged: " + one), store.remove(one, false, i -> true).lines());
    EngineException used =
        assertThrows(EngineException.class, () -> store.remove(two, false, i -> true));
    assertEquals(Kind.CONFLICT, used.kind());
    assertTrue(used.getMessage().contains("is used by a container"));
    assertEquals(
        List.of("Untagged: " + two, "Deleted: " + image.id()),
        store.remove(two, false, i -> false).lines());
    EngineException gone =
        assertThrows(EngineException.class, () -> store.remove(two, false, i -> false));
    assertEquals(Kind.NOT_FOUND, gone.kind());

    assertEquals(1, store.list().size());
    assertEquals(3, filesIn("blobs/sha256"), "the other image: manifest, configuration, layer");
    store.remove(registry.address() + "/other", false, i -> false);
    assertEquals(0, filesIn("blobs/sha256"));
  }

  @Test
  void forceTakesTheNameOfAnImageInUseAndKeepsTheImage() {
    image("x", AMD64).push(registry, "app", "latest");
    ImageSummary image = store.pull(registry.reference("app", "latest"), AMD64, e -> {});
    String name = image.references().getFirst();
    assertEquals(List.of("Untagged: " + name), store.remove(name, true, i -> true).lines());
    assertTrue(store.find(image.id()).isPresent());
    EngineException e =
        assertThrows(EngineException.class, () -> store.remove(image.id(), true, i -> true));
    assertEquals(Kind.CONFLICT, e.kind());
  }

  @Test
  void forceByIdRemovesAllNames() throws IOException {
    ImageBuilder app = image("x", AMD64);
    app.push(registry, "a", "latest");
    app.push(registry, "b", "latest");
    store.pull(registry.reference("a", "latest"), AMD64, e -> {});
    ImageSummary image = store.pull(registry.reference("b", "latest"), AMD64, e -> {});
    assertEquals(2, image.references().size());
    assertEquals(3, store.remove(image.id(), true, i -> false).lines().size());
    assertEquals(List.of(), store.list());
    assertEquals(0, filesIn("blobs/sha256"));
  }

  @Test
  void indexBlobLivesAndDiesWithItsImage() throws IOException {
    Descriptor amd64 = image("amd64", AMD64).push(registry, "multi", "");
    ImageBuilder.pushIndex(registry, "multi", "latest", List.of(amd64));
    store.pull(registry.reference("multi", "latest"), AMD64, e -> {});
    store.collectGarbage(Duration.ZERO);
    assertEquals(4, filesIn("blobs/sha256"));
    store.remove(registry.address() + "/multi", false, i -> false);
    assertEquals(0, filesIn("blobs/sha256"));
  }

  @Test
  void garbageCollectionTakesOldRemainsOnly() throws IOException {
    image("x", AMD64).push(registry, "app", "latest");
    store.pull(registry.reference("app", "latest"), AMD64, e -> {});
    Path stale = directory.resolve("content/ingest/sha256-00.partial");
    Path orphan = directory.resolve("content/blobs/sha256/" + "ab".repeat(32));
    Path fresh = directory.resolve("content/ingest/x.tmp");
    for (Path file : List.of(stale, orphan, fresh)) {
      Files.write(file, new byte[100]);
    }
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(stale, yesterday);
    Files.setLastModifiedTime(orphan, yesterday);

    assertEquals(200, store.collectGarbage(Duration.ofHours(1)));
    assertFalse(Files.exists(stale));
    assertFalse(Files.exists(orphan));
    assertTrue(Files.exists(fresh));
    assertEquals(1, store.list().size());
    store.image(registry.address() + "/app", Optional.empty());
  }

  @Test
  void inspectShowsManifestAndConfigurationAsTheyAre() {
    ImageBuilder app = image("x", AMD64).environment("LANG=C");
    Descriptor pushed = app.push(registry, "app", "latest");
    store.pull(registry.reference("app", "latest"), AMD64, e -> {});
    JsonObject json =
        JsonObject.parse(store.inspectJson(registry.address() + "/app").getBytes(UTF_8), "json");
    assertEquals(pushed.digest().toString(), json.string("digest"));
    assertEquals("linux/amd64", json.string("platform"));
    assertEquals(app.manifest().toJson().toString(), json.object("manifest").copy().toString());
    assertEquals(List.of("LANG=C"), json.object("config").object("config").strings("Env"));
  }

  @Test
  void damagedDocumentsAreFetchedAgain() throws IOException {
    Descriptor pushed = image("x", AMD64).push(registry, "app", "latest");
    Reference reference = registry.reference("app", "latest");
    ImageSummary image = store.pull(reference, AMD64, e -> {});
    for (String digest : List.of(image.id(), pushed.digest().toString())) {
      Path blob = directory.resolve("content/blobs/" + digest.replace(':', '/'));
      byte[] bytes = Files.readAllBytes(blob);
      bytes[bytes.length / 2] ^= 1;
      Files.write(blob, bytes);
      assertEquals(List.of(), store.list());
      assertEquals(image, store.pull(reference, AMD64, e -> {}));
    }
  }

  @Test
  void skopeoReadsTheStore() {
    Descriptor amd64 = image("x", AMD64).environment("WHO=skopeo").push(registry, "team/multi", "");
    ImageBuilder.pushIndex(registry, "team/multi", "v1.0", List.of(amd64));
    image("other", AMD64).push(registry, "app", "latest");
    Reference reference = registry.reference("team/multi", "v1.0");
    store.pull(reference, AMD64, e -> {});
    store.pull(registry.reference("app", "latest"), AMD64, e -> {});

    String out = Tool.run("skopeo", "inspect", "oci:" + store.directory() + ":" + reference);

    JsonObject json = JsonObject.parse(out.getBytes(UTF_8), "skopeo's answer");
    assertEquals(amd64.digest().toString(), json.string("Digest"));
    assertEquals(List.of("WHO=skopeo"), json.strings("Env"));
    Tool.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "oci:" + store.directory() + ":" + reference,
        "dir:" + directory.resolve("copy"));
    assertTrue(Files.exists(directory.resolve("copy/manifest.json")));
  }

  @Test
  void imagesThatSkopeoPutsIntoTheStoreAreThere() {
    image("x", AMD64).push(registry, "app", "latest");
    ImageStore other = ImageStore.open(directory.resolve("other"), client);
    other.pull(registry.reference("app", "latest"), AMD64, e -> {});
    Tool.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "oci:" + other.directory() + ":" + registry.reference("app", "latest"),
        "oci:" + store.directory() + ":example.org/mine:1");
    ImageSummary image = store.find("example.org/mine:1").get();
    assertEquals(AMD64, image.platform());
    assertEquals(2, store.remove("example.org/mine:1", false, i -> false).lines().size());
  }

  private static ImageBuilder image(String content, Platform platform) {
    return new ImageBuilder().platform(platform).layer(layer(content, Compression.GZIP, 1000));
  }

  private static Layer layer(String name, Compression compression, int size) {
    byte[] noise = new byte[size];
    new Random(name.hashCode()).nextBytes(noise);
    return new LayerBuilder()
        .directory("d", 0755)
        .file("d/" + name, 0644, noise)
        .build(compression);
  }

  private long filesIn(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("content").resolve(name))) {
      return files.count();
    }
  }
}
