package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.DebianRegistry;
import dev.containertui.registry.DockerConfig;
import dev.containertui.registry.Login;
import dev.containertui.registry.Logins;
import dev.containertui.registry.RegistryClient;
import dev.containertui.registry.RegistryOptions;
import dev.containertui.registry.TokenServer;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from the registry that everybody else's tools are made for, what skopeo pushed there. */
class DebianRegistryTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");

  /** {@code user} with the password {@code pass:word}; bcrypt. */
  private static final String HTPASSWD =
      "user:$2b$04$CvQwgaeFnF6aOvG6DY/lQexTt2VKV3eNu8Dk1P0OGTd4mTxbgxtui\n";

  @TempDir Path directory;
  private Path layout;
  private String made;
  private String gzip;
  private Layer base;
  private Layer top;

  /** An image in a layout directory, for skopeo to push: our own store can make one. */
  @BeforeEach
  void makeImage() {
    byte[] noise = new byte[3_000_000];
    new Random(1).nextBytes(noise);
    base = new LayerBuilder().file("noise", 0600, noise).build(Compression.GZIP);
    top = new LayerBuilder().file("hello", 0644, "hi\n".getBytes(UTF_8)).build(Compression.ZSTD);
    try (LoopbackRegistry source = LoopbackRegistry.start();
        RegistryClient client =
            new RegistryClient(RegistryOptions.defaults().withLogins(Logins.NONE))) {
      new ImageBuilder()
          .platform(AMD64)
          .environment("A=1")
          .layer(base)
          .layer(top)
          .push(source, "made", "1");
      new ImageBuilder().platform(AMD64).layer(base).push(source, "made", "gzip");
      ImageStore store = ImageStore.open(directory.resolve("source"), client);
      made = store.pull(source.reference("made", "1"), AMD64, e -> {}).references().getFirst();
      gzip = store.pull(source.reference("made", "gzip"), AMD64, e -> {}).references().getFirst();
      layout = store.directory();
    }
  }

  @Test
  void pullsAnonymously() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(directory.resolve("registry"), "")) {
      push(registry, made, "team/app:1.0");
      try (RegistryClient client = client(Logins.NONE)) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        Reference reference = Reference.parse(registry.address() + "/team/app:1.0");

        ImageSummary image = store.pull(reference, AMD64, e -> {});

        StoredImage stored = store.image(image.id(), Optional.empty());
        assertEquals(base.diffId(), stored.layers().getFirst().diffId());
        assertArrayEquals(
            base.blob(), Files.readAllBytes(stored.layers().getFirst().blob()), "as pushed");

        EngineException unknown =
            assertThrows(
                EngineException.class,
                () -> store.pull(Reference.parse(registry.address() + "/nothing"), AMD64, e -> {}));
        assertEquals(Kind.NOT_FOUND, unknown.kind());
        assertEquals(
            "image not found: " + registry.address() + "/nothing:latest", unknown.getMessage());
        assertTrue(unknown.hint().startsWith("check the name and tag; "), unknown.hint());
      }
    }
  }

  @Test
  void pullsDockersMediaTypes() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(directory.resolve("registry"), "")) {
      push(registry, gzip, "app:docker", "--format", "v2s2");
      try (RegistryClient client = client(Logins.NONE)) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        ImageSummary image =
            store.pull(Reference.parse(registry.address() + "/app:docker"), AMD64, e -> {});
        StoredImage stored = store.image(image.id(), Optional.empty());
        assertEquals(MediaTypes.DOCKER_MANIFEST, stored.manifest().mediaType());
        assertEquals(1, stored.layers().size());
        assertEquals(
            Compression.GZIP,
            MediaTypes.compression(stored.layers().getFirst().descriptor().mediaType()));
      }
    }
  }

  @Test
  void resumesAgainstARealRegistry() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(directory.resolve("registry"), "")) {
      push(registry, made, "app:1");
      try (RegistryClient client = client(Logins.NONE)) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        byte[] half = Arrays.copyOf(base.blob(), base.blob().length / 2);
        Files.write(
            store
                .directory()
                .resolve("ingest/sha256-" + base.descriptor().digest().hex() + ".partial"),
            half);
        long[] first = {-1};
        store.pull(
            Reference.parse(registry.address() + "/app:1"),
            AMD64,
            event -> {
              if (event instanceof PullEvent.Downloading(String digest, long done, long _)
                  && digest.equals(base.descriptor().digest().toString())
                  && first[0] < 0) {
                first[0] = done;
              }
            });
        assertTrue(first[0] > half.length, "went on where the file ended: " + first[0]);
      }
    }
  }

  @Test
  void basicLoginComesFromDockersConfiguration() throws IOException {
    Path passwords = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    try (DebianRegistry registry =
        DebianRegistry.start(
            directory.resolve("registry"),
            "auth: {htpasswd: {realm: test, path: \"%s\"}}".formatted(passwords))) {
      push(registry, made, "app:1", "--dest-creds", "user:pass:word");
      Reference reference = Reference.parse(registry.address() + "/app:1");
      Path config = directory.resolve("config.json");

      try (RegistryClient client = client(new DockerConfig(config))) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        EngineException none =
            assertThrows(EngineException.class, () -> store.pull(reference, AMD64, e -> {}));
        assertEquals(Kind.UNAUTHORIZED, none.kind());
        assertTrue(none.hint().contains("docker login " + registry.address()), none.hint());

        writeConfig(config, registry.address(), "user:wrong");
        EngineException wrong =
            assertThrows(EngineException.class, () -> store.pull(reference, AMD64, e -> {}));
        assertEquals(Kind.UNAUTHORIZED, wrong.kind());
        assertTrue(wrong.hint().contains("another login"), wrong.hint());
      }

      writeConfig(config, registry.address(), "user:pass:word");
      try (RegistryClient client = client(new DockerConfig(config))) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        assertEquals(AMD64, store.pull(reference, AMD64, e -> {}).platform());
      }
    }
  }

  @Test
  void bearerTokensAreFetchedOnceAndAreGoodForARealRegistry() throws Exception {
    try (TokenServer tokens = TokenServer.start(directory.resolve("tokens"), "user", "secret");
        DebianRegistry registry =
            DebianRegistry.start(
                directory.resolve("registry"),
                """
                auth:
                  token:
                    realm: %s
                    service: test-service
                    issuer: test-issuer
                    rootcertbundle: "%s"
                """
                    .formatted(tokens.realm(), tokens.certificate()))) {
      push(registry, made, "team/app:1", "--dest-creds", "user:secret");
      Reference reference = Reference.parse(registry.address() + "/team/app:1");
      int before = tokens.issued();

      try (RegistryClient client = client(r -> Optional.of(new Login.Password("user", "secret")))) {
        ImageStore store = ImageStore.open(directory.resolve("store"), client);
        assertEquals(AMD64, store.pull(reference, AMD64, e -> {}).platform());
        assertEquals(1, tokens.issued() - before, "one token for all requests of the pull");
      }
      try (RegistryClient client = client(r -> Optional.of(new Login.Password("user", "wrong")))) {
        ImageStore store = ImageStore.open(directory.resolve("other"), client);
        EngineException e =
            assertThrows(EngineException.class, () -> store.pull(reference, AMD64, x -> {}));
        assertEquals(Kind.UNAUTHORIZED, e.kind());
      }
    }
  }

  private void push(DebianRegistry registry, String image, String name, String... options) {
    List<String> command =
        new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false"));
    command.addAll(List.of(options));
    command.add("oci:" + layout + ":" + image);
    command.add("docker://" + registry.address() + "/" + name);
    Tool.run(command.toArray(String[]::new));
  }

  private static void writeConfig(Path file, String registry, String login) throws IOException {
    Files.writeString(
        file,
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
            .formatted(registry, Base64.getEncoder().encodeToString(login.getBytes(UTF_8))));
  }

  private static RegistryClient client(Logins logins) {
    return new RegistryClient(RegistryOptions.defaults().withLogins(logins));
  }
}
