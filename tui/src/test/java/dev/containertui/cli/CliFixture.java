package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/** Runs command lines against a {@link FakeEngine} and keeps what they print apart. */
final class CliFixture {
  final FakeEngine engine = new FakeEngine();
  final Map<String, String> environment = new HashMap<>();

  /** Who listens for a signal; the last one hears it, and gives it back to the one before. */
  private final Map<String, Deque<Runnable>> signals = new ConcurrentHashMap<>();

  InputStream in = new ByteArrayInputStream(new byte[0]);
  OutputStream out = new ByteArrayOutputStream();
  boolean terminal;
  int opened;

  /** Why the engine does not open; empty: it does. */
  String engineFailure = "";

  record Result(int exitCode, String out, String err) {
    Result expect(int code) {
      assertEquals(code, exitCode, out + err);
      return this;
    }
  }

  Result run(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio io =
        new Stdio(
            in, out, new PrintStream(err, true, StandardCharsets.UTF_8), false, terminal, terminal);
    CliContext context =
        new CliContext(
            io,
            environment,
            () -> {
              opened++;
              if (!engineFailure.isEmpty()) {
                throw new EngineException(Kind.UNAVAILABLE, engineFailure, "install it");
              }
              return engine;
            },
            (name, action) -> {
              Deque<Runnable> handlers =
                  signals.computeIfAbsent(name, _ -> new ConcurrentLinkedDeque<>());
              handlers.push(action);
              return () -> handlers.remove(action);
            },
            Clock.fixed(Instant.parse("2026-01-22T00:00:00Z"), ZoneOffset.UTC));
    int exitCode = new Cli(context).run(arguments);
    return new Result(exitCode, out.toString(), err.toString(StandardCharsets.UTF_8));
  }

  /** Sends a signal to a command that pulls or boots. */
  void raise(String name) {
    await("somebody listens for SIG" + name, () -> listens(name));
    signals.get(name).getFirst().run();
  }

  /**
   * Sends a signal to a command that is attached to its container: it listens for SIGCONT, and the
   * start, which can be cancelled, has given SIGINT back.
   */
  void raiseWhenAttached(String name) {
    await(
        "the command listens for SIG" + name,
        () -> listens("CONT") && signals.get("INT").size() == 1);
    signals.get(name).getFirst().run();
  }

  /** Waits until nobody listens for a signal. */
  void awaitNobody(String name) {
    await("nobody listens for SIG" + name, () -> !listens(name));
  }

  boolean listens(String name) {
    Deque<Runnable> handlers = signals.get(name);
    return handlers != null && !handlers.isEmpty();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited until " + what);
      }
      Thread.onSpinWait();
    }
  }

  /** An output that nobody reads. */
  static OutputStream brokenPipe() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }

      @Override
      public String toString() {
        return "";
      }
    };
  }
}
