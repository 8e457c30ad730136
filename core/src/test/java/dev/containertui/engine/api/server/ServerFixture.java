package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Limits;
import dev.containertui.engine.api.http.SocketFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A server of a fake engine, on a socket in a directory of its own. */
final class ServerFixture implements AutoCloseable {
  private static final long WAIT_NANOS = Duration.ofMinutes(1).toNanos();

  final FakeEngine engine = new FakeEngine();
  final Path socket;
  final ApiServer server;

  ServerFixture() throws IOException {
    this(Limits.DEFAULT);
  }

  ServerFixture(Limits limits) throws IOException {
    socket = Files.createTempDirectory("api").resolve("run/docker.sock");
    server = ApiServer.start(engine, SocketFile.listen(socket), limits);
  }

  RawClient connect() throws IOException {
    return new RawClient(socket);
  }

  RawClient.Answer get(String target) throws IOException {
    return ask("GET", target, "");
  }

  RawClient.Answer post(String target, String body) throws IOException {
    return ask("POST", target, body);
  }

  RawClient.Answer ask(String method, String target, String body) throws IOException {
    try (RawClient client = connect()) {
      return client.request(method, target, body).answer();
    }
  }

  /** Waits until something has come true; fails if it does not within a minute. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come true");
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.getParent());
    Files.deleteIfExists(socket.getParent().getParent());
  }
}
