package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.engine.SupervisedProgram.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines that are killed at any time while their containers start, write, end and are removed.
 * Whatever they had said of a container, the next engine finds, with every byte that it wrote.
 *
 * <p>{@code -Dkill.rounds} says how often, {@code -Dkill.seed} repeats the delays of a run.
 */
class EngineKillIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
  private static final int MAX_DELAY_MILLIS = 7000;
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @TempDir Path home;
  private EngineConfig config;

  /** What a killed program had said. */
  private record Said(Set<String> started, Set<String> ended, Set<String> removed) {
    static Said of(String text) {
      return new Said(named(text, "started "), named(text, "ended "), named(text, "removed "));
    }

    private static Set<String> named(String text, String what) {
      return text.lines()
          .filter(line -> line.startsWith(what))
          .map(line -> line.substring(what.length()))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Test
  @Timeout(36_000)
  void theNextEngineFindsAllThatTheKilledOneHadSaid() throws Exception {
    config = TestEngine.prepare(home);
    String image;
    try (LocalEngine engine = LocalEngine.open(config)) {
      image = TestEngine.pullBusybox(engine).references().getFirst();
    }
    long seed = Long.getLong("kill.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      int delay = random.nextInt(MAX_DELAY_MILLIS);
      String context = "seed " + seed + ", round " + round + ", killed after " + delay + " ms: ";
      Said said = runAndKill(image, delay);
      try (LocalEngine engine = LocalEngine.openSupervising(config)) {
        check(engine, said, context);
        engine.containers().list(true).forEach(container -> container.remove(true));
      }
      Leftovers.assertNone(config);
    }
  }

  private Said runAndKill(String image, int delayMillis) throws Exception {
    Process program = SupervisedProgram.launch(home, image);
    try {
      assertEquals(SupervisedProgram.READY, program.inputReader().readLine());
      Thread.sleep(delayMillis);
    } finally {
      // Unlike the process's own, its handle's method leaves the pipe with what it said.
      program.toHandle().destroyForcibly();
      program.waitFor();
    }
    return Said.of(program.inputReader().readAllAsString());
  }

  private void check(LocalEngine engine, Said said, String context) throws Exception {
    Set<String> seen = new HashSet<>();
    for (Container container : engine.containers().list(true)) {
      String name = container.name();
      seen.add(name);
      Kind kind = Kind.of(name);
      String what = context + name + ": ";
      assertFalse(said.removed.contains(name), what + "had been removed");
      if (container.state() instanceof Created) {
        assertFalse(said.started.contains(name), what + "had been started");
        assertEquals("", log(container, LogRecord.Stream.OUT), what);
        continue;
      }
      ContainerState end = end(container, what);
      assertEquals(
          kind.exitCode, assertInstanceOf(Exited.class, end, what).exitCode(), what + "exit code");
      if (kind == Kind.THROWN) {
        assertTrue(engine.containers().find(name).isEmpty(), what + "is to be removed");
      } else {
        checkLog(container, kind, what);
      }
    }
    for (String name : said.started) {
      boolean mayBeGone = Kind.of(name) == Kind.SHORT || Kind.of(name) == Kind.THROWN;
      assertTrue(seen.contains(name) || mayBeGone, context + name + " is lost");
    }
    for (String name : said.ended) {
      assertFalse(
          Kind.of(name) == Kind.THROWN && seen.contains(name), context + name + " had gone");
    }
  }

  private static ContainerState end(Container container, String what) throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    container.awaitEnd();
                  } catch (InterruptedException e) {
                    // The test has given up.
                  }
                });
    if (!waiting.join(PATIENCE)) {
      waiting.interrupt();
      assertEquals("an end", container.state().toString(), what);
    }
    return container.state();
  }

  private static void checkLog(Container container, Kind kind, String what) {
    assertEquals(expected("", kind.lines()), log(container, LogRecord.Stream.OUT), what + "output");
    assertEquals(
        kind == Kind.LINES ? expected("e", kind.lines()) : "",
        log(container, LogRecord.Stream.ERR),
        what + "error output");
  }

  private static String expected(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i + "\n").collect(Collectors.joining());
  }

  private static String log(Container container, LogRecord.Stream wanted) {
    Map<LogRecord.Stream, ByteArrayOutputStream> bytes = new EnumMap<>(LogRecord.Stream.class);
    for (LogRecord.Stream stream : LogRecord.Stream.values()) {
      bytes.put(stream, new ByteArrayOutputStream());
    }
    try (LogStream stream = container.logs(LogQuery.everything())) {
      for (Optional<LogRecord> next = stream.next(); next.isPresent(); next = stream.next()) {
        bytes.get(next.get().stream()).writeBytes(next.get().bytes());
      }
    }
    return bytes.get(wanted).toString(StandardCharsets.UTF_8);
  }
}
