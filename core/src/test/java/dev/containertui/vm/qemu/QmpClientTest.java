package dev.containertui.vm.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.qemu.QmpClient.QmpEvent;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class QmpClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n";

  @TempDir Path directory;
  private Path socket;
  private ServerSocketChannel server;
  private final List<QmpEvent> events = new CopyOnWriteArrayList<>();

  /** What the other side does with its connection. */
  private interface Server {
    void serve(SocketChannel channel) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    socket = directory.resolve("qmp.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private QmpClient connect(Duration limit, Server behaviour) throws IOException {
    Thread.ofVirtual()
        .start(
            () -> {
              try (var channel = server.accept()) {
                behaviour.serve(channel);
              } catch (IOException e) {
                // The client has hung up, which is its right.
              }
            });
    return QmpClient.connect(socket, limit, events::add);
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Takes one request and no byte of the next, which may have come already. */
  private static void takeRequest(SocketChannel channel) throws IOException {
    ByteBuffer next = ByteBuffer.allocate(1);
    do {
      next.clear();
    } while (channel.read(next) > 0 && next.get(0) != '\n');
  }

  /** Answers the n-th request, whose id is n. */
  private static void answer(SocketChannel channel, int id, String body) throws IOException {
    takeRequest(channel);
    send(channel, "{" + body + ", \"id\": \"" + id + "\"}\r\n");
  }

  private static void negotiate(SocketChannel channel) throws IOException {
    send(channel, GREETING);
    answer(channel, 1, "\"return\": {}");
  }

  private static void keepSilent(SocketChannel channel) throws IOException {
    while (channel.read(ByteBuffer.allocate(4096)) >= 0) {}
  }

  @Test
  void runsCommandsAndReportsEventsInBetween() throws IOException {
    try (var qmp =
        connect(
            LONG,
            channel -> {
              negotiate(channel);
              send(channel, "{\"event\": \"SHUTDOWN\", \"data\": {\"reason\": \"guest-reset\"}}\n");
              answer(channel, 2, "\"return\": {\"status\": \"running\"}");
              keepSilent(channel);
            })) {
      assertEquals("running", qmp.execute("query-status", Map.of(), LONG).path("status").asText());
      assertEquals("SHUTDOWN", events.getFirst().name());
      assertEquals("guest-reset", events.getFirst().data().path("reason").asText());
    }
  }

  @Test
  void tellsWhyACommandWasRefused() throws IOException {
    try (var qmp =
        connect(
            LONG,
            channel -> {
              negotiate(channel);
              answer(
                  channel,
                  2,
                  "\"error\": {\"class\": \"GenericError\", \"desc\": \"no such thing\"}");
              keepSilent(channel);
            })) {
      var refused =
          assertThrows(
              EngineException.class, () -> qmp.execute("balloon", Map.of("value", 1), LONG));
      assertEquals(Kind.UNAVAILABLE, refused.kind());
      assertEquals("QEMU refused balloon: no such thing", refused.getMessage());
    }
  }

  @Test
  void givesUpOnASilentServer() {
    var late = assertThrows(EngineException.class, () -> connect(SHORT, QmpClientTest::keepSilent));
    assertEquals(Kind.TIMEOUT, late.kind());
  }

  @Test
  void givesUpOnACommandWithoutAnswerAndStaysClosed() throws IOException {
    try (var qmp =
        connect(
            LONG,
            channel -> {
              negotiate(channel);
              keepSilent(channel);
            })) {
      var late = assertThrows(EngineException.class, () -> qmp.execute("stop", Map.of(), SHORT));
      assertEquals(Kind.TIMEOUT, late.kind());
      assertThrows(EngineException.class, () -> qmp.execute("stop", Map.of(), LONG));
    }
  }

  @Test
  void refusesGarbage() {
    var garbage =
        assertThrows(
            EngineException.class, () -> connect(LONG, channel -> send(channel, "\0\1 hello\n")));
    assertEquals(Kind.UNAVAILABLE, garbage.kind());
    assertTrue(garbage.getMessage().contains("no JSON"), garbage::getMessage);
  }

  @Test
  void refusesADeepNest() {
    var nested =
        assertThrows(
            EngineException.class,
            () -> connect(LONG, channel -> send(channel, "[".repeat(500_000) + "\n")));
    assertEquals(Kind.UNAVAILABLE, nested.kind());
  }

  @Test
  void refusesAnEndlessLine() {
    var endless =
        assertThrows(
            EngineException.class,
            () ->
                connect(
                    LONG,
                    channel -> {
                      while (true) {
                        send(channel, " ".repeat(4096));
                      }
                    }));
    assertEquals(Kind.UNAVAILABLE, endless.kind());
    assertTrue(endless.getMessage().contains("endless line"), endless::getMessage);
  }

  @Test
  void survivesStrayAnswersAndUnknownMessages() throws IOException {
    try (var qmp =
        connect(
            LONG,
            channel -> {
              send(channel, "\r\n{}\n[1, 2]\nnull\n{\"return\": 1, \"id\": \"99\"}\n{\"id\": 7}\n");
              negotiate(channel);
              answer(channel, 2, "\"return\": 5");
              keepSilent(channel);
            })) {
      assertEquals(5, qmp.execute("anything", Map.of(), LONG).asInt());
    }
  }

  @Test
  void anInterruptCancelsTheWaitAndKeepsTheConnection() throws Exception {
    try (var qmp =
        connect(
            LONG,
            channel -> {
              negotiate(channel);
              takeRequest(channel);
              answer(channel, 3, "\"return\": 6");
              keepSilent(channel);
            })) {
      var failure = new AtomicReference<EngineException>();
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () ->
                      failure.set(
                          assertThrows(
                              EngineException.class, () -> qmp.execute("one", Map.of(), LONG))));
      while (waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(5);
      }
      waiting.interrupt();
      waiting.join();
      assertEquals(Kind.CANCELLED, failure.get().kind());
      assertEquals(6, qmp.execute("two", Map.of(), LONG).asInt());
    }
  }

  @Test
  void noticesThatTheServerHangsUp() throws Exception {
    try (var qmp = connect(LONG, QmpClientTest::negotiate)) {
      assertTrue(qmp.awaitEnd(LONG));
      var gone = assertThrows(EngineException.class, () -> qmp.execute("x", Map.of(), LONG));
      assertEquals(Kind.UNAVAILABLE, gone.kind());
    }
  }
}
