package dev.containertui.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestDocumentTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String DESCRIPTOR =
      """
      {"mediaType":"%s","digest":"sha256:%s","size":%s}""";
  private static final String CONFIG = DESCRIPTOR.formatted(MediaTypes.OCI_CONFIG, HEX, "2");
  private static final String LAYER = DESCRIPTOR.formatted(MediaTypes.OCI_LAYER_GZIP, HEX, "3");

  @Test
  void readsBackWhatItWrites() {
    Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(new byte[0]), 0);
    Descriptor layer =
        Descriptor.of(MediaTypes.OCI_LAYER_ZSTD, Digest.sha256(new byte[1]), Long.MAX_VALUE)
            .withAnnotations(Map.of("k", "v"));
    Manifest manifest = Manifest.of(config, List.of(layer, layer));
    assertEquals(manifest, parse(JsonObject.write(manifest.toJson()), MediaTypes.OCI_MANIFEST));
    assertEquals(Long.MAX_VALUE, manifest.layerBytes(), "no overflow");

    Index index =
        Index.of(
            List.of(
                Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[2]), 7)
                    .withPlatform(Platform.parse("linux/arm/v6"))));
    assertEquals(index, parse(JsonObject.write(index.toJson()), ""));
  }

  @Test
  void ignoresUnknownFieldsAndNulls() {
    Manifest manifest =
        (Manifest)
            parse(
                """
                {"schemaVersion":2,"what":{"ever":[1]},"config":%s,"layers":[%s],"annotations":null}
                """
                    .formatted(CONFIG, LAYER),
                MediaTypes.DOCKER_MANIFEST);
    assertEquals(1, manifest.layers().size());
    assertEquals(MediaTypes.DOCKER_MANIFEST, manifest.mediaType());
  }

  @Test
  void takesTheOwnMediaTypeIfTheServerKnowsNone() {
    String index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}";
    for (String served : List.of("", "application/json", "application/octet-stream")) {
      assertInstanceOf(
          Index.class, parse(index.formatted(MediaTypes.DOCKER_MANIFEST_LIST), served));
    }
  }

  @Test
  void refusesDocumentsThatAreTwoThingsAtOnce() {
    String both =
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s],\"manifests\":[]}"
            .formatted(CONFIG, LAYER);
    assertCorrupt(both, MediaTypes.OCI_MANIFEST, "manifests");
    assertCorrupt(both, MediaTypes.OCI_INDEX, "layers");
    assertCorrupt(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
            .formatted(MediaTypes.OCI_INDEX),
        MediaTypes.OCI_MANIFEST,
        "says of itself");
    assertCorrupt(
        "{\"schemaVersion\":2,\"layers\":[],\"layers\":[],\"config\":%s}".formatted(CONFIG),
        MediaTypes.OCI_MANIFEST,
        "Duplicate");
  }

  @Test
  void refusesSchema1WithAClearWord() {
    for (String type :
        List.of(
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            "application/vnd.docker.distribution.manifest.v1+json",
            "application/json")) {
      EngineException e =
          assertThrows(
              EngineException.class, () -> parse("{\"schemaVersion\":1,\"fsLayers\":[]}", type));
      assertEquals(Kind.INVALID, e.kind());
      assertTrue(e.getMessage().contains("schema 1"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "9223372036854775808", "1e3", "1.5", "\"3\"", "true", "[]", "99e999999999"})
  void refusesSizesThatAreNone(String size) {
    String layer = DESCRIPTOR.formatted(MediaTypes.OCI_LAYER, HEX, size);
    assertCorrupt(
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}".formatted(CONFIG, layer),
        MediaTypes.OCI_MANIFEST,
        "size");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"schemaVersion\":\"2\"}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":3,\"config\":{},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":[],\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{},\"layers\":{}}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:x\",\"size\":1,\"mediaType\":\"\"}}",
        "{\"schemaVersion\":2} {}",
      })
  void refusesBrokenDocuments(String text) {
    assertCorrupt(text, MediaTypes.OCI_MANIFEST, "the manifest");
  }

  @Test
  void deepNestingIsAnErrorNotAStackOverflow() {
    assertCorrupt(
        "{\"schemaVersion\":2,\"x\":" + "[".repeat(1_000_000), MediaTypes.OCI_MANIFEST, "JSON");
  }

  @Test
  void damagedDocumentsNeverEndInAnotherException() {
    byte[] good =
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s,%s],\"annotations\":{\"a\":\"b\"}}"
            .formatted(CONFIG, LAYER, LAYER)
            .getBytes(UTF_8);
    Random random = new Random(42);
    List<Kind> kinds = new ArrayList<>();
    for (int round = 0; round < 5_000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        parse(bad, MediaTypes.OCI_MANIFEST);
      } catch (EngineException e) {
        kinds.add(e.kind());
      }
    }
    assertTrue(kinds.size() > 1_000);
    assertTrue(kinds.stream().allMatch(k -> k == Kind.CORRUPT || k == Kind.INVALID));
  }

  @Test
  void otherThingsThanImagesAreNamed() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> parse("{\"schemaVersion\":2}", "application/vnd.example.thing+json"));
    assertEquals(Kind.INVALID, e.kind());
    assertTrue(e.getMessage().contains("application/vnd.example.thing+json"));
  }

  @Test
  void configurationIsRead() {
    ImageConfig config =
        ImageConfig.parse(
            """
            {"created":"2024-05-01T10:00:00.5+02:00","architecture":"arm","os":"linux","variant":"v6",
             "config":{"Env":["A=1","B="],"Entrypoint":null,"Cmd":["/bin/sh","-c","x"],"User":"1:2",
               "WorkingDir":"","ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},
               "Labels":{"l":"v","n":null},"StopSignal":"SIGINT","ArgsEscaped":true},
             "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},
             "history":[{"created_by":"a"},{"empty_layer":true,"created":"yesterday"}]}
            """
                .formatted(HEX)
                .getBytes(UTF_8),
            "c");
    assertEquals("linux/arm/v6", config.platform().toString());
    assertEquals("2024-05-01T08:00:00.500Z", config.created().get().toString());
    ImageConfig.Execution execution = config.execution();
    assertEquals(List.of("A=1", "B="), execution.environment());
    assertEquals(List.of(), execution.entrypoint());
    assertEquals(List.of("/bin/sh", "-c", "x"), execution.command());
    assertEquals(Optional.of("1:2"), execution.user());
    assertEquals(Optional.empty(), execution.workingDirectory());
    assertEquals(List.of("80/tcp"), execution.exposedPorts());
    assertEquals(List.of("/data"), execution.volumes());
    assertEquals(Map.of("l", "v"), execution.labels());
    assertEquals(Optional.of("SIGINT"), execution.stopSignal());
    assertEquals(1, config.diffIds().size());
    assertTrue(config.history().get(1).emptyLayer());
    assertEquals(Optional.empty(), config.history().get(1).created());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"rootfs\":{\"type\":\"other\",\"diff_ids\":[]}}",
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:zz\"]}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":{\"Env\":\"A=1\"}}",
      })
  void brokenConfigurationsAreRefused(String text) {
    EngineException e =
        assertThrows(
            EngineException.class, () -> ImageConfig.parse(text.getBytes(UTF_8), "the config"));
    assertEquals(Kind.CORRUPT, e.kind());
  }

  private static void assertCorrupt(String text, String contentType, String word) {
    EngineException e = assertThrows(EngineException.class, () -> parse(text, contentType));
    assertEquals(Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().contains(word), e.getMessage());
  }

  private static ManifestDocument parse(String text, String contentType) {
    return parse(text.getBytes(UTF_8), contentType);
  }

  private static ManifestDocument parse(byte[] bytes, String contentType) {
    return ManifestDocument.parse(bytes, contentType, "the manifest");
  }
}
