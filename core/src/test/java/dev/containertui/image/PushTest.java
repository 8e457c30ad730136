package dev.containertui.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.DebianRegistry;
import dev.containertui.registry.Login;
import dev.containertui.registry.TokenServer;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Pushes to the registry that everybody else's tools are made for; skopeo reads it back. */
class PushTest extends PullFixture {
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  /** {@code user} with the password {@code pass:word}; bcrypt. */
  private static final String HTPASSWD =
      "user:$2b$04$CvQwgaeFnF6aOvG6DY/lQexTt2VKV3eNu8Dk1P0OGTd4mTxbgxtui\n";

  private final List<PushEvent> events = new ArrayList<>();

  @Test
  void othersReadWhatWasPushed() throws IOException {
    ImageSummary image = pull();
    try (DebianRegistry real = DebianRegistry.start(directory.resolve("real"), "")) {
      Reference name = Reference.parse(real.address() + "/team/app:1");
      store.tag(image.id(), name);

      Digest digest = store.push(name, Optional.empty(), events::add);

      assertEquals(image.digest(), digest.toString());
      JsonObject seen = inspect(name, List.of());
      assertEquals(digest.toString(), seen.string("Digest"));
      Tool.run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--src-tls-verify=false",
          "docker://" + name,
          "oci:" + directory.resolve("copy") + ":copy");
      assertEquals(
          3, events.stream().filter(e -> e instanceof PushEvent.Sent).count(), events.toString());
      assertTrue(
          events.stream()
              .anyMatch(
                  e ->
                      e instanceof PushEvent.Progress(Digest d, long sent, long size)
                          && d.equals(big.descriptor().digest())
                          && sent > 0
                          && sent <= size));

      store.remove(name.toString(), false, i -> false);
      assertEquals(image.digest(), store.pull(name, AMD64, e -> {}).digest());
    }
  }

  @Test
  void whatIsThereIsNotSentAgainAndWhatAnotherRepositoryHasIsMounted() throws IOException {
    ImageSummary image = pull();
    try (DebianRegistry real = DebianRegistry.start(directory.resolve("real"), "")) {
      Reference one = Reference.parse(real.address() + "/one");
      Reference two = Reference.parse(real.address() + "/two/deep");
      store.tag(image.id(), one);
      store.push(one, Optional.empty(), e -> {});

      store.push(one, Optional.empty(), events::add);
      assertAllPresent();

      store.tag(image.id(), two);
      events.clear();
      store.push(two, Optional.empty(), events::add);
      assertAllPresent();
      assertEquals(image.digest(), inspect(two, List.of()).string("Digest"));
    }
  }

  private void assertAllPresent() {
    assertEquals(3, events.size(), events.toString());
    assertTrue(events.stream().allMatch(e -> e instanceof PushEvent.Present), events.toString());
  }

  @Test
  void aRegistryWithPasswordsTakesTheLoginOfTheCall() throws IOException {
    ImageSummary image = pull();
    Path passwords = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    try (DebianRegistry real =
        DebianRegistry.start(
            directory.resolve("real"),
            "auth: {htpasswd: {realm: test, path: \"%s\"}}".formatted(passwords))) {
      Reference name = Reference.parse(real.address() + "/app:1");
      Login good = new Login.Password("user", "pass:word");
      Login bad = new Login.Password("user", "wrong");
      store.tag(image.id(), name);

      assertUnauthorized(() -> store.push(name, Optional.empty(), e -> {}));
      assertUnauthorized(() -> store.push(name, Optional.of(bad), e -> {}));
      store.push(name, Optional.of(good), events::add);
      assertEquals(
          image.digest(), inspect(name, List.of("--creds", "user:pass:word")).string("Digest"));

      // The login was for that one call.
      assertUnauthorized(() -> store.push(name, Optional.empty(), e -> {}));
      assertUnauthorized(() -> store.pull(name, AMD64, Optional.empty(), e -> {}));
      assertUnauthorized(() -> store.remote(name, Optional.empty()));
      assertEquals(image.digest(), store.pull(name, AMD64, Optional.of(good), e -> {}).digest());
      assertEquals(
          image.digest(), store.remote(name, Optional.of(good)).descriptor().digest().toString());

      store.authenticate(real.address(), good);
      assertUnauthorized(() -> store.authenticate(real.address(), bad));
    }
  }

  @Test
  void oneTokenIsEnoughForAPush() throws Exception {
    ImageSummary image = pull();
    try (TokenServer tokens = TokenServer.start(directory.resolve("tokens"), "user", "secret");
        DebianRegistry real =
            DebianRegistry.start(
                directory.resolve("real"),
                """
                auth:
                  token:
                    realm: %s
                    service: test-service
                    issuer: test-issuer
                    rootcertbundle: "%s"
                """
                    .formatted(tokens.realm(), tokens.certificate()))) {
      Reference name = Reference.parse(real.address() + "/team/app:1");
      Login good = new Login.Password("user", "secret");
      store.tag(image.id(), name);

      store.push(name, Optional.of(good), e -> {});

      assertEquals(1, tokens.issued());
      assertEquals(image.digest(), store.pull(name, AMD64, Optional.of(good), e -> {}).digest());
      store.authenticate(real.address(), good);
      assertUnauthorized(
          () -> store.authenticate(real.address(), new Login.Password("user", "wrong")));
      assertUnauthorized(
          () -> store.push(name, Optional.of(new Login.Password("user", "wrong")), e -> {}));
    }
  }

  @Test
  void anIndexIsPushedIfAllOfItIsHere() throws IOException {
    Descriptor amd64 = builder.push(registry, "multi", "");
    Descriptor arm64 = new ImageBuilder().platform(ARM64).layer(small).push(registry, "multi", "");
    Descriptor index = ImageBuilder.pushIndex(registry, "multi", "latest", List.of(amd64, arm64));
    Reference source = registry.reference("multi", "latest");
    store.pull(source, AMD64, e -> {});
    try (DebianRegistry real = DebianRegistry.start(directory.resolve("real"), "")) {
      Reference name = Reference.parse(real.address() + "/multi:1");
      store.tag(source.toString(), name);
      assertEquals(
          amd64.digest(), store.push(name, Optional.empty(), e -> {}), "one platform is here");
      assertEquals(List.of(AMD64), store.remote(name, Optional.empty()).platforms());
      assertEquals(
          List.of(name.withDigest(amd64.digest()).toString()),
          store.find(name.toString()).get().repositoryDigests().stream()
              .filter(digest -> digest.startsWith(real.address()))
              .toList());

      store.pull(source, ARM64, e -> {});
      store.tag(source.toString(), name);
      assertEquals(index.digest(), store.push(name, Optional.empty(), e -> {}));
      RemoteImage remote = store.remote(name, Optional.empty());
      assertEquals(index.digest(), remote.descriptor().digest());
      assertEquals(List.of(AMD64, ARM64), remote.platforms());
      String raw = Tool.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + name);
      assertEquals(index.digest(), Digest.sha256(raw.getBytes(UTF_8)));
    }
  }

  @Test
  void dockersMediaTypesStayWhatTheyAre() throws IOException {
    new ImageBuilder().platform(AMD64).layer(small).push(registry, "gzip", "1");
    try (DebianRegistry real = DebianRegistry.start(directory.resolve("real"), "")) {
      Tool.run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--src-tls-verify=false",
          "--dest-tls-verify=false",
          "--format=v2s2",
          "docker://" + registry.reference("gzip", "1"),
          "docker://" + real.address() + "/source:1");
      Reference name = Reference.parse(real.address() + "/target:1");
      store.pull(Reference.parse(real.address() + "/source:1"), AMD64, e -> {});
      store.tag(real.address() + "/source:1", name);
      store.push(name, Optional.empty(), e -> {});
      assertEquals(
          MediaTypes.DOCKER_MANIFEST,
          store.remote(name, Optional.empty()).descriptor().mediaType());
    }
  }

  @Test
  void onlyNamesWithATagCanBePushedTo() {
    ImageSummary image = pull();
    EngineException unknown =
        assertThrows(
            EngineException.class,
            () -> store.push(registry.reference("other", "1"), Optional.empty(), e -> {}));
    assertEquals(Kind.NOT_FOUND, unknown.kind());
    EngineException digest =
        assertThrows(
            EngineException.class,
            () ->
                store.push(
                    reference.withDigest(Digest.parse(image.digest())), Optional.empty(), e -> {}));
    assertEquals(Kind.INVALID, digest.kind());
  }

  @Test
  void aRegistryThatIsNoneCannotBeLoggedInTo() {
    faults.on("/v2/$", exchange -> Faults.status(exchange, 404));
    EngineException none =
        assertThrows(
            EngineException.class,
            () -> store.authenticate(registry.address(), new Login.Password("a", "b")));
    assertEquals(Kind.NOT_FOUND, none.kind());
  }

  private JsonObject inspect(Reference name, List<String> options) {
    List<String> command = new ArrayList<>(List.of("skopeo", "inspect", "--tls-verify=false"));
    command.addAll(options);
    command.add("docker://" + name);
    return JsonObject.parse(Tool.run(command.toArray(String[]::new)).getBytes(UTF_8), "skopeo");
  }

  private static void assertUnauthorized(Executable action) {
    assertEquals(Kind.UNAUTHORIZED, assertThrows(EngineException.class, action).kind());
  }
}
