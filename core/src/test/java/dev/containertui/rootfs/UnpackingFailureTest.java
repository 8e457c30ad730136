package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UnpackingFailureTest {
  private static final String MANIFEST = TestLayers.digest(new byte[] {3});

  @TempDir Path directory;

  @Test
  void aFullDiskIsSaidAndNothingIsLeftOnIt() throws IOException {
    Path small = Files.createDirectory(directory.resolve("small"));
    Tools.output("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
    try {
      byte[] content = new byte[8 << 20];
      new Random(1).nextBytes(content);
      LayerSource layer = TestLayers.gzip(new TestTar().file("big", content).end());
      EngineException e =
          assertThrows(EngineException.class, () -> prepare(new RootFilesystems(small), layer));
      assertEquals(Kind.EXHAUSTED, e.kind(), e.getMessage());
      assertTrue(e.getMessage().contains("no space left"), e.getMessage());
      assertFalse(e.hint().isEmpty());
      assertOnlyLocksIn(small);
      Files.write(small.resolve("filler"), new byte[(4 << 20) - 16384]);
      Path disk = small.resolve("disk.ext4");
      EngineException full =
          assertThrows(EngineException.class, () -> WritableDisk.create(disk, 1L << 30));
      assertEquals(Kind.EXHAUSTED, full.kind(), full.getMessage());
      Files.delete(small.resolve("filler"));
      assertOnlyLocksIn(small);
    } finally {
      Tools.output("umount", small.toString());
    }
  }

  @Test
  void anInterruptCancelsAndNothingIsLeft() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    byte[] head = new TestTar().header('0', TestTar.latin("a"), new byte[0], 1L << 30).cut();
    LayerSource layer =
        new LayerSource(
            MANIFEST,
            TestLayers.TAR,
            MANIFEST,
            1 << 30,
            () -> new SequenceInputStream(new ByteArrayInputStream(head), blocking(stuck)));
    List<EngineException> thrown = new ArrayList<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    prepare(new RootFilesystems(directory), layer);
                  } catch (EngineException e) {
                    thrown.add(e);
                  }
                });
    assertTrue(stuck.await(60, TimeUnit.SECONDS));
    thread.interrupt();
    thread.join(60_000);
    assertEquals(Kind.CANCELLED, thrown.getFirst().kind());
    assertOnlyLocksIn(directory);
  }

  @Test
  void manyThreadsThatWantTheSameImageMakeItOnce() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    byte[] tar = new TestTar().file("a", "a").end();
    LayerSource layer =
        new LayerSource(
            TestLayers.digest(tar),
            TestLayers.TAR,
            TestLayers.digest(tar),
            tar.length,
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream(tar);
            });
    List<Future<Path>> images = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        images.add(threads.submit(() -> prepare(new RootFilesystems(directory), layer)));
      }
    }
    for (Future<Path> image : images) {
      assertTrue(Files.isRegularFile(image.get()));
    }
    assertEquals(1, opened.get());
  }

  @Test
  void anUnreadableBlobIsNotCalledCorrupt() throws IOException {
    LayerSource layer =
        new LayerSource(
            MANIFEST,
            TestLayers.TAR,
            MANIFEST,
            5,
            () -> {
              throw new IOException("disk on fire");
            });
    EngineException e =
        assertThrows(EngineException.class, () -> prepare(new RootFilesystems(directory), layer));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("disk on fire"));
    assertOnlyLocksIn(directory);
  }

  @Test
  void whatAKilledProcessLeftIsCleanedUp() throws IOException {
    String name = MANIFEST.replace(':', '-');
    Path abandoned = Files.createDirectory(directory.resolve("building-" + name));
    Files.write(abandoned.resolve("root.ext4"), new byte[100]);
    LayerSource layer = TestLayers.plain(new TestTar().file("a", "a").end());
    Tools.assertClean(prepare(new RootFilesystems(directory), layer));
    assertTrue(Files.notExists(abandoned));
  }

  @Test
  void theSameLayersGiveTheSameBytes() throws IOException {
    LayerSource layer = TestLayers.gzip(new TestTar().directory("d").file("d/a", "a").end());
    Path first = prepare(new RootFilesystems(directory.resolve("1")), layer);
    Path second = prepare(new RootFilesystems(directory.resolve("2")), layer);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void progressEndsWithAllBytes() {
    LayerSource layer = TestLayers.gzip(new TestTar().file("a", new byte[1 << 20]).end());
    List<Long> heard = new ArrayList<>();
    new RootFilesystems(directory)
        .prepare(
            MANIFEST,
            List.of(layer, layer),
            (done, total) -> {
              assertEquals(2 * layer.sizeBytes(), total);
              heard.add(done);
            });
    assertEquals(0, heard.getFirst());
    assertEquals(2 * layer.sizeBytes(), heard.getLast());
    assertEquals(heard.stream().sorted().toList(), heard);
  }

  @Test
  void writableDisksOfImpossibleSizesAreRefused() {
    for (long size : new long[] {0, -4096, 4097, 4096, 1L << 50}) {
      EngineException e =
          assertThrows(
              EngineException.class, () -> WritableDisk.create(directory.resolve("d"), size));
      assertEquals(Kind.INVALID, e.kind(), e.getMessage());
    }
    WritableDisk.create(directory.resolve("d"), 8 << 20);
    Tools.assertClean(directory.resolve("d"));
    EngineException e =
        assertThrows(
            EngineException.class, () -> WritableDisk.create(directory.resolve("d"), 8 << 20));
    assertEquals(Kind.CONFLICT, e.kind());
  }

  private static Path prepare(RootFilesystems filesystems, LayerSource layer) {
    return filesystems.prepare(MANIFEST, List.of(layer), UnpackProgress.NONE);
  }

  /** A stream that waits until its thread is interrupted. */
  private static InputStream blocking(CountDownLatch stuck) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        stuck.countDown();
        try {
          Thread.sleep(TimeUnit.MINUTES.toMillis(10));
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return -1;
      }
    };
  }

  private static void assertOnlyLocksIn(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      assertEquals(List.of(), children.filter(p -> !p.toString().endsWith(".lock")).toList());
    }
  }
}
