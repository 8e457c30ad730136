package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.LogRecord;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.api.StreamFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output, input, and connections that are no longer HTTP. */
@Timeout(120)
class StreamRoutesTest {
  private static final String UPGRADE =
      " HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";

  private ServerFixture fixture;
  private FakeContainer container;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture();
    container = fixture.engine.add("one");
  }

  @AfterEach
  void stop() throws Exception {
    ServerFixture.await(() -> fixture.server.connections() == 0);
    fixture.close();
  }

  @Test
  void tellsLogsInFrames() throws IOException {
    container.run();
    container.log.out("one\ntw");
    container.log.err("bad\n");
    container.log.out("o\n");
    RawClient.Answer all = fixture.get("/containers/one/logs?stdout=1&stderr=1");
    assertEquals(StreamFrame.MULTIPLEXED, all.headers().get("content-type"));
    assertEquals("1:one\ntw2:bad\n1:o\n", Frames.frames(all.body()));
    assertEquals("2:bad\n", Frames.frames(fixture.get("/containers/one/logs?stderr=1").body()));
    String stamp = "2026-01-02T03:04:05.678000000Z ";
    assertEquals(
        "1:" + stamp + "one\n" + stamp + "tw2:" + stamp + "bad\n1:o\n",
        Frames.frames(fixture.get("/containers/one/logs?stdout=1&stderr=1&timestamps=1").body()));
    assertEquals(400, fixture.get("/containers/one/logs").status());
    assertEquals(404, fixture.get("/containers/two/logs?stdout=1").status());
  }

  @Test
  void passesOnWhichPartOfTheLogIsWanted() throws IOException {
    fixture.get(
        "/containers/one/logs?stdout=1&tail=5&since=1767225600.5&until=2026-01-01T00:00:09Z");
    assertEquals(
        "logs LogQuery[out=true, err=false, follow=false, since=Optional[2026-01-01T00:00:00.500Z],"
            + " until=Optional[2026-01-01T00:00:09Z], tail=OptionalLong[5]]",
        container.calls.getFirst());
    fixture.get("/containers/one/logs?stdout=1&tail=all&since=0");
    assertTrue(container.calls.getLast().contains("since=Optional.empty"));
    assertTrue(container.calls.getLast().contains("tail=OptionalLong.empty"));
    assertEquals(400, fixture.get("/containers/one/logs?stdout=1&since=yesterday").status());
  }

  @Test
  void followsLogsAsTheyCome() throws Exception {
    container.run();
    try (RawClient client = fixture.connect()) {
      client.request("GET", "/containers/one/logs?stdout=1&follow=1", "").head();
      container.log.out("first\n");
      assertEquals("1:first\n", Frames.frames(client.chunk()));
      container.log.out("second\n");
      assertEquals("1:second\n", Frames.frames(client.chunk()));
      container.exit(0);
      assertEquals(0, client.chunk().length);
    }
  }

  @Test
  void tellsTheLogOfATerminalAsItIs() throws IOException {
    FakeContainer terminal =
        fixture.engine.add(
            ContainerSpec.of("busybox").name("tty").terminal(new TerminalSize(80, 24)).build());
    terminal.log.out("raw\r\n");
    RawClient.Answer answer = fixture.get("/containers/tty/logs?stdout=1");
    assertEquals(StreamFrame.RAW, answer.headers().get("content-type"));
    assertEquals("raw\r\n", answer.text());
  }

  @Test
  void attachesBeforeTheStartAndMissesNothing() throws Exception {
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/one/attach?stream=1&stdin=1&stdout=1&stderr=1" + UPGRADE);
      RawClient.Head head = client.head();
      assertEquals(101, head.status());
      assertEquals("tcp", head.headers().get("upgrade"));
      assertEquals(StreamFrame.MULTIPLEXED, head.headers().get("content-type"));
      container.run();
      container.log.out("out");
      container.log.err("err");
      assertEquals(1, Frames.frame(client).stream());
      assertEquals("err", new String(Frames.frame(client).bytes()));
      client.send("typed");
      client.endOutput();
      assertTrue(container.inputEnd.await(30, TimeUnit.SECONDS));
      assertEquals("typed", container.input.toString(StandardCharsets.UTF_8));
      container.log.out("after the end of input");
      assertEquals("after the end of input", new String(Frames.frame(client).bytes()));
      container.exit(0);
      assertEquals(-1, client.read());
    }
    ServerFixture.await(() -> container.openAttachments == 0);
  }

  @Test
  void attachesTheInputOfOneRunAndNothingElse() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    container.main =
        new FakeProcess(
            ProcessSpec.of("cat"),
            process -> {
              assertEquals("typed", new String(process.stdin.readNBytes(5)));
              read.countDown();
              leave.await();
              return 0;
            });
    String attach = "POST /containers/one/attach?stream=1&stdin=1&ContainerTuiRun=";
    try (RawClient client = fixture.connect()) {
      client.send(attach + "1970-01-01T00:00:00Z" + UPGRADE);
      assertEquals(101, client.head().status());
      client.send("typed");
      assertTrue(read.await(30, TimeUnit.SECONDS));
      assertEquals(0, container.openAttachments, "none that the container's end waits for");
      leave.countDown();
      assertEquals(-1, client.read(), "it ends with the process");
    }
    assertEquals(
        409,
        fixture
            .post(
                "/containers/one/attach?stream=1&stdin=1&ContainerTuiRun=1970-01-01T00:00:00Z", "")
            .status(),
        "it is over");
    container.main = new FakeProcess(ProcessSpec.of("cat"), process -> process.stdin.read());
    assertEquals(
        409,
        fixture
            .post(
                "/containers/one/attach?stream=1&stdin=1&ContainerTuiRun=1970-01-02T00:00:00Z", "")
            .status(),
        "another run");
    container.main.getOutputStream().close();
  }

  @Test
  void attachesWithoutUpgradeAndWithInputThatCameWithTheRequest() throws Exception {
    container.run();
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST /containers/one/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\n\r\nearly bytes");
      RawClient.Head head = client.head();
      assertEquals(200, head.status());
      assertFalse(head.headers().containsKey("transfer-encoding"));
      client.endOutput();
      assertTrue(container.inputEnd.await(30, TimeUnit.SECONDS));
      assertEquals("early bytes", container.input.toString(StandardCharsets.UTF_8));
      container.exit(0);
      assertEquals(-1, client.read());
    }
  }

  @Test
  void sendsOnlyTheStreamsThatAreWanted() throws Exception {
    container.run();
    container.log.out("before ");
    container.log.err("unwanted");
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/one/attach?stream=1&logs=1&stdout=1" + UPGRADE);
      client.head();
      assertEquals("before ", new String(Frames.frame(client).bytes()));
      container.log.err("unwanted");
      container.log.out("after");
      assertEquals("after", new String(Frames.frame(client).bytes()));
      container.exit(0);
      assertEquals(-1, client.read());
    }
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/one/attach?logs=1&stderr=1" + UPGRADE);
      client.head();
      assertEquals("2:unwanted2:unwanted", Frames.frames(client.readToEnd()));
    }
  }

  @Test
  void letsGoWhenTheDetachKeysAreTyped() throws Exception {
    FakeContainer terminal =
        fixture.engine.add(
            ContainerSpec.of("busybox")
                .name("tty")
                .openStdin(true)
                .terminal(new TerminalSize(80, 24))
                .build());
    terminal.run();
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/tty/attach?stream=1&stdin=1&stdout=1" + UPGRADE);
      client.head();
      client.send("ls\r\u0010x\u0010");
      client.send("\u0011never");
      assertEquals(-1, client.read());
    }
    assertEquals("ls\r\u0010x", terminal.input.toString(StandardCharsets.UTF_8));
    assertEquals(1, terminal.inputEnd.getCount());
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST /containers/tty/attach?stream=1&stdin=1&stdout=1&detachKeys=a,ctrl-%5D" + UPGRADE);
      client.head();
      client.send("\u0010\u0011a\u001d");
      assertEquals(-1, client.read());
    }
    assertEquals(
        400, fixture.post("/containers/tty/attach?stream=1&detachKeys=meta-x", "").status());
  }

  @Test
  void noticesAClientThatDiesWhileOutputComes() throws Exception {
    container.run();
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/one/attach?stream=1&stdout=1" + UPGRADE);
      client.head();
      container.log.out("x");
      Frames.frame(client);
    }
    ServerFixture.await(
        () -> {
          container.log.out("more");
          return container.openAttachments == 0;
        });
  }

  @Test
  void aClientThatDoesNotReadHoldsUpNobodyElse() throws Exception {
    container.run();
    try (RawClient lazy = fixture.connect();
        RawClient eager = fixture.connect()) {
      lazy.send("POST /containers/one/attach?stream=1&stdout=1" + UPGRADE);
      lazy.head();
      eager.send("POST /containers/one/attach?stream=1&stdout=1" + UPGRADE);
      eager.head();
      byte[] block = new byte[32_000];
      for (int i = 0; i < 200; i++) {
        container.log.write(LogRecord.Stream.OUT, block);
        assertEquals(block.length, Frames.frame(eager).bytes().length);
      }
      assertEquals(200, fixture.get("/containers/json").status());
      container.exit(0);
      assertEquals(200 * (block.length + 8), lazy.readToEnd().length);
    }
  }
}
