package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.registry.RegistryOptions;
import dev.containertui.registry.server.Faults;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that come late, in pieces, wrong, or not at all. */
class BrokenTransferTest extends PullFixture {
  private static final int CUT = 1_000_000;

  @Test
  void goesOnWhereTheConnectionWasCut() {
    AtomicInteger requests = new AtomicInteger();
    faults.on(path(big), exchange -> requests.incrementAndGet() == 1 && cut(exchange));
    pull();
    List<Faults.Seen> seen = faults.seen(path(big));
    assertEquals(Optional.empty(), seen.get(0).range());
    String range = seen.get(1).range().orElseThrow();
    assertTrue(range.matches("bytes=[1-9][0-9]*-"), range);
    assertEquals(2, seen.size());
    assertAllBlobsSound();
  }

  @Test
  void keepsWhatArrivedForTheNextPull() throws IOException {
    faults.on(
        path(big), exchange -> exchange.getRequestHeaders().get("Range") == null && cut(exchange));
    faults.on(path(big), exchange -> Faults.status(exchange, 503));
    assertPullFails(Kind.UNAVAILABLE);
    long kept = Files.size(partial(big));
    assertTrue(kept > 0 && kept <= CUT, "kept " + kept);

    int before = faults.seen(path(big)).size();
    try (var other = LoopbackRegistry.start()) {
      builder.push(other, "app", "latest");
      reference = other.reference("app", "latest");
      long[] first = {-1};
      store.pull(
          reference,
          AMD64,
          e -> {
            if (e instanceof PullEvent.Downloading(String d, long done, long _)
                && d.equals(big.descriptor().digest().toString())
                && first[0] < 0) {
              first[0] = done;
            }
          });
      assertTrue(first[0] > kept, "another registry went on with it");
    }
    assertEquals(before, faults.seen(path(big)).size());
    assertFalse(Files.exists(partial(big)));
    assertAllBlobsSound();
  }

