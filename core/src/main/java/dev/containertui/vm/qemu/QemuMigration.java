package dev.containertui.vm.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Saves and loads the state of a machine's devices with QEMU's migration. Memory stays where it is:
 * it is a file already, and {@code x-ignore-shared} leaves it out.
 */
record QemuMigration(QmpClient qmp) {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration SAVE_LIMIT = Duration.ofSeconds(20);

  /** Some hundred kilobytes; a stream that never ends is none. */
  private static final long MAX_STATE_BYTES = 64L << 20;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

  /**
   * Stops the machine and writes its state.
   *
   * @param socket path for a socket that QEMU writes to
   */
  void save(Path socket, Path state) {
    ignoreShared();
    qmp.execute("stop", Map.of(), COMMAND_LIMIT);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      qmp.execute("migrate", Map.of("uri", "unix:" + socket), COMMAND_LIMIT);
      Thread writer = Thread.ofVirtual().name("template-state").start(() -> copy(server, state));
      awaitCompletion();
      if (!writer.join(SAVE_LIMIT)) {
        throw tooLate();
      }
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the machine's state cannot be written: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
    if (!Files.exists(state)) {
      throw new EngineException(Kind.UNAVAILABLE, "the machine's state could not be written");
    }
  }

  /** Leaves no file if it fails. */
  private static void copy(ServerSocketChannel server, Path state) {
    try (SocketChannel connection = server.accept();
        var in = Channels.newInputStream(connection)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(MAX_STATE_BYTES));
      if (bytes.length < MAX_STATE_BYTES) {
        Files.write(state, bytes);
      }
    } catch (IOException e) {
      // The one who waits sees that there is no file.
    }
  }

  private void awaitCompletion() throws InterruptedException {
    long deadline = System.nanoTime() + SAVE_LIMIT.toNanos();
    while (true) {
      JsonNode progress = qmp.execute("query-migrate", Map.of(), COMMAND_LIMIT);
      switch (progress.path("status").asText()) {
        case "completed" -> {
          return;
        }
        case "failed", "cancelled" ->
            throw new EngineException(
                Kind.UNAVAILABLE,
                "QEMU cannot save the machine: " + progress.path("error-desc").asText());
        default -> {
          if (System.nanoTime() > deadline) {
            throw tooLate();
          }
          Thread.sleep(POLL_INTERVAL);
        }
      }
    }
  }

  /** Has QEMU begin to load what its descriptor 0 has. */
  void load() {
    ignoreShared();
    qmp.execute("migrate-incoming", Map.of("uri", "fd:0"), COMMAND_LIMIT);
  }

  private void ignoreShared() {
    qmp.execute(
        "migrate-set-capabilities",
        Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))),
        COMMAND_LIMIT);
  }

  private static EngineException tooLate() {
    return new EngineException(
        Kind.TIMEOUT, "QEMU did not save the machine within " + SAVE_LIMIT.toSeconds() + " s");
  }

  private static EngineException cancelled(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, "saving the machine was cancelled", e);
  }
}
