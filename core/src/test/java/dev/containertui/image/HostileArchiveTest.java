package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of images that are damaged, or made to do harm. */
class HostileArchiveTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");

  @TempDir Path directory;
  private final Layer layer =
      new LayerBuilder().file("hello", 0644, new byte[5000]).build(Compression.GZIP);
  private final Layer plain =
      new LayerBuilder().file("hello", 0644, new byte[5000]).build(Compression.NONE);
  private final ImageBuilder image = new ImageBuilder().platform(AMD64).layer(layer);
  private final byte[] config = image.config();
  private final byte[] manifest = JsonObject.write(image.manifest().toJson());
  private Path home;
  private ImageStore store;

  @BeforeEach
  void openStore() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    store = ImageStore.open(home.resolve("content"), () -> null);
  }

  @AfterEach
  void nothingIsOutsideOfTheStore() throws IOException {
    assertEquals(List.of(home), list(directory));
    assertEquals(List.of(home.resolve("content")), list(home));
    assertEquals(List.of(), list(home.resolve("content/ingest")), "nothing is left over");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private List<String> load(byte[] archive) {
    return store.load(new ByteArrayInputStream(archive));
  }

  private List<String> load(LayerBuilder archive) {
    return load(archive.build(Compression.NONE).blob());
  }

  private EngineException assertRefused(Kind kind, LayerBuilder archive) {
    return assertRefused(kind, archive.build(Compression.NONE).blob());
  }

  private EngineException assertRefused(Kind kind, byte[] archive) {
    EngineException e = assertThrows(EngineException.class, () -> load(archive));
    assertEquals(kind, e.kind(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().chars().noneMatch(c -> c < ' ' || c == 127), e.getMessage());
    assertEquals(List.of(), store.list());
    return e;
  }

  private static String path(byte[] blob) {
    return "blobs/sha256/" + Digest.sha256(blob).hex();
  }

  private static LayerBuilder blob(LayerBuilder archive, byte[] content) {
    return archive.file(path(content), 0644, content);
  }

  private LayerBuilder layout() {
    return layout(manifest, "example.org/app:1");
  }

  /** A layout that is whole but for the blobs. */
  private static LayerBuilder layout(byte[] manifest, String name) {
    return layout(
        """
        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "digest":"%s","size":%d,"annotations":{"io.containerd.image.name":"%s"}}]}
        """
            .formatted(Digest.sha256(manifest), manifest.length, name));
  }

  private static LayerBuilder layout(String index) {
    return new LayerBuilder()
        .file("oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8))
        .file("index.json", 0644, index.getBytes(UTF_8));
  }

  private LayerBuilder whole() {
    return blob(blob(blob(layout(), manifest), config), layer.blob());
  }

  private LayerBuilder docker(String config, String tags, String layers) {
    return new LayerBuilder()
        .file(
            "manifest.json",
            0644,
            "[{\"Config\":\"%s\",\"RepoTags\":%s,\"Layers\":%s}]"
                .formatted(config, tags, layers)
                .getBytes(UTF_8));
  }

  @Test
  void theArchiveThatIsSpoiledBelowIsGood() {
    assertEquals(List.of("example.org/app:1"), load(whole()));
    store.remove("example.org/app:1", false, i -> false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../evil", "blobs/../../evil", "blobs/sha256/../../../../evil", "./../evil"})
  void namesThatLeadOutAreRefused(String name) {
    assertRefused(Kind.CORRUPT, whole().file(name, 0644, new byte[10]));
    assertRefused(Kind.CORRUPT, whole().symbolicLink("x", name));
    assertRefused(Kind.CORRUPT, whole().hardLink("x", name));
  }

  @Test
  void linksDoNotReadFilesOfTheHost() {
    LayerBuilder archive = blob(blob(layout(), manifest), config);
    archive.symbolicLink(path(layer.blob()), "/etc/passwd");
    assertRefused(Kind.CORRUPT, archive);
    assertRefused(
        Kind.CORRUPT,
        docker("c.json", "null", "[\"l.tar\"]")
            .file("c.json", 0644, config)
            .symbolicLink("l.tar", "../../../../etc/passwd"));
  }

  @Test
  void linksInCirclesEnd() {
    assertRefused(
        Kind.CORRUPT, docker("a", "null", "[]").symbolicLink("a", "b").symbolicLink("b", "a"));
  }

  @Test
  void linksWithinAnArchiveLeadToItsFiles() {
    byte[] plainConfig = new ImageBuilder().platform(AMD64).layer(plain).layer(plain).config();
    LayerBuilder archive =
        docker("c.json", "[\"example.org/linked:1\"]", "[\"one/layer.tar\",\"two/layer.tar\"]")
            .file("c.json", 0644, plainConfig)
            .file("one/layer.tar", 0644, plain.blob())
            .symbolicLink("two/layer.tar", "../one/layer.tar");
    assertEquals(List.of("example.org/linked:1"), load(archive));
    StoredImage loaded = store.image("example.org/linked:1", Optional.empty());
    assertEquals(Digest.sha256(plainConfig).toString(), loaded.summary().id());
    assertEquals(
        List.of(plain.diffId(), plain.diffId()),
        loaded.layers().stream().map(l -> l.descriptor().digest()).toList());
  }

  @Test
  void blobsAreWhatTheirNamesSay() {
    byte[] other = layer.blob().clone();
    other[other.length / 2] ^= 1;
    assertRefused(
        Kind.CORRUPT, blob(blob(layout(), manifest), config).file(path(layer.blob()), 0644, other));
  }

  @Test
  void dockersLayersAreWhatTheConfigurationSays() {
    byte[] plainConfig = new ImageBuilder().platform(AMD64).layer(plain).config();
    assertRefused(
        Kind.CORRUPT,
        docker("c", "null", "[\"l\"]")
            .file("c", 0644, plainConfig)
            .file("l", 0644, Arrays.copyOf(plain.blob(), plain.blob().length + 512)));
  }

  @Test
  void whatIsMissingIsNoticed() {
    assertRefused(Kind.CORRUPT, layout());
    assertRefused(Kind.CORRUPT, blob(layout(), manifest));
    assertRefused(Kind.CORRUPT, blob(blob(layout(), manifest), config));
    assertRefused(Kind.CORRUPT, docker("c", "null", "[]"));
    assertRefused(Kind.CORRUPT, docker("c", "null", "[\"l\"]").file("c", 0644, config));
    assertRefused(Kind.CORRUPT, docker("c", "null", "[]").file("c", 0644, config));
  }

  @Test
  void twoFilesOfOneNameMustBeTheSame() {
    assertRefused(Kind.CORRUPT, whole().file("index.json", 0644, "{}".getBytes(UTF_8)));
    assertRefused(Kind.CORRUPT, whole().symbolicLink("index.json", "other"));
    assertRefused(
        Kind.CORRUPT, whole().symbolicLink("x", "index.json").file("x", 0644, new byte[1]));
    assertEquals(List.of("example.org/app:1"), load(blob(whole(), layer.blob())));
  }

  @Test
  void archivesThatEndTooEarlyAreRefused() {
    byte[] archive = whole().build(Compression.NONE).blob();
    for (int length = 511; length < archive.length - 1024; length += 1023) {
      byte[] part = Arrays.copyOf(archive, length);
      EngineException e = assertThrows(EngineException.class, () -> load(part), "" + length);
      assertTrue(e.kind() == Kind.CORRUPT || e.kind() == Kind.INVALID, e.getMessage());
      assertEquals(List.of(), store.list());
    }
    byte[] packed = whole().build(Compression.GZIP).blob();
    assertRefused(Kind.CORRUPT, Arrays.copyOf(packed, packed.length / 2));
    assertRefused(Kind.CORRUPT, Arrays.copyOf(packed, packed.length - 4));
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    assertRefused(Kind.INVALID, new byte[0]);
    assertRefused(Kind.INVALID, new byte[10240]);
    assertRefused(Kind.CORRUPT, "hello, world\n".repeat(1000).getBytes(UTF_8));
    assertRefused(Kind.INVALID, new LayerBuilder().file("etc/passwd", 0644, new byte[10]));
    assertRefused(Kind.CORRUPT, new byte[] {'B', 'Z', 'h', '9', 1, 2, 3});
    assertRefused(Kind.CORRUPT, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1, 2});
    assertRefused(Kind.CORRUPT, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2});
  }

  @Test
  void hugeDocumentsAreRefused() {
    byte[] huge = new byte[9 << 20];
    Arrays.fill(huge, (byte) ' ');
    huge[0] = '{';
    huge[huge.length - 1] = '}';
    assertRefused(Kind.CORRUPT, blob(layout(huge, "example.org/app:1"), huge));
    assertRefused(Kind.CORRUPT, docker("c", "null", "[]").file("c", 0644, huge));
    assertRefused(
        Kind.CORRUPT,
        new LayerBuilder().file("oci-layout", 0644, huge).file("index.json", 0644, huge));
  }

  @Test
  void sizesMustBeRight() {
    String index =
        """
        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "digest":"%s","size":%d}]}
        """
            .formatted(Digest.sha256(manifest), manifest.length + 1);
    assertRefused(Kind.CORRUPT, blob(blob(blob(layout(index), manifest), config), layer.blob()));
  }

  @Test
  void anIndexThatHoldsItselfEnds() {
    // No index can have its own digest in it; a long chain is the next best thing.
    LayerBuilder archive = blob(blob(blob(new LayerBuilder(), manifest), config), layer.blob());
    byte[] inner = manifest;
    String type = "application/vnd.oci.image.manifest.v1+json";
    for (int i = 0; i < 10; i++) {
      inner =
          "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
              .formatted(type, Digest.sha256(inner), inner.length)
              .getBytes(UTF_8);
      type = "application/vnd.oci.image.index.v1+json";
      blob(archive, inner);
    }
    archive
        .file("oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8))
        .file("index.json", 0644, inner);
    assertRefused(Kind.CORRUPT, archive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org/UPPER", "a b", "x@sha256:00", "../x"})
  void namesThatAreNoneAreRefused(String name) {
    EngineException layoutError =
        assertRefused(
            Kind.INVALID, blob(blob(blob(layout(manifest, name), manifest), config), layer.blob()));
    assertTrue(!layoutError.hint().isEmpty());
    byte[] plainConfig = new ImageBuilder().platform(AMD64).layer(plain).config();
    assertRefused(
        Kind.INVALID,
        docker("c", "[\"" + name + "\"]", "[\"l\"]")
            .file("c", 0644, plainConfig)
            .file("l", 0644, plain.blob()));
  }

  @Test
  void oneBadImageKeepsTheOthersOut() {
    byte[] plainConfig = new ImageBuilder().platform(AMD64).layer(plain).config();
    assertRefused(
        Kind.CORRUPT,
        new LayerBuilder()
            .file(
                "manifest.json",
                0644,
                """
                [{"Config":"c","RepoTags":["a:1"],"Layers":["l"]},
                 {"Config":"gone","RepoTags":["b:1"],"Layers":["l"]}]
                """
                    .getBytes(UTF_8))
            .file("c", 0644, plainConfig)
            .file("l", 0644, plain.blob()));
  }

  @Test
  void tooManyFilesAreRefused() {
    LayerBuilder archive = new LayerBuilder();
    for (int i = 0; i < 30_001; i++) {
      archive.symbolicLink("x" + i, "y");
    }
    assertRefused(Kind.CORRUPT, archive);
  }
}