  @Test
  void startsAnewIfTheRegistryKnowsNoRanges() throws IOException {
    Files.write(partial(big), Arrays.copyOf(big.blob(), CUT));
    faults.on(
        path(big), exchange -> Faults.body(exchange, 200, "application/octet-stream", big.blob()));
    pull();
    assertEquals(1, faults.seen(path(big)).size());
    assertAllBlobsSound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-999/1000", "bytes 5-9/*", "nonsense", ""})
  void startsAnewIfTheRangeIsAnotherOne(String contentRange) throws IOException {
    Files.write(partial(big), Arrays.copyOf(big.blob(), CUT));
    faults.on(
        path(big),
        exchange -> {
          if (exchange.getRequestHeaders().get("Range") == null) {
            return false;
          }
          exchange.getResponseHeaders().set("Content-Range", contentRange);
          return Faults.body(exchange, 206, "application/octet-stream", new byte[1000]);
        });
    pull();
    assertAllBlobsSound();
  }

  @Test
  void startsAnewIfTheRangeIsRefused() throws IOException {
    Files.write(partial(big), Arrays.copyOf(big.blob(), CUT));
    faults.on(
        path(big),
        exchange ->
            exchange.getRequestHeaders().get("Range") != null && Faults.status(exchange, 416));
    pull();
    assertAllBlobsSound();
  }

  @Test
  void startsAnewIfTheOldRemainsAreBad() throws IOException {
    Files.write(partial(big), new byte[CUT]);
    Files.write(partial(small), new byte[small.blob().length + 1]);
    pull();
    assertAllBlobsSound();
  }

  @Test
  void completeRemainsNeedNoRequest() throws IOException {
    Files.write(partial(big), big.blob());
    pull();
    assertEquals(0, faults.seen(path(big)).size());
  }

  @Test
  void wrongBytesAreNotStored() {
    byte[] wrong = big.blob().clone();
    wrong[wrong.length - 1] ^= 1;
    faults.on(path(big), exchange -> Faults.body(exchange, 200, "", wrong));
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("another digest"), e.getMessage());
    assertEquals(1, faults.seen(path(big)).size(), "no second try");
    assertFalse(Files.exists(partial(big)));
  }

  @Test
  void tooShortAndTooLongAreSeenBeforeTheyAreRead() {
    AtomicReference<byte[]> body = new AtomicReference<>(Arrays.copyOf(big.blob(), CUT));
    faults.on(path(big), exchange -> Faults.body(exchange, 200, "", body.get()));
    EngineException shorter = assertPullFails(Kind.CORRUPT);
    assertTrue(shorter.getMessage().contains("sends " + CUT), shorter.getMessage());
    body.set(Arrays.copyOf(big.blob(), big.blob().length + 1));
    EngineException longer = assertPullFails(Kind.CORRUPT);
    assertTrue(longer.getMessage().contains("sends " + (big.blob().length + 1)));
  }

  @Test
  void anEndlessBodyIsCutAtTheLayersSize() throws IOException {
    CountDownLatch hungUp = new CountDownLatch(1);
    faults.on(
        path(big),
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (true) {
              exchange.getResponseBody().write(new byte[1 << 16]);
            }
          } catch (IOException e) {
            hungUp.countDown();
            throw e;
          }
        });
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("is longer than"), e.getMessage());
    assertFalse(Files.exists(partial(big)));
    try {
      assertTrue(hungUp.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void aChunkedBodyThatEndsEarlyIsTriedAgainAndThenCorrupt() {
    faults.on(
        path(big),
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(big.blob(), 0, 1000);
          return true;
        });
    EngineException e = assertPullFails(Kind.CORRUPT);
    assertTrue(e.getMessage().contains("ends after 1000 of"), e.getMessage());
    assertEquals(3, faults.seen(path(big)).size());
  }

  @Test
  void silenceHasADeadline() {
    CountDownLatch over = new CountDownLatch(1);
    faults.on(path(big), exchange -> hang(over));
    store = store(impatient().withReadTimeout(Duration.ofSeconds(1)));
    EngineException e = assertPullFails(Kind.TIMEOUT);
    assertTrue(e.getMessage().contains("takes too long"), e.getMessage());
    over.countDown();
  }

  @Test
  void aTrickleCountsAsSilence() {
    CountDownLatch over = new CountDownLatch(1);
    faults.on(
        path(big),
        exchange -> {
          exchange.sendResponseHeaders(200, big.blob().length);
          for (byte b : big.blob()) {
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
            if (await(over, 50)) {
              break;
            }
          }
          return true;
        });
    store = store(impatient().withReadTimeout(Duration.ofSeconds(1)));
    assertPullFails(Kind.TIMEOUT);
    over.countDown();
  }

  @Test
  void aManifestThatTricklesInHasADeadline() {
    CountDownLatch over = new CountDownLatch(1);
    faults.on(
        "/manifests/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          do {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
          } while (!await(over, 50));
          return true;
        });
    store = store(impatient().withRequestTimeout(Duration.ofSeconds(1)));
    assertPullFails(Kind.TIMEOUT);
    over.countDown();
  }

  @Test
  void serverErrorsPass() {
    AtomicInteger requests = new AtomicInteger();
    faults.on(
        "/blobs/|/manifests/",
        exchange -> requests.incrementAndGet() % 2 == 1 && Faults.status(exchange, 503));
    pull();
  }

  @Test
  void serverErrorsThatStayAreNamed() {
    faults.on(path(big), exchange -> Faults.status(exchange, 502));
    EngineException e = assertPullFails(Kind.UNAVAILABLE);
    assertEquals(
        registry.address() + " answers 502 Bad Gateway for " + reference.familiar(),
        e.getMessage());
    assertEquals(3, faults.seen(path(big)).size());
    assertTrue(
        Files.exists(
            store.directory().resolve("blobs/sha256/" + small.descriptor().digest().hex())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void interruptionLeavesTheStoreSoundAndNoConnectionBehind(boolean virtual) throws Exception {
    CountDownLatch halfway = new CountDownLatch(1);
    CountDownLatch hungUp = new CountDownLatch(1);
    faults.on(
        path(big),
        exchange -> {
          if (halfway.getCount() == 0) {
            return false;
          }
          exchange.sendResponseHeaders(200, big.blob().length);
          exchange.getResponseBody().write(big.blob(), 0, CUT);
          exchange.getResponseBody().flush();
          halfway.countDown();
          try {
            for (int at = CUT; at < big.blob().length; at++) {
              exchange.getResponseBody().write(big.blob(), at, 1);
              exchange.getResponseBody().flush();
              await(new CountDownLatch(1), 20);
            }
          } catch (IOException e) {
            hungUp.countDown();
            throw e;
          }
          return true;
        });
    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
    Thread thread =
        builder.start(
            () -> {
              try {
                outcome.set(pull());
              } catch (EngineException e) {
                outcome.set(e.kind() + " " + Thread.currentThread().isInterrupted());
              }
            });
    assertTrue(halfway.await(60, TimeUnit.SECONDS));
    thread.interrupt();
    assertTrue(thread.join(Duration.ofSeconds(60)));
    assertEquals("CANCELLED true", outcome.get());
    assertTrue(hungUp.await(60, TimeUnit.SECONDS), "the connection is closed");
    assertEquals(List.of(), store.list());
    assertAllBlobsSound();

    long kept = Files.size(partial(big));
    pull();
    assertEquals(
        Optional.of("bytes=" + kept + "-").filter(r -> kept > 0),
        faults.seen(path(big)).getLast().range(),
        "the next pull goes on with it");
    assertAllBlobsSound();
  }

  @Test
  void interruptionBeforeTheFirstAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    faults.on(
        "/manifests/",
        exchange -> {
          asked.countDown();
          return hang(over);
        });
    AtomicReference<Kind> kind = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    pull();
                  } catch (EngineException e) {
                    kind.set(e.kind());
                  }
                });
    assertTrue(asked.await(60, TimeUnit.SECONDS));
    thread.interrupt();
    assertTrue(thread.join(Duration.ofSeconds(60)));
    assertEquals(Kind.CANCELLED, kind.get());
    over.countDown();
  }

  @Test
  void sha512LayersAreVerifiedWithSha512() {
    Digest digest = Digest.of(Digest.Algorithm.SHA512, small.blob());
    byte[] wrong = small.blob().clone();
    wrong[0] ^= 1;
    AtomicReference<byte[]> served = new AtomicReference<>(wrong);
    faults.on("/blobs/sha512:", exchange -> Faults.body(exchange, 200, "", served.get()));
    var layer =
        new LayerBuilder.Layer(
            Descriptor.of(small.descriptor().mediaType(), digest, small.blob().length),
            small.diffId(),
            small.blob());
    new ImageBuilder().platform(AMD64).layer(layer).push(registry, "app", "latest");
    assertPullFails(Kind.CORRUPT);
    served.set(small.blob());
    pull();
    assertAllBlobsSound();
  }

  private static RegistryOptions impatient() {
    return options().withRetries(1, Duration.ZERO, Duration.ZERO);
  }

  private boolean cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, big.blob().length);
    exchange.getResponseBody().write(big.blob(), 0, CUT);
    exchange.getResponseBody().flush();
    return true; // Closing it now breaks the connection off: more was announced.
  }

  private static boolean hang(CountDownLatch over) {
    await(over, 60_000);
    return true;
  }

  private static boolean await(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
