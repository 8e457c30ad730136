package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Login;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that take what is sent to them badly, slowly, or not at all. */
class BrokenPushTest extends PullFixture {
  private final Faults targetFaults = new Faults();
  private final Map<Digest, byte[]> received = new ConcurrentHashMap<>();
  private LoopbackRegistry target;
  private Reference name;
  private ImageSummary image;

  @BeforeEach
  void pullAnImage() {
    image = pull();
    target = LoopbackRegistry.start(targetFaults);
    name = target.reference("team/app", "1");
    store.tag(image.id(), name);
  }

  @AfterEach
  void stopTarget() {
    target.close();
  }

  private Digest push() {
    return store.push(name, Optional.empty(), e -> {});
  }

  private void assertArrived() {
    assertEquals(image.digest(), push().toString());
    assertEquals(
        image.digest(), store.remote(name, Optional.empty()).descriptor().digest().toString());
  }

  private EngineException assertFails(Kind kind) {
    EngineException e = assertThrows(EngineException.class, this::push);
    assertEquals(kind, e.kind(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertEquals(Kind.NOT_FOUND, absent().kind(), "no name without its content");
    return e;
  }

  private EngineException absent() {
    return assertThrows(
        EngineException.class, () -> store.remote(name, Optional.empty()).descriptor());
  }

  private void onUpload(String method, Faults.Answer answer) {
    targetFaults.on(
        "/blobs/uploads/",
        exchange -> exchange.getRequestMethod().equals(method) && answer.answer(exchange));
  }

  /** Keeps what a PUT brings, under the digest that it names. */
  private boolean receive(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String digest = query.substring(query.indexOf("digest=") + 7).split("&")[0];
    byte[] body = exchange.getRequestBody().readAllBytes();
    received.put(Digest.parse(URLDecoder.decode(digest, StandardCharsets.UTF_8)), body);
    target.putBlob(body);
    return Faults.status(exchange, 201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"here?state=a%2Fb%3D", "/elsewhere/there?state=a%2Fb%3D"})
  void followsRelativeAddresses(String location) {
    onUpload("POST", exchange -> Faults.status(exchange, 202, "Location", location));
    targetFaults.on(
        "here",
        exchange -> {
          assertTrue(exchange.getRequestURI().getRawQuery().startsWith("state=a%2Fb%3D&digest="));
          return exchange.getRequestMethod().equals("PUT") && receive(exchange);
        });
    assertArrived();
    assertArrayEquals(big.blob(), received.get(big.descriptor().digest()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://registry.example/v2/x", "ftp://localhost/", "http://["})
  void refusesAddressesThatAreNone(String location) {
    onUpload(
        "POST",
        exchange ->
            location.isEmpty()
                ? Faults.status(exchange, 202)
                : Faults.status(exchange, 202, "Location", location));
    EngineException e = assertFails(Kind.UNAVAILABLE);
    assertTrue(e.getMessage().contains("no address"), e.getMessage());
  }

  @Test
  void aLoginStaysWithTheRegistryThatItIsFor() {
    Faults storageFaults = new Faults();
    try (LoopbackRegistry storage = LoopbackRegistry.start(storageFaults)) {
      storageFaults.on("/storage", this::receive);
      targetFaults.on(
          "/v2/",
          exchange ->
              exchange.getRequestHeaders().get("Authorization") == null
                  && Faults.status(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\""));
      onUpload(
          "POST",
          exchange ->
              Faults.status(exchange, 202, "Location", "http://" + storage.address() + "/storage"));
      Login login = new Login.Password("user", "secret");

      assertEquals(image.digest(), store.push(name, Optional.of(login), e -> {}).toString());

      assertEquals(3, storageFaults.seen().size());
      assertTrue(storageFaults.seen().stream().allMatch(seen -> seen.header().isEmpty()));
      assertTrue(targetFaults.seen("/manifests/").getLast().header().isPresent());
    }
  }

  @Test
  void triesAgainAfterServerErrors() {
    AtomicInteger puts = new AtomicInteger();
    AtomicInteger manifests = new AtomicInteger();
    onUpload("PUT", exchange -> puts.incrementAndGet() == 1 && Faults.status(exchange, 500));
    targetFaults.on(
        "/manifests/",
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && manifests.incrementAndGet() == 1
                && Faults.status(exchange, 503, "Retry-After", "0"));
    assertArrived();
  }

  @Test
  void givesUpInTheEnd() {
    onUpload("PUT", exchange -> Faults.status(exchange, 502));
    EngineException e = assertFails(Kind.UNAVAILABLE);
    assertTrue(e.getMessage().contains("502"), e.getMessage());
    assertTrue(targetFaults.seen("digest=").size() <= 9, "three attempts for each of three blobs");
  }

  @Test
  void beginsAnewIfTheConnectionBreaks() {
    AtomicInteger cuts = new AtomicInteger();
    onUpload(
        "PUT",
        exchange -> {
          if (cuts.incrementAndGet() > 2) {
            return false;
          }
          exchange.getRequestBody().readNBytes(100);
          return true; // Closed without an answer.
        });
    assertArrived();
  }

  @Test
  void beginsAnewIfTheUploadIsForgotten() {
    AtomicInteger puts = new AtomicInteger();
    onUpload("PUT", exchange -> puts.incrementAndGet() == 1 && Faults.status(exchange, 404));
    assertArrived();
  }

  @Test
  void doesNotSendAgainWhatArrivedAlthoughTheAnswerWasLost() {
    onUpload(
        "PUT",
        exchange -> {
          target.putBlob(exchange.getRequestBody().readAllBytes());
          return true;
        });
    assertArrived();
    assertEquals(3, targetFaults.seen("digest=").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:00", "nonsense", "\u00a0"})
  void noticesThatTheRegistryGotSomethingElse(String claim) {
    onUpload(
        "PUT",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          return Faults.status(exchange, 201, "Docker-Content-Digest", claim);
        });
    assertFails(Kind.CORRUPT);
  }

  @Test
  void noticesThatTheRegistryGotAnotherManifest() {
    targetFaults.on(
        "/manifests/",
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && Faults.status(
                    exchange, 201, "Docker-Content-Digest", Digest.sha256(new byte[1]).toString()));
    assertFails(Kind.CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void isNotSentInCircles(String method) {
    onUpload(
        method,
        exchange -> Faults.status(exchange, 307, "Location", exchange.getRequestURI().toString()));
    EngineException e = assertFails(Kind.UNAVAILABLE);
    assertTrue(e.getMessage().contains("without end"), e.getMessage());
  }

  @Test
  void isSentElsewhereWithItsBody() {
    onUpload(
        "PUT",
        exchange -> {
          // A body that nobody reads would have the connection reset under the answer.
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          return Faults.status(
              exchange, 307, "Location", "/store?" + exchange.getRequestURI().getRawQuery());
        });
    targetFaults.on("^/store", this::receive);
    assertArrived();
    assertArrayEquals(big.blob(), received.get(big.descriptor().digest()));
  }

  @Test
  void aRedirectThatWouldLoseTheBodyIsAnError() {
    onUpload("PUT", exchange -> Faults.status(exchange, 302, "Location", "/x"));
    assertFails(Kind.UNAVAILABLE);
    assertEquals(0, targetFaults.seen("^/x").size());
  }

  @Test
  void saysWhyTheRegistryRefuses() {
    targetFaults.on(
        "/manifests/",
        exchange ->
            exchange.getRequestMethod().equals("PUT")
                && Faults.body(
                    exchange,
                    400,
                    "application/json",
                    "{\"errors\":[{\"code\":\"X\",\"message\":\"too\\u001b[31m big\"}]}"
                        .getBytes(StandardCharsets.UTF_8)));
    EngineException e = assertFails(Kind.UNAVAILABLE);
    assertTrue(e.getMessage().contains("too?[31m big"), e.getMessage());
  }

  @Test
  void aClosedRepositoryNeedsAnotherLogin() {
    onUpload("POST", exchange -> Faults.status(exchange, 403));
    assertEquals(Kind.UNAUTHORIZED, assertFails(Kind.UNAUTHORIZED).kind());
  }

  @Test
  void whatCannotBeMountedIsSent() {
    store.tag(image.id(), target.reference("private", "1"));
    targetFaults.on("mount=", exchange -> Faults.status(exchange, 403));
    assertArrived();
    assertFalse(targetFaults.seen("mount=.*from=private").isEmpty());
  }

  @Test
  void interruptEndsAPush() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    onUpload(
        "PUT",
        exchange -> {
          sending.countDown();
          try {
            end.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException closed) {
            return true;
          }
          return true;
        });
    AtomicReference<EngineException> failure = new AtomicReference<>();
    Thread pusher =
        Thread.ofVirtual()
            .start(() -> failure.set(assertThrows(EngineException.class, this::push)));
    assertTrue(sending.await(60, TimeUnit.SECONDS));
    pusher.interrupt();
    assertTrue(pusher.join(Duration.ofSeconds(30)), "it ends");
    end.countDown();
    assertEquals(Kind.CANCELLED, failure.get().kind());
    assertEquals(image.id(), store.find(name.toString()).get().id());
  }

  @Test
  void silenceHasADeadline() {
    CountDownLatch end = new CountDownLatch(1);
    onUpload(
        "PUT",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          try {
            end.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException closed) {
            return true;
          }
          return true;
        });
    store = store(options().withRequestTimeout(Duration.ofMillis(500)));
    assertFails(Kind.TIMEOUT);
    end.countDown();
  }

  @Test
  void whatTheStoreHasLostIsNotPushed() throws IOException {
    Files.delete(store.directory().resolve("blobs/sha256/" + big.descriptor().digest().hex()));
    assertFails(Kind.CORRUPT);
  }
}
