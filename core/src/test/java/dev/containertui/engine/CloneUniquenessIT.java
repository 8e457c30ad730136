package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.CProgram;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many clones of one template, of each the first thing that its first process sees (see
 * fingerprint.c): what has to differ between machines does, although all of them were one.
 */
@Timeout(600)
class CloneUniquenessIT {
  private static final int CLONES = 50;
  private static final int AT_ONCE = 8;
  private static final int BLOCK_DIGITS = 32;
  private static final double MAX_CLOCK_ERROR_SECONDS = 2;

  /** 64 ns each: an eighth of a second. Two random numbers are so near in one of 2,048 cases. */
  private static final int NEAR = 1 << 20;

  /** Of 1,225 pairs; 0.6 are to be expected. */
  private static final int MAX_NEAR_PAIRS = 10;

  @TempDir static Path home;
  private static EngineConfig config;
  private static LocalEngine engine;
  private static List<Clone> clones;

  /** What one clone said, and what the host knew of it. */
  private record Clone(Map<String, String> said, String id, Instant before, Instant after) {}

  @BeforeAll
  static void runClones() throws Exception {
    config = TestEngine.prepareWithTemplates(home);
    engine = LocalEngine.open(config);
    byte[] program = CProgram.compile(home, "fingerprint", "-static");
    String image =
        TestEngine.pullBusybox(engine, Map.of("fingerprint", program)).references().getFirst();
    String template =
        engine.templates().build(Optional.empty(), Optional.empty(), Optional.empty()).key();
    Callable<Clone> run =
        () -> {
          Container container =
              engine.containers().create(ContainerSpec.of(image).arguments("fingerprint").build());
          Instant before = Instant.now();
          ContainerProcess process = container.start();
          String text = new String(process.getInputStream().readAllBytes());
          String errors = new String(process.getErrorStream().readAllBytes());
          Instant after = Instant.now();
          assertEquals(0, process.waitFor(), text + errors);
          assertEquals("clone of template " + template, container.bootTimeline().start());
          container.awaitEnd();
          Map<String, String> said = new HashMap<>();
          for (String line : text.split("\n")) {
            said.put(line.split("=", 2)[0], line.split("=", 2)[1]);
          }
          return new Clone(said, container.shortId(), before, after);
        };
    clones = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Clone> clone :
          threads.invokeAll(IntStream.range(0, CLONES).mapToObj(_ -> run).toList())) {
        clones.add(clone.get());
      }
    }
  }

  @AfterAll
  static void close() throws Exception {
    engine.close();
    Leftovers.assertNone(config);
    Leftovers.assertDisksClean(config, CLONES + 1);
  }

  private static List<String> all(String name) {
    return clones.stream().map(clone -> clone.said().get(name)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"getrandom", "at-random", "uuid", "boot-id", "mac", "hostname", "isn"})
  void isNeverTheSame(String name) {
    assertEquals(CLONES, new HashSet<>(all(name)).size(), () -> name + ": " + all(name));
  }

  /** Keys are made of such blocks. */
  @Test
  void noBlockOfRandomBytesComesTwice() {
    Set<String> blocks = new HashSet<>();
    int count = 0;
    for (String bytes : all("urandom")) {
      for (int at = 0; at < bytes.length(); at += BLOCK_DIGITS) {
        blocks.add(bytes.substring(at, at + BLOCK_DIGITS));
        count++;
      }
    }
    assertEquals(CLONES * 64, count);
    assertEquals(count, blocks.size());
  }

  /** They have some twenty random bits, so that a few may be the same. */
  @ParameterizedTest
  @ValueSource(strings = {"stack", "mapping", "vdso", "heap"})
  void programsLieElsewhere(String name) {
    assertTrue(new HashSet<>(all(name)).size() > CLONES - 5, () -> name + ": " + all(name));
  }

  /** Else one container could tell how another's connections begin. */
  @Test
  void noTwoShareTheSecretOfTheirTcpConnections() {
    List<Integer> secrets = all("tcp-secret").stream().map(Integer::parseUnsignedInt).toList();
    int near = 0;
    for (int i = 0; i < CLONES; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs((long) (secrets.get(i) - secrets.get(j))) < NEAR) {
          near++;
        }
      }
    }
    assertTrue(near <= MAX_NEAR_PAIRS, near + " near pairs in " + secrets);
  }

  @Test
  void theClockIsTheHosts() {
    for (Clone clone : clones) {
      double seconds = Long.parseLong(clone.said().get("realtime-ns")) / 1e9;
      double early = clone.before().toEpochMilli() / 1e3 - seconds;
      double late = seconds - clone.after().toEpochMilli() / 1e3;
      assertTrue(Math.max(early, late) < MAX_CLOCK_ERROR_SECONDS, clone::toString);
    }
  }

  @Test
  void eachHasItsOwnName() {
    for (Clone clone : clones) {
      assertEquals(clone.id(), clone.said().get("hostname"));
    }
  }
}
