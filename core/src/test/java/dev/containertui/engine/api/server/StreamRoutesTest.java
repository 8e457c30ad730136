package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.LogRecord;
import dev.containertui.engine.api.StreamFrame;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

  private static String frames(byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteArrayInputStream source = new ByteArrayInputStream(bytes);
    for (Optional<StreamFrame> frame = StreamFrame.read(source);
        frame.isPresent();
        frame = StreamFrame.read(source)) {
      text.append(frame.get().stream()).append(':').append(new String(frame.get().bytes()));
    }
    return text.toString();
  }

  private static StreamFrame frame(RawClient client) throws IOException {
    byte[] header = client.read(8);
    return new StreamFrame(header[0], client.read((header[6] & 0xff) << 8 | header[7] & 0xff));
  }

  private String exec(String body) throws IOException {
    RawClient.Answer answer = fixture.post("/containers/one/exec", body);
    assertEquals(201, answer.status(), answer.text());
    return answer.json().path("Id").asText();
  }

  private JsonNode inspected(String id) throws IOException {
    return fixture.get("/exec/" + id + "/json").json();
  }

  @Test
  void tellsLogsInFrames() throws IOException {
    container.run();
    container.log.out("one\ntw");
    container.log.err("bad\n");
    container.log.out("o\n");
    RawClient.Answer all = fixture.get("/containers/one/logs?stdout=1&stderr=1");
    assertEquals(StreamFrame.MULTIPLEXED, all.headers().get("content-type"));
    assertEquals("1:one\ntw2:bad\n1:o\n", frames(all.body()));
    assertEquals("2:bad\n", frames(fixture.get("/containers/one/logs?stderr=1").body()));
    String stamp = "2026-01-02T03:04:05.678000000Z ";
    assertEquals(
        "1:" + stamp + "one\n" + stamp + "tw2:" + stamp + "bad\n1:o\n",
        frames(fixture.get("/containers/one/logs?stdout=1&stderr=1&timestamps=1").body()));
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
      assertEquals("1:first\n", frames(client.chunk()));
      container.log.out("second\n");
      assertEquals("1:second\n", frames(client.chunk()));
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
      assertEquals(1, frame(client).stream());
      assertEquals("err", new String(frame(client).bytes()));
      client.send("typed");
      client.endOutput();
      assertTrue(container.inputEnd.await(30, TimeUnit.SECONDS));
      assertEquals("typed", container.input.toString(StandardCharsets.UTF_8));
      container.log.out("after the end of input");
      assertEquals("after the end of input", new String(frame(client).bytes()));
      container.exit(0);
      assertEquals(-1, client.read());
    }
    ServerFixture.await(() -> container.openAttachments == 0);
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
      assertEquals("before ", new String(frame(client).bytes()));
      container.log.err("unwanted");
      container.log.out("after");
      assertEquals("after", new String(frame(client).bytes()));
      container.exit(0);
      assertEquals(-1, client.read());
    }
    try (RawClient client = fixture.connect()) {
      client.send("POST /containers/one/attach?logs=1&stderr=1" + UPGRADE);
      client.head();
      assertEquals("2:unwanted2:unwanted", frames(client.readToEnd()));
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
      frame(client);
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
        assertEquals(block.length, frame(eager).bytes().length);
      }
      assertEquals(200, fixture.get("/containers/json").status());
      container.exit(0);
      assertEquals(200 * (block.length + 8), lazy.readToEnd().length);
    }
  }

  @Test
  void runsAProcessWithThreePipes() throws Exception {
    container.run();
    container.program =
        process -> {
          process.stdout.write("out ".getBytes());
          process.stdout.flush();
          process.stdout.write(process.stdin.readAllBytes());
          process.stderr.write("err".getBytes());
          return 7;
        };
    String id =
        exec(
            "{\"AttachStdin\":true,\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":[\"cat\",\"-\"],"
                + "\"Env\":[\"A=1\"],\"WorkingDir\":\"/w\",\"User\":\"u\"}");
    assertFalse(inspected(id).path("Running").asBoolean());
    assertTrue(inspected(id).path("ExitCode").isNull());
    try (RawClient client = fixture.connect()) {
      client.send(
          "POST /exec/"
              + id
              + "/start HTTP/1.1\r\nUpgrade: tcp\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\n{}");
      assertEquals(101, client.head().status());
      assertEquals("out ", new String(frame(client).bytes()));
      assertTrue(inspected(id).path("Running").asBoolean());
      client.send("hello");
      client.endOutput();
      String rest = frames(client.readToEnd());
      assertTrue(rest.contains("1:hello") && rest.contains("2:err"), rest);
    }
    assertEquals(7, inspected(id).path("ExitCode").asInt());
    assertEquals("cat", inspected(id).path("ProcessConfig").path("entrypoint").asText());
    assertEquals(List.of("cat", "-"), container.lastExec.spec.command());
    assertEquals(Map.of("A", "1"), container.lastExec.spec.environment());
    assertEquals(Optional.of("/w"), container.lastExec.spec.workingDirectory());
    assertEquals(409, fixture.post("/exec/" + id + "/start", "{}").status());
  }

  @Test
  void carriesManyBytesBothWaysUnchanged() throws Exception {
    container.run();
    container.program =
        process -> {
          process.stdin.transferTo(process.stdout);
          return 0;
        };
    String id = exec("{\"AttachStdin\":true,\"AttachStdout\":true,\"Tty\":true,\"Cmd\":[\"cat\"]}");
    // Bytes without the detach keys: a terminal's are all that is raw.
    byte[] bytes = new byte[20 << 20];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= 0x20;
    }
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/exec/" + id + "/start", "{\"Tty\":true,\"ConsoleSize\":[30,90]}");
      assertEquals(200, client.head().status());
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(bytes);
                      client.endOutput();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      assertArrayEquals(bytes, client.readToEnd());
      sender.join();
    }
    assertEquals(Optional.of(new TerminalSize(90, 30)), container.lastExec.spec.terminal());
  }

  @Test
  void inputThatNobodyReadsDoesNotBreakTheOutputsEnd() throws Exception {
    container.run();
    CountDownLatch end = new CountDownLatch(1);
    container.program =
        process -> {
          process.stdout.write("done".getBytes());
          end.await();
          return 0;
        };
    String id = exec("{\"AttachStdin\":true,\"AttachStdout\":true,\"Cmd\":[\"true\"]}");
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/exec/" + id + "/start", "{}").head();
      // More than pipe, read-ahead and half of the socket's buffer.
      client.send(new byte[200_000]);
      end.countDown();
      assertEquals("1:done", frames(client.readToEnd()));
      client.send(new byte[1000]);
    }
  }

  @Test
  void tellsOnTheConnectionThatAProgramIsNotThere() throws Exception {
    container.run();
    container.execFailure =
        Optional.of(new EngineException(Kind.COMMAND_NOT_FOUND, "exec: \"nope\""));
    String id = exec("{\"AttachStdout\":true,\"Cmd\":[\"nope\"]}");
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/exec/" + id + "/start", "{}").head();
      assertEquals(
          "2:exec: \"nope\": executable file not found in $PATH\r\n", frames(client.readToEnd()));
    }
    assertEquals(127, inspected(id).path("ExitCode").asInt());
    String detached = exec("{\"Cmd\":[\"nope\"]}");
    assertEquals(400, fixture.post("/exec/" + detached + "/start", "{\"Detach\":true}").status());
  }

  @Test
  void aDetachedProcessGoesOnThoughNobodyReads() throws Exception {
    container.run();
    CountDownLatch wrote = new CountDownLatch(1);
    container.program =
        process -> {
          process.stdout.write(new byte[1 << 20]);
          process.stderr.write(new byte[1 << 20]);
          wrote.countDown();
          return 3;
        };
    String id = exec("{\"Cmd\":[\"work\"]}");
    assertEquals(200, fixture.post("/exec/" + id + "/start", "{\"Detach\":true}").status());
    assertTrue(wrote.await(30, TimeUnit.SECONDS));
    ServerFixture.await(() -> exitCode(id) == 3);
  }

  @Test
  void aProcessGoesOnWhenItsClientLetsGoOrDies() throws Exception {
    container.run();
    CountDownLatch goOn = new CountDownLatch(1);
    container.program =
        process -> {
          process.stdout.write("ready".getBytes());
          process.stdout.flush();
          goOn.await();
          process.stdout.write(new byte[1 << 20]);
          return 4;
        };
    String left = exec("{\"AttachStdin\":true,\"AttachStdout\":true,\"Tty\":true,\"Cmd\":[\"a\"]}");
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/exec/" + left + "/start", "{\"Tty\":true}").head();
      client.read(5);
      client.send("\u0010\u0011");
      assertEquals(-1, client.read());
    }
    String died = exec("{\"AttachStdin\":true,\"AttachStdout\":true,\"Cmd\":[\"a\"]}");
    try (RawClient client = fixture.connect()) {
      client.request("POST", "/exec/" + died + "/start", "{}").head();
      client.read(13);
    }
    goOn.countDown();
    ServerFixture.await(() -> exitCode(left) == 4 && exitCode(died) == 4);
  }

  private int exitCode(String id) {
    try {
      return inspected(id).path("ExitCode").asInt(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void setsSizesOfTerminals() throws Exception {
    container.run();
    assertEquals(200, fixture.post("/containers/one/resize?h=33&w=99", "").status());
    assertEquals(List.of(new TerminalSize(99, 33)), container.main.sizes);
    assertEquals(400, fixture.post("/containers/one/resize?h=0&w=99", "").status());
    CountDownLatch end = new CountDownLatch(1);
    container.program =
        _ -> {
          end.await();
          return 0;
        };
    String id = exec("{\"Tty\":true,\"Cmd\":[\"sh\"]}");
    assertEquals(409, fixture.post("/exec/" + id + "/resize?h=33&w=99", "").status());
    fixture.post("/exec/" + id + "/start", "{\"Detach\":true}");
    assertEquals(200, fixture.post("/exec/" + id + "/resize?h=33&w=99", "").status());
    assertEquals(List.of(new TerminalSize(99, 33)), container.lastExec.sizes);
    end.countDown();
  }

  @Test
  void forgetsOldExecSessionsButNoneThatRuns() throws Exception {
    container.run();
    CountDownLatch end = new CountDownLatch(1);
    container.program =
        _ -> {
          end.await();
          return 0;
        };
    String running = exec("{\"Cmd\":[\"sleep\"]}");
    fixture.post("/exec/" + running + "/start", "{\"Detach\":true}");
    String first = exec("{\"Cmd\":[\"never\"]}");
    try (RawClient client = fixture.connect()) {
      for (int i = 0; i < 1024; i++) {
        client.request("POST", "/containers/one/exec", "{\"Cmd\":[\"never\"]}");
        assertEquals(201, client.answer().status());
      }
    }
    assertEquals(404, fixture.get("/exec/" + first + "/json").status());
    assertTrue(inspected(running).path("Running").asBoolean());
    end.countDown();
  }

  @Test
  void refusesExecsThatCannotBe() throws IOException {
    assertEquals(409, fixture.post("/containers/one/exec", "{\"Cmd\":[\"ls\"]}").status());
    container.run();
    assertEquals(400, fixture.post("/containers/one/exec", "{}").status());
    assertEquals(
        501,
        fixture.post("/containers/one/exec", "{\"Cmd\":[\"a\"],\"Privileged\":true}").status());
    assertEquals(404, fixture.post("/exec/none/start", "{}").status());
    assertEquals(404, fixture.get("/exec/none/json").status());
  }
}
