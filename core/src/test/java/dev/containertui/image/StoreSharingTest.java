package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.oci.Reference;
import dev.containertui.registry.server.ImageBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One store, many threads and processes, and ends that nobody planned. */
class StoreSharingTest extends PullFixture {

  @Test
  void threadsPullAndRemoveAtOnce() throws Exception {
    List<Reference> references = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      new ImageBuilder()
          .platform(AMD64)
          .layer(small)
          .layer(layer("own" + i, 10_000))
          .push(registry, "app" + i, "latest");
      references.add(registry.reference("app" + i, "latest"));
    }
    ImageStore other = store(options());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      for (Reference name : references) {
        for (ImageStore view : List.of(store, other)) {
          futures.add(
              threads.submit(
                  () -> {
                    for (int round = 0; round < 3; round++) {
                      ImageSummary image = view.pull(name, AMD64, e -> {});
                      if (round < 2) {
                        removeIfThere(view, image.references().getFirst());
                      }
                    }
                  }));
        }
      }
      for (Future<?> future : futures) {
        future.get(60, TimeUnit.SECONDS);
      }
    }
    for (Reference name : references) {
      store.pull(name, AMD64, e -> {});
    }
    assertAllBlobsSound();
    assertEquals(4, store.list().size());
    store.collectGarbage(Duration.ZERO);
    for (ImageSummary image : store.list()) {
      for (StoredLayer layer : store.image(image.id(), Optional.empty()).layers()) {
        assertEquals(layer.descriptor().sizeBytes(), Files.size(layer.blob()));
      }
    }
  }

  private static void removeIfThere(ImageStore view, String name) {
    try {
      view.remove(name, false, i -> false);
    } catch (EngineException e) {
      assertEquals(EngineException.Kind.NOT_FOUND, e.kind());
    }
  }

  @Test
  void processesPullTheSameImageAtOnce() throws Exception {
    Process first = StoreProcess.start(List.of(), store.directory(), reference.toString());
    Process second = StoreProcess.start(List.of(), store.directory(), reference.toString());
    ImageSummary image = pull();
    assertEquals("pulled " + image.digest(), StoreProcess.output(first));
    assertEquals("pulled " + image.digest(), StoreProcess.output(second));
    assertEquals(List.of(image), store.list());
    assertAllBlobsSound();
  }

  @Test
  void aProcessThatIsKilledLeavesNoLockAndNothingHalf() throws Exception {
    CountDownLatch halfway = new CountDownLatch(1);
    AtomicBoolean killed = new AtomicBoolean();
    faults.on(
        path(big),
        exchange -> {
          if (killed.get()) {
            return false;
          }
          exchange.sendResponseHeaders(200, big.blob().length);
          exchange.getResponseBody().write(big.blob(), 0, 1_000_000);
          exchange.getResponseBody().flush();
          halfway.countDown();
          pause(60);
          return true;
        });
    Process process = StoreProcess.start(List.of(), store.directory(), reference.toString());
    try {
      assertTrue(halfway.await(60, TimeUnit.SECONDS));
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!Files.exists(partial(big)) && System.nanoTime() - end < 0) {
        Thread.sleep(20);
      }
      assertEquals(0, store.collectGarbage(Duration.ZERO), "not while a pull is under way");
    } finally {
      process.destroyForcibly().waitFor();
    }
    killed.set(true);
    assertEquals(List.of(), store.list());
    assertAllBlobsSound();
    pull();
    assertAllBlobsSound();
  }

  @Test
  void aDiskThatFillsUpIsNamedAndNothingHalfStays() throws Exception {
    Path mount = Files.createDirectories(directory.resolve("disk"));
    List<String> privately =
        privately(
            "sh",
            "-c",
            "mount -t tmpfs -o size=5m tmpfs \"$0\" && \"$@\"; find \"$0\" -type f",
            mount.toString());
    Process process =
        StoreProcess.start(privately, mount.resolve("content"), reference.toString(), "fill");
    List<String> lines = StoreProcess.output(process).lines().toList();
    String error = lines.getFirst();
    assertTrue(error.startsWith("EXHAUSTED "), lines.toString());
    assertTrue(error.contains("no space left on the disk of " + mount), error);
    List<String> left =
        lines.stream().skip(1).filter(l -> l.contains(big.descriptor().digest().hex())).toList();
    assertEquals(List.of(), left, "the remains of the layer do not stay in the way");
  }

  @Test
  void aDiskThatIsTooSmallIsNamedBeforeTheTransfer() throws Exception {
    Path mount = Files.createDirectories(directory.resolve("disk"));
    List<String> privately =
        privately("sh", "-c", "mount -t tmpfs -o size=1m tmpfs \"$0\" && \"$@\"", mount.toString());
    Process process = StoreProcess.start(privately, mount.resolve("content"), reference.toString());
    assertEquals(
        "EXHAUSTED not enough space for "
            + reference.familiar()
            + ": its layers need 3 MB, the disk has 0 MB",
        StoreProcess.output(process));
    assertEquals(0, faults.seen(path(big)).size());
  }

  @Test
  void eventsComeOneAtATimeAndNotTooMany() {
    faults.on(
        path(big),
        exchange -> {
          exchange.sendResponseHeaders(200, big.blob().length);
          int step = big.blob().length / 60 + 1;
          for (int at = 0; at < big.blob().length; at += step) {
            exchange
                .getResponseBody()
                .write(big.blob(), at, Math.min(step, big.blob().length - at));
            exchange.getResponseBody().flush();
            pauseMillis(10);
          }
          return true;
        });
    AtomicBoolean busy = new AtomicBoolean();
    AtomicBoolean overlap = new AtomicBoolean();
    AtomicInteger count = new AtomicInteger();
    long start = System.nanoTime();
    store.pull(
        reference,
        AMD64,
        event -> {
          overlap.compareAndSet(false, !busy.compareAndSet(false, true));
          if (event instanceof PullEvent.Downloading(String digest, long _, long _)
              && digest.equals(big.descriptor().digest().toString())) {
            count.incrementAndGet();
          }
          busy.set(false);
        });
    long most = (System.nanoTime() - start) / Duration.ofMillis(100).toNanos() + 1;
    assertFalse(overlap.get());
    assertTrue(count.get() >= 1 && count.get() <= most, count.get() + " events, at most " + most);
  }

  /** A command with mounts of its own, which end with it. */
  private static List<String> privately(String... command) {
    List<String> all = new ArrayList<>(List.of("unshare", "--mount"));
    if (!System.getProperty("user.name").equals("root")) {
      all.add("--map-root-user");
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void pause(int seconds) {
    pauseMillis(seconds * 1000L);
  }

  private static void pauseMillis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
