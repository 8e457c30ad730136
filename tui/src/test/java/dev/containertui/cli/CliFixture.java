package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs command lines against a {@link FakeEngine} and keeps what they print apart. */
final class CliFixture {
  final FakeEngine engine = new FakeEngine();
  final Map<String, String> environment = new HashMap<>();
  final Map<String, Runnable> signals = new ConcurrentHashMap<>();
  InputStream in = new ByteArrayInputStream(new byte[0]);
  OutputStream out = new ByteArrayOutputStream();
  boolean terminal;
  int opened;

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
              return engine;
            },
            (name, action) -> {
              signals.put(name, action);
              return () -> signals.remove(name, action);
            },
            Clock.fixed(Instant.parse("2026-01-22T00:00:00Z"), ZoneOffset.UTC));
    int exitCode = new Cli(context).run(arguments);
    return new Result(exitCode, out.toString(), err.toString(StandardCharsets.UTF_8));
  }

  /** Sends a signal to a command that pulls or boots. */
  void raise(String name) {
    awaitHandler(name);
    signals.get(name).run();
  }

  /** Sends a signal to a command that is attached to its container; it listens for SIGCONT last. */
  void raiseWhenAttached(String name) {
    awaitHandler("CONT");
    signals.get(name).run();
  }

  private void awaitHandler(String name) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!signals.containsKey(name)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nobody listens for SIG" + name);
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
