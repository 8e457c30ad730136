package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.api.http.Limits;
import dev.containertui.engine.api.http.SocketFile;
import dev.containertui.error.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients that are broken, slow, hostile or dying can do to the server: nothing. */
@Timeout(120)
class ProtocolTest {
  private static final int MAX_CONNECTIONS = 8;

  private ServerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture(limits(Duration.ofMinutes(1)));
  }

  private static Limits limits(Duration patience) {
    return new Limits(MAX_CONNECTIONS, patience, patience, patience, 4096, 20, 16 << 10);
  }

  /** For tests of clients that are slow on purpose: all others may be so, on a busy machine. */
  private void waitForNobody() throws IOException {
    fixture.close();
    fixture = new ServerFixture(limits(Duration.ofSeconds(1)));
  }

  /** Whatever a test did: no connection stays, and the server still answers. */
  @AfterEach
  void stop() throws Exception {
    ServerFixture.await(() -> fixture.server.connections() == 0);
    assertEquals(200, fixture.get("/_ping").status());
    fixture.close();
  }

  private RawClient.Answer send(String bytes) throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send(bytes);
      RawClient.Answer answer = client.answer();
      assertEquals("close", answer.headers().get("connection"));
      assertEquals(-1, client.read());
      return answer;
    }
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.socket.getParent())));
  }

  @Test
  void listensOnlyWhereNobodyDoes() throws IOException {
    EngineException refused =
        assertThrows(EngineException.class, () -> SocketFile.listen(fixture.socket));
    assertEquals(EngineException.Kind.CONFLICT, refused.kind());
    Path file = Files.createTempFile("no", "socket");
    assertThrows(EngineException.class, () -> SocketFile.listen(file));
    assertTrue(Files.exists(file));
    Path abandoned = Files.createTempDirectory("api").resolve("socket");
    SocketFile.listen(abandoned).close();
    assertTrue(Files.exists(abandoned));
    SocketFile.listen(abandoned).close();
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    assertEquals(400, send("GARBAGE\r\n\r\n").status());
    assertEquals(400, send("GET / FTP/9.9\r\n\r\n").status());
    assertEquals(400, send("GET /_ping HTTP/1.1\r\nno colon here\r\n\r\n").status());
    assertTrue(send("\0\0\0\0\r\n\r\n").json().path("message").asText().startsWith("not an HTTP"));
  }

  @Test
  void refusesAmbiguousLengths() throws IOException {
    assertEquals(
        400,
        send("POST /_ping HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n").status());
    assertEquals(
        400,
        send("POST /auth HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n")
            .status());
    assertEquals(400, send("POST /auth HTTP/1.1\r\nContent-Length: -4\r\n\r\n").status());
    assertEquals(400, send("POST /auth HTTP/1.1\r\nContent-Length: many\r\n\r\n").status());
  }

  @Test
  void refusesHeadsThatAreTooLarge() throws IOException {
    assertEquals(431, send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n").status());
    assertEquals(431, send("GET / HTTP/1.1\r\nX: " + "a".repeat(5000) + "\r\n\r\n").status());
    assertEquals(431, send("GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(30) + "\r\n").status());
    String line = "X: " + "a".repeat(3000) + "\r\n";
    assertEquals(431, send("GET / HTTP/1.1\r\n" + line.repeat(10) + "\r\n").status());
  }

  @Test
  void doesNotWaitForSlowHeads() throws IOException {
    waitForNobody();
    assertEquals(408, send("GET /_ping HTTP/1.1\r\nHos").status());
  }

  @Test
  void closesIdleConnectionsWithoutAWord() throws IOException {
    waitForNobody();
    try (RawClient client = fixture.connect()) {
      assertEquals(-1, client.read());
    }
    try (RawClient client = fixture.connect()) {
      assertEquals(200, client.request("GET", "/_ping", "").answer().status());
      assertEquals(-1, client.read());
    }
  }

  @Test
  void doesNotWaitForSlowBodies() throws IOException {
    waitForNobody();
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/create HTTP/1.1\r\nContent-Length: 10\r\n\r\n{");
      assertEquals(-1, client.read());
    }
  }

  @Test
  void refusesJsonThatIsTooLargeOrTooDeepOrNone() throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/create HTTP/1.1\r\nContent-Length: " + (5 << 20) + "\r\n\r\n");
      client.send(new byte[5 << 20]);
      assertEquals(413, client.answer().status());
    }
    assertEquals(400, fixture.post("/containers/create", "[".repeat(100_000)).status());
    assertEquals(400, fixture.post("/containers/create", "{").status());
    assertEquals(400, fixture.post("/containers/create", "[]").status());
    assertEquals(400, fixture.post("/containers/create", "\"text\"").status());
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send(
          "GET /_ping HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\n\r\n"
              + "POST /auth HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}HEAD /_ping HTTP/1.1\r\n\r\n"
              + "GET /_ping HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertEquals("OK", client.answer().text());
      assertEquals(404, client.answer().status());
      assertEquals(400, client.answer().status());
      assertEquals("2", client.head().headers().get("content-length"));
      assertEquals("OK", client.answer().text());
      assertEquals(-1, client.read());
    }
  }

  @Test
  void readsChunkedBodies() throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST /containers/create?name=chunked HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "9\r\n{\"Image\":\r\n9\r\n\"busybox\"\r\n1\r\n}\r\n0\r\n\r\n");
      assertEquals(201, client.answer().status());
      assertEquals("chunked", fixture.engine.containers.getFirst().name());
      client.send(
          "POST /containers/create HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
      assertEquals(-1, client.read());
    }
  }

  @Test
  void tellsTheClientToContinueOnlyWhenItReads() throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST /containers/create HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 19\r\n\r\n");
      assertEquals(100, client.head().status());
      client.send("{\"Image\":\"busybox\"}");
      assertEquals(201, client.answer().status());
      client.send("POST /nowhere HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 19\r\n\r\n");
      assertEquals(404, client.answer().status());
      assertEquals(-1, client.read());
    }
    assertEquals(417, send("GET /_ping HTTP/1.1\r\nExpect: miracles\r\n\r\n").status());
  }

  @Test
  void speaksTheOldProtocolToOldClients() throws IOException {
    fixture.engine.add("old").run();
    fixture.engine.containers.getFirst().log.out("line\n");
    assertEquals("OK", send("GET /_ping HTTP/1.0\r\n\r\n").text());
    try (RawClient client = fixture.connect()) {
      client.send("GET /containers/old/logs?stdout=1 HTTP/1.0\r\n\r\n");
      RawClient.Head head = client.head();
      assertFalse(head.headers().containsKey("transfer-encoding"));
      assertEquals(8 + 5, client.readToEnd().length);
    }
  }

  @Test
  void answersAClientThatHasClosedItsSide() throws IOException {
    try (RawClient client = fixture.connect()) {
      client.send("GET /containers/json HTTP/1.1\r\n\r\n");
      client.endOutput();
      assertEquals(200, client.answer().status());
      assertEquals(-1, client.read());
    }
  }

  @Test
  void noticesThatAStreamsClientIsGone() throws Exception {
    FakeContainer container = fixture.engine.add("followed").run();
    try (RawClient client = fixture.connect()) {
      client.request("GET", "/events", "");
      assertEquals(200, client.head().status());
    }
    try (RawClient client = fixture.connect()) {
      client.request("GET", "/containers/followed/logs?stdout=1&follow=1", "");
      assertEquals(200, client.head().status());
      assertEquals(1, container.log.readers());
    }
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/containers/followed/wait", "");
      assertEquals(200, client.head().status());
    }
    ServerFixture.await(() -> fixture.engine.listeners.isEmpty());
    ServerFixture.await(() -> container.log.readers() == 0);
  }

  @Test
  void turnsAwayMoreClientsThanItTakes() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      RawClient client = fixture.connect();
      client.request("GET", "/events", "").head();
      clients.add(client);
    }
    try (RawClient oneMore = fixture.connect()) {
      assertEquals(503, oneMore.head().status());
      assertEquals(-1, oneMore.read());
    }
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void survivesClientsThatComeAndDie() throws Exception {
    int descriptors = openFiles();
    for (int i = 0; i < 200; i++) {
      try (RawClient client = fixture.connect()) {
        switch (i % 4) {
          case 0 -> client.send("GET /_pi");
          case 1 -> client.request("GET", "/info", "");
          case 2 -> client.send("POST /containers/create HTTP/1.1\r\nContent-Length: 99\r\n\r\n{");
          default -> {}
        }
      }
      ServerFixture.await(() -> fixture.server.connections() < MAX_CONNECTIONS);
    }
    ServerFixture.await(() -> fixture.server.connections() == 0);
    ServerFixture.await(() -> openFiles() <= descriptors);
  }

  /** Valid requests with some bytes changed, cut or doubled; each is answered or ends. */
  @Test
  void survivesRandomDamage() throws Exception {
    byte[][] seeds = {
      "GET /v1.41/containers/json?all=1&filters=%7B%22status%22%3A%5B%22exited%22%5D%7D HTTP/1.1\r\nHost: a\r\n\r\n"
          .getBytes(),
      ("POST /containers/create?name=x HTTP/1.1\r\nContent-Length: 59\r\n\r\n"
              + "{\"Image\":\"busybox\",\"Env\":[\"A=b\"],\"HostConfig\":{\"Memory\":0}}")
          .getBytes(),
      ("PUT /containers/a/archive?path=/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "4\r\nabcd\r\n0\r\n\r\n")
          .getBytes(),
      "POST /containers/a/attach?stream=1&stdout=1&detachKeys=ctrl-a HTTP/1.1\r\nUpgrade: tcp\r\n\r\n"
          .getBytes(),
    };
    fixture.engine.add("a").exit(0);
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = seeds[i % seeds.length].clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (RawClient client = fixture.connect()) {
        client.send(Arrays.copyOf(bytes, bytes.length - random.nextInt(3)));
        client.endOutput();
        client.readToEnd();
      } catch (IOException e) {
        // It broke off, which is one way to end.
      }
    }
  }

  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }

  @Test
  void endsItsConnectionsWhenItIsClosed() throws Exception {
    try (RawClient waiting = fixture.connect();
        RawClient idle = fixture.connect()) {
      waiting.request("GET", "/events", "").head();
      fixture.server.close();
      assertArrayEquals(new byte[0], waiting.readToEnd());
      assertEquals(-1, idle.read());
    }
    assertTrue(fixture.engine.listeners.isEmpty());
    Files.delete(fixture.socket);
    fixture = new ServerFixture(limits(Duration.ofMinutes(1)));
  }
}
