package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Healthcheck;
import dev.containertui.oci.ImageConfig.Execution;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images of a layer on top of another image, and of a file system. */
class NewImageTest extends PullFixture {
  private static final Reference NAME = Reference.parse("example.org/made:1");
  private static final String CONFIG =
      """
      {"architecture":"amd64","os":"linux","os.features":["x"],"author":"somebody",
       "config":{"Env":["PATH=/bin"],"Cmd":["old"],"Shell":["/bin/bash","-c"],"ArgsEscaped":true,
         "OnBuild":["RUN x"],"StopTimeout":7,"Unknown":{"deep":[1,2.5,null]},
         "Healthcheck":{"Test":["CMD","t"],"Interval":30000000000,"Retries":3,"Other":1}},
       "rootfs":{"type":"layers","diff_ids":["%s"]},
       "history":[{"created_by":"first","other":true},{"created_by":"env","empty_layer":true}]}
      """;

  private final Layer change =
      new LayerBuilder().file("new", 0644, "new\n".getBytes(UTF_8)).build(Compression.NONE);

  private static ImageCommit commit(String... changes) {
    return new ImageCommit(
        Optional.empty(),
        Optional.of("me"),
        Optional.of("/bin/sh -c make"),
        Optional.of("as it was"),
        List.of(changes),
        Optional.of(NAME));
  }

  /** An image with a configuration that has much that we do not know. */
  private StoredImage rich(String manifestType, String configType) {
    byte[] config = CONFIG.formatted(small.diffId()).getBytes(UTF_8);
    Manifest manifest =
        new Manifest(
            manifestType,
            Optional.empty(),
            Descriptor.of(configType, Digest.sha256(config), config.length),
            List.of(small.descriptor()),
            Map.of());
    registry.putBlob(config);
    registry.putBlob(small.blob());
    registry.putManifest("rich", "1", manifestType, JsonObject.write(manifest.toJson()));
    store.pull(registry.reference("rich", "1"), AMD64, e -> {});
    return store.image(registry.reference("rich", "1").toString(), Optional.empty());
  }

  private StoredImage rich() {
    return rich(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG);
  }

  private JsonNode config(ImageSummary image) throws IOException {
    return new ObjectMapper().readTree(store.inspectJson(image.digest())).get("config");
  }

  @Test
  void theNewLayerLiesOnTopAndOthersReadIt() throws IOException {
    ImageSummary base = pull();
    ImageSummary made =
        store.commit(
            store.image(base.id(), Optional.empty()), commit(), tar -> tar.write(change.blob()));

    StoredImage stored = store.image(NAME.toString(), Optional.empty());
    assertEquals(made, stored.summary());
    assertEquals(3, stored.layers().size());
    StoredLayer top = stored.layers().getLast();
    assertEquals(change.diffId(), top.diffId());
    assertEquals(MediaTypes.OCI_LAYER_GZIP, top.descriptor().mediaType());
    assertEquals(stored.config().history().size(), 3, "layers below are accounted for");
    assertAllBlobsSound();
    Path bundle = directory.resolve("bundle");
    Tool.run(
        "umoci",
        "unpack",
        "--rootless",
        "--image",
        store.directory() + ":" + NAME,
        bundle.toString());
    assertEquals("new\n", Files.readString(bundle.resolve("rootfs/new")));
    assertTrue(Files.exists(bundle.resolve("rootfs/big")));
  }

  @Test
  void whatIsNotKnownOfTheConfigurationSurvives() throws IOException {
    ImageSummary made =
        store.commit(rich(), commit("ENV A=1", "CMD run"), tar -> tar.write(change.blob()));

    JsonNode config = config(made);
    assertEquals("me", config.get("author").asText());
    assertEquals("[\"x\"]", config.get("os.features").toString());
    assertEquals(
        "{\"Env\":[\"PATH=/bin\",\"A=1\"],\"Cmd\":[\"/bin/bash\",\"-c\",\"run\"],"
            + "\"Shell\":[\"/bin/bash\",\"-c\"],\"ArgsEscaped\":true,\"OnBuild\":[\"RUN x\"],"
            + "\"StopTimeout\":7,\"Unknown\":{\"deep\":[1,2.5,null]},"
            + "\"Healthcheck\":{\"Test\":[\"CMD\",\"t\"],\"Interval\":30000000000,\"Retries\":3,"
            + "\"Other\":1}}",
        sorted(config.get("config")));
    assertEquals(3, config.get("history").size());
    assertTrue(config.get("history").get(0).get("other").asBoolean());
    JsonNode step = config.get("history").get(2);
    assertEquals("/bin/sh -c make", step.get("created_by").asText());
    assertEquals("as it was", step.get("comment").asText());
    assertEquals(made.created().get().toString(), step.get("created").asText());
  }

  /** Fields that were replaced may have moved to the end. */
  private static String sorted(JsonNode config) {
    ObjectNode sorted = JsonObject.create();
    for (String field :
        List.of(
            "Env",
            "Cmd",
            "Shell",
            "ArgsEscaped",
            "OnBuild",
            "StopTimeout",
            "Unknown",
            "Healthcheck")) {
      sorted.set(field, config.get(field));
    }
    assertEquals(sorted.size(), config.size(), config.toString());
    return sorted.toString();
  }

