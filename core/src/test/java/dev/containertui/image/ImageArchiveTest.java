package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of images: others read ours, and we read theirs. */
class ImageArchiveTest extends PullFixture {
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  private ImageSummary image;
  private ImageStore other;

  @BeforeEach
  void pullAnImage() {
    Layer zstd =
        new LayerBuilder().file("hello", 0644, "hi\n".getBytes(UTF_8)).build(Compression.ZSTD);
    builder =
        new ImageBuilder()
            .platform(AMD64)
            .environment("A=1")
            .command("/bin/sh")
            .layer(small)
            .layer(big);
    builder.push(registry, "app", "latest");
    new ImageBuilder().platform(AMD64).layer(small).layer(zstd).push(registry, "zstd", "1");
    image = pull();
    other = ImageStore.open(directory.resolve("other"), () -> null);
  }

  private byte[] save(String... references) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.save(List.of(references), out);
    return out.toByteArray();
  }

  private Path saved(String... references) throws IOException {
    return Files.write(directory.resolve("saved.tar"), save(references));
  }

  private List<String> load(byte[] archive) {
    return other.load(new ByteArrayInputStream(archive));
  }

  private List<String> load(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return other.load(in);
    }
  }

  @Test
  void whatWasSavedIsLoadedAsItWas() throws IOException {
    byte[] archive = save(reference.toString());
    assertEquals(List.of(reference.toString()), load(archive));
    assertEquals(store.list(), other.list());
    StoredImage loaded = other.image(reference.toString(), Optional.empty());
    assertArrayEquals(big.blob(), Files.readAllBytes(loaded.layers().get(1).blob()));
    assertArrayEquals(archive, save(reference.toString()), "the same bytes every time");
    assertEquals(List.of(reference.toString()), load(archive), "once more");
    assertEquals(store.list(), other.list());
  }

  @Test
  void idsAreSavedWithoutANameAndLoadedAsIds() {
    byte[] archive = save(image.id().substring(7, 20));
    assertEquals(List.of(image.id()), load(archive));
    assertEquals(List.of(), other.list().getFirst().references());
    assertEquals(List.of("Deleted: " + image.id()), removed(image.id()));
  }

  private List<String> removed(String name) {
    return other.remove(name, false, i -> false).lines();
  }

  @Test
  void severalNamesAndImagesShareTheirLayers() {
    Reference second = Reference.parse("example.org/second:2");
    store.tag(image.id(), second);
    ImageSummary zstd = store.pull(registry.reference("zstd", "1"), AMD64, e -> {});
    byte[] archive = save(reference.toString(), second.toString(), zstd.references().getFirst());
    assertTrue(archive.length < big.blob().length * 1.2, "each blob once");
    assertEquals(
        List.of(reference.toString(), second.toString(), zstd.references().getFirst()),
        load(archive));
    assertEquals(2, other.list().size());
  }

  @Test
  void whatDoesNotExistIsNotSavedAtAll() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EngineException e =
        assertThrows(
            EngineException.class, () -> store.save(List.of(reference.toString(), "nothing"), out));
    assertEquals(Kind.NOT_FOUND, e.kind());
    assertEquals(0, out.size());
  }

  @Test
  void aDamagedLayerIsNotSavedInSilence() throws IOException {
    Path blob = store.directory().resolve("blobs/sha256/" + big.descriptor().digest().hex());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
    EngineException e = assertThrows(EngineException.class, () -> save(reference.toString()));
    assertEquals(Kind.CORRUPT, e.kind());
  }

  @Test
  void skopeoReadsBothFormats() throws IOException {
    Path archive = saved(reference.toString());
    JsonObject layout =
        JsonObject.parse(
            Tool.run("skopeo", "inspect", "oci-archive:" + archive).getBytes(UTF_8), "skopeo");
    assertEquals(image.digest(), layout.string("Digest"));
    assertEquals(List.of("A=1"), layout.strings("Env"));
    JsonObject docker =
        JsonObject.parse(
            Tool.run("skopeo", "inspect", "docker-archive:" + archive).getBytes(UTF_8), "skopeo");
    assertEquals(List.of("A=1"), docker.strings("Env"));
    // A copy reads every layer, and checks it.
    Tool.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "docker-archive:" + archive + ":" + reference,
        "oci:" + directory.resolve("copy") + ":x");
    String id =
        JsonObject.parse(
                Tool.run("skopeo", "inspect", "--raw", "oci:" + directory.resolve("copy") + ":x")
                    .getBytes(UTF_8),
                "skopeo")
            .object("config")
            .string("digest");
    assertEquals(image.id(), id, "the id is the same");
  }

  @Test
  void umociReadsOursOnceItIsUnpacked() throws IOException {
    Path archive = saved(reference.toString());
    Path layout = Files.createDirectories(directory.resolve("layout"));
    Tool.run("tar", "-xf", archive.toString(), "-C", layout.toString());
    String out = Tool.run("umoci", "ls", "--layout", layout.toString());
    assertEquals("latest", out.strip());
    Tool.run(
        "umoci",
        "unpack",
        "--rootless",
        "--image",
        layout + ":latest",
        directory.resolve("bundle").toString());
    assertEquals(BIG, Files.size(directory.resolve("bundle/rootfs/big")));
  }

  @ParameterizedTest
  @CsvSource({"gzip,-1", "zstd,-3", "bzip2,-1", "xz,-0"})
  void compressedArchivesAreLoaded(String program, String level) throws IOException {
    Path archive = saved(reference.toString());
    Path packed = directory.resolve("packed");
    Process process =
        new ProcessBuilder(program, level, "--stdout", archive.toString())
            .redirectOutput(packed.toFile())
            .start();
    try {
      assertEquals(0, process.waitFor(), program + " is needed for this test");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertEquals(List.of(reference.toString()), load(packed));
    assertEquals(store.list(), other.list());
  }

  @Test
  void skopeosDockerArchiveKeepsTheId() throws IOException {
    Path archive = directory.resolve("docker.tar");
    copy("docker-archive:" + archive + ":example.org/mine:3");
    assertEquals(List.of("example.org/mine:3"), load(archive));
    ImageSummary loaded = other.list().getFirst();
    assertEquals(image.id(), loaded.id());
    StoredImage stored = other.image(loaded.id(), Optional.empty());
    assertEquals(MediaTypes.OCI_LAYER, stored.layers().getFirst().descriptor().mediaType());
    assertEquals(
        List.of(small.diffId(), big.diffId()),
        stored.layers().stream().map(StoredLayer::diffId).toList());
    assertEquals(stored.layers().get(1).diffId(), stored.layers().get(1).descriptor().digest());
    Tool.run("skopeo", "inspect", "oci:" + other.directory() + ":example.org/mine:3");
  }

  @Test
  void aDockerArchiveOfAnImageThatIsHereOnlyBringsItsName() throws IOException {
    Path archive = directory.resolve("docker.tar");
    copy("docker-archive:" + archive + ":example.org/mine:3");
    other = store;
    load(archive);
    assertEquals(1, store.list().size());
    assertEquals(
        List.of(reference.toString(), "example.org/mine:3"), store.list().getFirst().references());
    assertEquals(image.digest(), store.list().getFirst().digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {":example.org/mine:3", ":latest", ""})
  void skopeosOciArchiveIsLoaded(String name) throws IOException {
    Path archive = directory.resolve("oci.tar");
    copy("oci-archive:" + archive + name);
    String expected = name.contains("/") ? name.substring(1) : image.id();
    assertEquals(List.of(expected), load(archive));
    assertEquals(image.digest(), other.list().getFirst().digest());
  }

  private void copy(String target) {
    Tool.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "oci:" + store.directory() + ":" + reference,
        target);
  }

  @Test
  void anArchiveOfSeveralPlatformsBringsAllThatItHolds() throws IOException {
    Descriptor amd64 = builder.push(registry, "multi", "");
    Descriptor arm64 = new ImageBuilder().platform(ARM64).layer(small).push(registry, "multi", "");
    Descriptor s390x =
        new ImageBuilder()
            .platform(Platform.parse("linux/s390x"))
            .layer(small)
            .push(registry, "multi", "");
    Descriptor index =
        ImageBuilder.pushIndex(registry, "multi", "latest", List.of(amd64, arm64, s390x));
    Path layout = directory.resolve("layout");
    Reference name = registry.reference("multi", "latest");
    Tool.run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "--all",
        "--src-tls-verify=false",
        "docker://" + name,
        "oci:" + layout + ":example.org/multi:1");
    Files.delete(layout.resolve("blobs/sha256/" + s390x.digest().hex()));
    Path archive = directory.resolve("multi.tar");
    Tool.run("tar", "-cf", archive.toString(), "-C", layout.toString(), ".");

    assertEquals(List.of("example.org/multi:1"), load(archive));

    assertEquals(
        List.of(AMD64, ARM64),
        other.list().stream().map(ImageSummary::platform).sorted(this::byName).toList());
    assertEquals(
        arm64.digest().toString(),
        other.find("example.org/multi:1", Optional.of(ARM64)).get().digest());
    assertEquals(
        List.of("example.org/multi@" + index.digest()),
        other.list().getFirst().repositoryDigests());
    assertEquals(2 + 2 + 2 + 1, filesIn(other), "manifests, configurations, layers, index");
  }

  private int byName(Platform a, Platform b) {
    return a.toString().compareTo(b.toString());
  }

  private static long filesIn(ImageStore store) throws IOException {
    try (var files = Files.list(store.directory().resolve("blobs/sha256"))) {
      return files.count();
    }
  }

  @Test
  void aSourceThatBreaksOffLeavesNothing() throws IOException {
    byte[] archive = save(reference.toString());
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == archive.length / 2) {
              throw new IOException("the line is dead");
            }
            return archive[at++] & 0xff;
          }
        };
    EngineException e = assertThrows(EngineException.class, () -> other.load(broken));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("the line is dead"), e.getMessage());
    assertEquals(List.of(), other.list());
    assertEquals(0, filesIn(other));
  }

  @Test
  void aTargetThatBreaksOffIsAnError() {
    OutputStream full =
        new OutputStream() {
          private int left = 100_000;

          @Override
          public void write(int b) throws IOException {
            if (left-- == 0) {
              throw new IOException("the pipe is broken");
            }
          }
        };
    EngineException e =
        assertThrows(EngineException.class, () -> store.save(List.of(reference.toString()), full));
    assertEquals(Kind.UNAVAILABLE, e.kind());
  }
}
