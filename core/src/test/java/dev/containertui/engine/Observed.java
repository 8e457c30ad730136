package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What tests wait for and read of containers, which go their own way. */
final class Observed {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private Observed() {}

  /** Fails if the condition does not come true within {@link #PATIENCE}. */
  static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    eventually(what, PATIENCE, condition);
  }

  /** Fails if the condition does not come true in time. */
  static void eventually(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      Thread.sleep(20);
    }
  }

  /** All that a container has written until now. */
  static String log(Container container) {
    return text(container.logs(LogQuery.everything()));
  }

  /** What a log has, whoever wrote it to which stream. */
  static String text(LogStream stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (stream) {
      for (Optional<LogRecord> next = stream.next(); next.isPresent(); next = stream.next()) {
        bytes.writeBytes(next.get().bytes());
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether a container writes nothing for a second and a half. */
  static boolean isSilent(Container container) {
    String before = log(container);
    try {
      Thread.sleep(1500);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return log(container).equals(before);
  }
}