  @Test
  void whatTheContainerSaysWinsOverTheImage() throws IOException {
    Healthcheck check =
        new Healthcheck(
            List.of("CMD-SHELL", "x"),
            Optional.of(Duration.ofSeconds(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(2));
    Execution own =
        new Execution(
            List.of("B=2"),
            List.of("/init"),
            List.of(),
            Optional.of("/work"),
            Optional.of("7"),
            Optional.empty(),
            List.of("80/tcp"),
            List.of("/data"),
            Map.of("k", "v"),
            Optional.of(check));
    ImageCommit commit =
        new ImageCommit(
            Optional.of(own),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("WORKDIR sub", "ENV C=$B"),
            Optional.empty());
    ImageSummary made = store.commit(rich(), commit, tar -> tar.write(change.blob()));

    assertEquals(List.of(), made.references());
    assertEquals(Map.of("k", "v"), made.labels());
    StoredImage stored = store.image(made.id(), Optional.empty());
    Execution execution = stored.config().execution();
    assertEquals(List.of("B=2", "C=2"), execution.environment());
    assertEquals(List.of("/init"), execution.entrypoint());
    assertEquals(List.of(), execution.command());
    assertEquals(Optional.of("/work/sub"), execution.workingDirectory());
    assertEquals(Optional.of("7"), execution.user());
    assertEquals(List.of("80/tcp"), execution.exposedPorts());
    assertEquals(List.of("/data"), execution.volumes());
    assertEquals(Optional.of(check), execution.healthcheck());
    assertEquals(7, config(made).get("config").get("StopTimeout").asInt());
    assertEquals("somebody", config(made).get("author").asText());
  }

  @Test
  void dockersMediaTypesBeget() {
    StoredImage base = rich(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG);
    store.commit(base, commit(), tar -> tar.write(change.blob()));
    Manifest made = store.image(NAME.toString(), Optional.empty()).manifest();
    assertEquals(MediaTypes.DOCKER_MANIFEST, made.mediaType());
    assertEquals(MediaTypes.DOCKER_CONFIG, made.config().mediaType());
    assertEquals(MediaTypes.DOCKER_LAYER_GZIP, made.layers().getLast().mediaType());
  }

  @Test
  void aNameMovesToTheNewImageAndTheOldOneStaysWithout() {
    StoredImage base = rich();
    ImageSummary first = store.commit(base, commit("ENV A=1"), tar -> tar.write(change.blob()));
    ImageSummary second = store.commit(base, commit("ENV A=2"), tar -> tar.write(change.blob()));
    assertEquals(second.digest(), store.find(NAME.toString()).get().digest());
    assertEquals(List.of(), store.find(first.digest()).get().references());
  }

  private enum Failure {
    SOURCE {
      @Override
      ImageCommit.LayerWriter writer() {
        return tar -> {
          tar.write(new byte[100_000]);
          throw new IOException("cannot read the disk");
        };
      }
    },
    ENGINE {
      @Override
      ImageCommit.LayerWriter writer() {
        return tar -> {
          tar.write(new byte[100_000]);
          throw new EngineException(Kind.CORRUPT, "the disk is damaged");
        };
      }
    },
    INTERRUPT {
      @Override
      ImageCommit.LayerWriter writer() {
        return tar -> {
          Thread.currentThread().interrupt();
          byte[] noise = new byte[1 << 20];
          new Random(1).nextBytes(noise);
          tar.write(noise);
        };
      }
    };

    abstract ImageCommit.LayerWriter writer();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aLayerThatCannotBeWrittenLeavesNothing(Failure failure) throws IOException {
    StoredImage base = rich();
    long before = files();
    EngineException e =
        assertThrows(EngineException.class, () -> store.commit(base, commit(), failure.writer()));
    boolean interrupted = Thread.interrupted();
    assertEquals(
        switch (failure) {
          case SOURCE -> Kind.UNAVAILABLE;
          case ENGINE -> Kind.CORRUPT;
          case INTERRUPT -> Kind.CANCELLED;
        },
        e.kind(),
        e.getMessage());
    assertEquals(failure == Failure.INTERRUPT, interrupted);
    assertTrue(store.find(NAME.toString()).isEmpty());
    assertEquals(before, files());
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(store.directory())) {
      return files.count();
    }
  }

  @Test
  void changesAreLookedAtBeforeTheWork() {
    StoredImage base = rich();
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                store.commit(
                    base,
                    commit("RUN x"),
                    tar -> {
                      throw new AssertionError("too early");
                    }));
    assertEquals(Kind.INVALID, e.kind());
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aFileSystemBecomesAnImage(Compression compression) throws IOException {
    byte[] archive = LayerBuilder.of(change.blob(), compression).blob();
    ImageCommit commit =
        new ImageCommit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("brought in"),
            List.of("CMD [\"/new\"]", "LABEL a=b"),
            Optional.of(NAME));
    ImageSummary made = store.importRoot(new ByteArrayInputStream(archive), commit, AMD64);

    assertEquals(List.of(NAME.toString()), made.references());
    assertEquals(Map.of("a", "b"), made.labels());
    StoredImage stored = store.image(made.id(), Optional.of(AMD64));
    assertEquals(List.of("/new"), stored.config().execution().command());
    assertEquals(List.of(change.diffId()), stored.config().diffIds());
    assertEquals("brought in", stored.config().history().getFirst().comment().get());
    Tool.run("skopeo", "inspect", "oci:" + store.directory() + ":" + NAME);
    assertArrayEquals(
        change.blob(),
        new GZIPInputStream(Files.newInputStream(stored.layers().getFirst().blob()))
            .readAllBytes());
  }

  @Test
  void whatIsNoFileSystemIsNotImported() throws IOException {
    long before = files();
    for (byte[] archive :
        List.of(new byte[0], new byte[10240], "no tar".repeat(1000).getBytes(UTF_8))) {
      EngineException e =
          assertThrows(
              EngineException.class,
              () -> store.importRoot(new ByteArrayInputStream(archive), commit(), Platform.host()));
      assertTrue(e.kind() == Kind.INVALID || e.kind() == Kind.CORRUPT, e.getMessage());
    }
    assertFalse(store.find(NAME.toString()).isPresent());
    assertEquals(before, files());
  }
}
