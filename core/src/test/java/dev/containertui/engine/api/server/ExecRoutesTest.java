package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Further processes in a container. */
@Timeout(120)
class ExecRoutesTest {
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

  private String exec(String body) throws IOException {
    RawClient.Answer answer = fixture.post("/containers/one/exec", body);
    assertEquals(201, answer.status(), answer.text());
    return answer.json().path("Id").asText();
  }

  private JsonNode inspected(String id) throws IOException {
    return fixture.get("/exec/" + id + "/json").json();
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
      assertEquals("out ", new String(Frames.frame(client).bytes()));
      assertTrue(inspected(id).path("Running").asBoolean());
      client.send("hello");
      client.endOutput();
      String rest = Frames.frames(client.readToEnd());
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
      assertEquals("1:done", Frames.frames(client.readToEnd()));
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
          "2:exec: \"nope\": executable file not found in $PATH\r\n",
          Frames.frames(client.readToEnd()));
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
