package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that lie about what an image is. */
class HostileManifestTest extends PullFixture {

  @Test
  void aManifestWithAnotherDigestThanAskedFor() {
    Digest wanted = Digest.sha256(new byte[0]);
    faults.on(
        "/manifests/sha256:",
        exchange -> Faults.body(exchange, 200, MediaTypes.OCI_MANIFEST, manifestBytes()));
    reference = reference.withDigest(wanted);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("another digest than the digest that was asked for"));
  }

  @Test
  void aManifestWithAnotherDigestThanItsHeader() {
    faults.on(
        "/manifests/latest",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Docker-Content-Digest", Digest.sha256(new byte[0]).toString());
          return Faults.body(exchange, 200, MediaTypes.OCI_MANIFEST, manifestBytes());
        });
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("another digest than its header"), e.getMessage());
  }

  @Test
  void aManifestThatIsAlsoAnIndex() {
    ObjectNode both = builder.manifest().toJson();
    both.putArray("manifests");
    put(both, MediaTypes.OCI_MANIFEST);
    assertPullFails(Kind.CORRUPT);
    both.remove("mediaType");
    put(both, MediaTypes.OCI_INDEX);
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void aManifestThatIsServedAsAnIndex() {
    put(builder.manifest().toJson(), MediaTypes.OCI_INDEX);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("says of itself"), e.getMessage());
  }

  @Test
  void anIndexThatSpeaksOfAnotherKindOfDocument() {
    Descriptor pushed = builder.push(registry, "app", "");
    Descriptor lie =
        new Descriptor(
            MediaTypes.DOCKER_MANIFEST,
            pushed.digest(),
            pushed.sizeBytes(),
            Optional.of(AMD64),
            Optional.empty(),
            Map.of());
    ImageBuilder.pushIndex(registry, "app", "latest", List.of(lie));
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("but its index says"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 1000})
  void anIndexThatLiesAboutAManifestsSize(long difference) {
    Descriptor pushed = builder.push(registry, "app", "");
    Descriptor lie =
        Descriptor.of(MediaTypes.OCI_MANIFEST, pushed.digest(), pushed.sizeBytes() + difference)
            .withPlatform(AMD64);
    ImageBuilder.pushIndex(registry, "app", "latest", List.of(lie));
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void anIndexThatContainsItselfIsCaughtByItsDigest() {
    Digest claimed = Digest.sha256("self".getBytes(UTF_8));
    byte[] self =
        JsonObject.write(
            Index.of(List.of(Descriptor.of(MediaTypes.OCI_INDEX, claimed, 300))).toJson());
    faults.on("/manifests/", exchange -> Faults.body(exchange, 200, MediaTypes.OCI_INDEX, self));
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void indexesInIndexesEnd() {
    Descriptor inner = builder.push(registry, "app", "");
    inner = ImageBuilder.pushIndex(registry, "app", "latest", List.of(inner));
    pull();
    store.remove(reference.toString(), false, i -> false);
    for (int i = 0; i < 10; i++) {
      inner = ImageBuilder.pushIndex(registry, "app", "latest", List.of(inner));
    }
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("index of indexes"), e.getMessage());
  }

  @Test
  void anEmptyIndexOffersNothing() {
    ImageBuilder.pushIndex(registry, "app", "latest", List.of());
    EngineException e = assertPullFails(Kind.NOT_FOUND);
    assertTrue(e.hint().contains("no platform at all"), e.hint());
  }

  @Test
  void aManifestOfMoreThanFourMegabytes() {
    byte[] huge = new byte[(4 << 20) + 1];
    Arrays.fill(huge, (byte) ' ');
    registry.putManifest("app", "latest", MediaTypes.OCI_MANIFEST, huge);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("is larger than 4194304 bytes"), e.getMessage());
  }

  @Test
  void anEndlessManifest() {
    faults.on(
        "/manifests/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_MANIFEST);
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[1 << 16]);
          }
        });
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void aThousandLayersAreFine() {
    ImageBuilder many = new ImageBuilder().platform(AMD64);
    for (int i = 0; i < 1000; i++) {
      many.layer(i % 2 == 0 ? small : big);
    }
    many.push(registry, "app", "latest");
    ImageSummary image = pull();
    assertEquals(1000, store.image(image.id(), Optional.empty()).layers().size());
    assertEquals(1, faults.seen(path(big)).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-1", "1.5", "\"1\"", "null"})
  void layerSizesThatAreNone(String size) {
    put(layerField("size", size), MediaTypes.OCI_MANIFEST);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("size"), e.getMessage());
  }

  @Test
  void aLayerThatNoDiskCanHold() {
    put(layerField("size", Long.toString(Long.MAX_VALUE)), MediaTypes.OCI_MANIFEST);
    EngineException e = assertPullFails(Kind.EXHAUSTED);
    assertTrue(e.getMessage().startsWith("not enough space for "), e.getMessage());
    assertEquals(0, faults.seen(path(big)).size(), "not even begun");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "long"})
  void aLayerOfAnotherSizeThanTheManifestSays(String how) {
    long size = big.blob().length + (how.equals("short") ? -1 : 1);
    put(layerField("size", Long.toString(size)), MediaTypes.OCI_MANIFEST);
    assertPullFails(Kind.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:../../../../../../../../../../../../../../../../../../../../etc/passwd",
        "sha256:",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "../../x",
      })
  void digestsThatAreNone(String digest) {
    put(layerField("digest", "\"" + digest + "\""), MediaTypes.OCI_MANIFEST);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("layers[1]: digest is not a digest"), e.getMessage());
  }

  @Test
  void upperCaseDigestsAndOtherAlgorithms() {
    String digest = big.descriptor().digest().toString();
    put(
        layerField("digest", "\"sha256:" + digest.substring(7).toUpperCase(Locale.ROOT) + "\""),
        MediaTypes.OCI_MANIFEST);
    assertPullFails(Kind.CORRUPT);
    put(layerField("digest", "\"sha512:" + digest.substring(7) + "\""), MediaTypes.OCI_MANIFEST);
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void twoSizesOfOneLayer() {
    ObjectNode json = builder.manifest().toJson();
    json.withArray("layers")
        .add(Descriptor.of(big.descriptor().mediaType(), big.descriptor().digest(), 5).toJson());
    byte[] config = new ImageBuilder().platform(AMD64).layer(small).layer(big).layer(big).config();
    registry.putBlob(config);
    json.set(
        "config",
        Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length).toJson());
    put(json, MediaTypes.OCI_MANIFEST);
    assertPullFails(Kind.CORRUPT);
  }

  @Test
  void moreLayersThanTheConfigurationKnows() {
    ObjectNode json = builder.manifest().toJson();
    json.withArray("layers").add(small.descriptor().toJson());
    put(json, MediaTypes.OCI_MANIFEST);
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(
        e.getMessage().endsWith("has 3 layers, but its configuration lists 2"), e.getMessage());
    assertEquals(0, faults.seen(path(big)).size(), "seen before anything large is fetched");
  }

  @Test
  void layersAndConfigurationsOfUnknownKinds() {
    put(layerField("mediaType", "\"application/x-evil\""), MediaTypes.OCI_MANIFEST);
    EngineException e = assertPullFails(Kind.INVALID);
    assertTrue(e.getMessage().contains("application/x-evil"), e.getMessage());

    Manifest good = builder.manifest();
    Descriptor chart =
        Descriptor.of(
            "application/vnd.cncf.helm.config.v1+json",
            good.config().digest(),
            good.config().sizeBytes());
    put(Manifest.of(chart, good.layers()).toJson(), MediaTypes.OCI_MANIFEST);
    e = assertPullFails(Kind.INVALID);
    assertTrue(e.getMessage().contains("is not a container image"), e.getMessage());
  }

  @Test
  void schema1IsRefusedWithAClearWord() {
    faults.on(
        "/manifests/",
        exchange ->
            Faults.body(
                exchange,
                200,
                "application/vnd.docker.distribution.manifest.v1+prettyjws; charset=utf-8",
                "{\"schemaVersion\":1,\"fsLayers\":[]}".getBytes(UTF_8)));
    EngineException e = assertPullFails(Kind.INVALID);
    assertTrue(e.getMessage().contains("schema 1"), e.getMessage());
  }

  @Test
  void aConfigurationThatIsTooLargeOrWrong() {
    faults.on(
        "/blobs/" + builder.manifest().config().digest(),
        exchange -> Faults.body(exchange, 200, "", "{}".getBytes(UTF_8)));
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("the configuration of"), e.getMessage());

    Descriptor config =
        Descriptor.of(MediaTypes.OCI_CONFIG, builder.manifest().config().digest(), 1L << 40);
    put(Manifest.of(config, builder.manifest().layers()).toJson(), MediaTypes.OCI_MANIFEST);
    e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("too large"), e.getMessage());
  }

  @Test
  void foreignLayerAddressesAreNotVisited() {
    ObjectNode json = builder.manifest().toJson();
    ObjectNode layer = (ObjectNode) json.get("layers").get(1);
    layer.put("mediaType", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    layer.putArray("urls").add("http://" + registry.address() + "/elsewhere");
    put(json, MediaTypes.OCI_MANIFEST);
    pull();
    assertEquals(0, faults.seen("/elsewhere").size());
    assertEquals(1, faults.seen(path(big)).size());
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    faults.on(
        "/manifests/",
        exchange ->
            Faults.body(
                exchange,
                403,
                "application/json",
                "{\"errors\":[{\"code\":\"X\",\"message\":\"\\u001b[2Jgo\\nto hell\"}]}"
                    .getBytes(UTF_8)));
    EngineException e = assertPullFails(Kind.UNAUTHORIZED);
    assertTrue(e.getMessage().contains("(?[2Jgo to hell)"), e.getMessage());
  }

  @Test
  void aLayerThatTheDiskDamagedIsFetchedAgain() throws IOException {
    ImageSummary image = pull();
    StoredImage stored = store.image(image.id(), Optional.empty());
    byte[] bytes = big.blob().clone();
    bytes[1000] ^= 1;
    Files.write(stored.layers().get(1).blob(), bytes);
    store.dropDamagedLayers(stored);
    assertTrue(Files.exists(stored.layers().get(0).blob()));
    pull();
    assertAllBlobsSound();
    assertEquals(2, faults.seen(path(big)).size());
    assertEquals(1, faults.seen(path(small)).size());
  }

  @Test
  void aFailedPullLeavesTheOldImage() {
    ImageSummary before = pull();
    List<String> errors = new ArrayList<>();
    put(layerField("size", "7"), MediaTypes.OCI_MANIFEST);
    try {
      pull();
    } catch (EngineException e) {
      errors.add(e.getMessage());
    }
    assertFalse(errors.isEmpty());
    assertEquals(List.of(before), store.list());
  }

  private byte[] manifestBytes() {
    return JsonObject.write(builder.manifest().toJson());
  }

  private void put(ObjectNode manifest, String mediaType) {
    registry.putManifest("app", "latest", mediaType, JsonObject.write(manifest));
  }

  /** The sound manifest with another field in its second layer. */
  private ObjectNode layerField(String field, String json) {
    ObjectNode manifest = builder.manifest().toJson();
    ObjectNode value = JsonObject.parse(("{\"x\":" + json + "}").getBytes(UTF_8), "test").copy();
    ((ObjectNode) manifest.get("layers").get(1)).set(field, value.get("x"));
    return manifest;
  }
}
