package dev.containertui.agent;

import static dev.containertui.agent.ScriptedGuest.DATA_ERR;
import static dev.containertui.agent.ScriptedGuest.DATA_IN;
import static dev.containertui.agent.ScriptedGuest.DATA_OUT;
import static dev.containertui.agent.ScriptedGuest.EOF_IN;
import static dev.containertui.agent.ScriptedGuest.ERROR;
import static dev.containertui.agent.ScriptedGuest.OK;
import static dev.containertui.agent.ScriptedGuest.RELEASE;
import static dev.containertui.agent.ScriptedGuest.SIGNAL;
import static dev.containertui.agent.ScriptedGuest.SPAWN;
import static dev.containertui.agent.ScriptedGuest.fields;
import static dev.containertui.agent.ScriptedGuest.finish;
import static dev.containertui.agent.ScriptedGuest.u32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcessHandle.Exit;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ProcessStart TRUE = start(Optional.empty());

  @TempDir Path directory;
  private ScriptedGuest guest;

  @BeforeEach
  void connect() throws IOException {
    guest = new ScriptedGuest(directory);
  }

  @AfterEach
  void disconnect() throws IOException {
    guest.close();
  }

  static ProcessStart start(Optional<TerminalSize> terminal) {
    return new ProcessStart(
        true, List.of("true"), List.of("A=b"), Optional.empty(), Optional.empty(), terminal, true);
  }

  private AgentConnection open() {
    return AgentConnection.open(guest.hostEnd(), Duration.ofSeconds(10), LONG);
  }

  @Test
  void meetsAGuestBehindWhatAnEarlierClientLeft() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              byte[] nonce = g.awaitHello();
              g.sendRaw(new byte[100_000]);
              g.sendRaw(ScriptedGuest.MAGIC);
              g.send(ScriptedGuest.HELLO_OK, 0, ScriptedGuest.helloFields(new byte[16]));
              g.sendRaw(Arrays.copyOf(ScriptedGuest.MAGIC, 9));
              g.sendRaw(ScriptedGuest.MAGIC);
              g.send(ScriptedGuest.HELLO_OK, 0, ScriptedGuest.helloFields(nonce));
            });
    try (AgentConnection connection = open()) {
      assertEquals("6.1.0", connection.hello().kernelRelease());
      assertEquals(List.of(new Stamp(1_000_000_000L, "init")), connection.hello().stamps());
    }
    finish(script);
  }

  @Test
  void givesUpOnASilentGuest() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> AgentConnection.open(guest.hostEnd(), Duration.ZERO, Duration.ofMillis(200)));
    assertEquals(Kind.TIMEOUT, e.kind());
    assertTrue(!guest.hostEnd().isOpen(), "the channel is closed");
  }

  @Test
  void carriesOutputErrorsAndExitCode() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int handle = g.greetAndSpawn();
              g.send(DATA_OUT, handle, "out".getBytes());
              g.send(DATA_ERR, handle, "err".getBytes());
              g.exit(handle, 42);
              assertEquals(handle, g.receive(RELEASE).id());
            });
    try (AgentConnection connection = open()) {
      GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
      assertEquals(77, process.pid());
      assertEquals(new Exit(42), process.awaitExit());
      assertEquals("out", new String(process.stdout().readAllBytes()));
      assertEquals("err", new String(process.stderr().readAllBytes()));
      assertThrows(IOException.class, () -> process.stdin().write(1));
      finish(script);
    }
  }

  @Test
  void sendsNoMoreInputThanWasGranted() throws Exception {
    byte[] data = new byte[200_000];
    new Random(1).nextBytes(data);
    byte[] received = new byte[data.length];
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int handle = g.greetAndSpawn();
              int credit = 65_536;
              int done = 0;
              while (true) {
                ScriptedGuest.Message message = g.receive();
                if (message.type() == EOF_IN) {
                  break;
                }
                byte[] bytes = message.bytes();
                System.arraycopy(bytes, 0, received, done, bytes.length);
                done += bytes.length;
                credit -= bytes.length;
                assertTrue(credit >= 0, "within the credit");
                if (credit == 0) {
                  credit = 1000;
                  g.send(ScriptedGuest.CREDIT, handle, ScriptedGuest.credit(0, 1000));
                }
              }
              assertEquals(data.length, done);
              g.exit(handle, 0);
            });
    try (AgentConnection connection = open()) {
      GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
      process.stdin().write(data);
      process.stdin().close();
      assertEquals(new Exit(0), process.awaitExit());
      finish(script);
    }
    assertArrayEquals(data, received);
  }

  @Test
  void closingATerminalsInputSendsControlD() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greetAndSpawn();
              assertArrayEquals("ab".getBytes(), g.receive(DATA_IN).bytes());
              assertArrayEquals(new byte[] {4, 4}, g.receive(DATA_IN).bytes());
            });
    try (AgentConnection connection = open()) {
      GuestProcessHandle process =
          connection.spawn(start(Optional.of(new TerminalSize(80, 24))), LONG).process();
      process.stdin().write("ab".getBytes());
      process.stdin().close();
      finish(script);
    }
  }

  @Test
  void grantsWhatWasReadAndNothingMore() throws Exception {
    int total = 1_000_000;
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int handle = g.greetAndSpawn();
              int credit = OutputChannel.CAPACITY_BYTES;
              int left = total;
              while (left > 0) {
                while (credit > 0 && left > 0) {
                  byte[] chunk = new byte[Math.min(Math.min(credit, left), 65_536)];
                  g.send(DATA_OUT, handle, chunk);
                  credit -= chunk.length;
                  left -= chunk.length;
                }
                if (left > 0) {
                  ScriptedGuest.Message grant = g.receive(ScriptedGuest.CREDIT);
                  assertEquals(1, grant.payload().getInt());
                  credit += grant.payload().getInt();
                  assertTrue(credit <= OutputChannel.CAPACITY_BYTES, "never beyond the buffer");
                }
              }
              g.exit(handle, 0);
            });
    try (AgentConnection connection = open()) {
      GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
      assertEquals(total, process.stdout().readAllBytes().length);
      finish(script);
    }
  }

  @Test
  void aSlowReaderStallsNobodyElse() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int stalled = g.greetAndSpawn();
              for (int i = 0; i < 4; i++) {
                g.send(DATA_OUT, stalled, new byte[65_536]);
              }
              int other = g.acceptSpawn();
              g.send(DATA_OUT, other, "here".getBytes());
              g.exit(other, 0);
            });
    try (AgentConnection connection = open()) {
      connection.spawn(TRUE, LONG);
      GuestProcessHandle other = connection.spawn(TRUE, LONG).process();
      assertEquals("here", new String(other.stdout().readAllBytes()));
      finish(script);
    }
  }

  @Test
  void goesOnTakingOutputThatNobodyWants() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int handle = g.greetAndSpawn();
              int credit = OutputChannel.CAPACITY_BYTES;
              for (int i = 0; i < 100; i++) {
                while (credit < 65_536) {
                  credit += g.receive(ScriptedGuest.CREDIT).payload().getInt(4);
                }
                g.send(DATA_OUT, handle, new byte[65_536]);
                credit -= 65_536;
              }
              g.exit(handle, 0);
            });
    try (AgentConnection connection = open()) {
      GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
      process.stdout().close();
      assertEquals(new Exit(0), process.awaitExit());
      assertThrows(IOException.class, () -> process.stdout().read());
      finish(script);
    }
  }

  @Test
  void saysWhyAProcessCannotBeStarted() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greet();
              for (int errno : new int[] {2, 13, 8, 22, 11}) {
                g.send(
                    ERROR,
                    g.receive(SPAWN).id(),
                    fields(u32(9, errno), ScriptedGuest.field(10, "no\033[31m".getBytes())));
              }
            });
    try (AgentConnection connection = open()) {
      for (Kind kind :
          List.of(
              Kind.COMMAND_NOT_FOUND,
              Kind.NOT_EXECUTABLE,
              Kind.NOT_EXECUTABLE,
              Kind.INVALID,
              Kind.EXHAUSTED)) {
        EngineException e = assertThrows(EngineException.class, () -> connection.spawn(TRUE, LONG));
        assertEquals(kind, e.kind());
        assertEquals("no\uFFFD[31m", e.getMessage());
      }
      finish(script);
    }
  }

  @Test
  void killsAProcessWhoseStartNobodyWaitedFor() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greet();
              ScriptedGuest.Message spawn = g.receive(SPAWN);
              asked.complete(null);
              cancelled.get(30, TimeUnit.SECONDS);
              g.send(OK, spawn.id(), fields(u32(11, 5), u32(17, 65_536)));
              assertEquals(9, g.receive(SIGNAL).field(13).getInt());
              int handle = spawn.field(12).getInt();
              g.send(DATA_OUT, handle, new byte[10]);
              g.exit(handle, 137);
              assertEquals(handle, g.receive(RELEASE).id());
            });
    try (AgentConnection connection = open()) {
      CompletableFuture<EngineException> result = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () ->
                      result.complete(
                          assertThrows(EngineException.class, () -> connection.spawn(TRUE, LONG))));
      asked.get(30, TimeUnit.SECONDS);
      caller.interrupt();
      assertEquals(Kind.CANCELLED, result.get(30, TimeUnit.SECONDS).kind());
      cancelled.complete(null);
      finish(script);
    }
  }

  @Test
  void anInterruptedReaderStopsAndLosesNothing() throws Exception {
    CompletableFuture<Void> interrupted = new CompletableFuture<>();
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              int handle = g.greetAndSpawn();
              interrupted.get(30, TimeUnit.SECONDS);
              g.send(DATA_OUT, handle, "later".getBytes());
              g.exit(handle, 0);
            });
    try (AgentConnection connection = open()) {
      InputStream out = connection.spawn(TRUE, LONG).process().stdout();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      out.read();
                    } catch (InterruptedIOException expected) {
                      interrupted.complete(null);
                    } catch (IOException e) {
                      interrupted.completeExceptionally(e);
                    }
                  });
      reader.interrupt();
      assertEquals("later", new String(out.readAllBytes()));
      finish(script);
    }
  }

  @Test
  void aTimedOutRequestDoesNotEndTheConnection() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greet();
              ScriptedGuest.Message first = g.receive();
              ScriptedGuest.Message second = g.receive();
              g.send(OK, second.id(), fields(ScriptedGuest.u64(100, 3)));
              g.send(OK, first.id(), new byte[0]);
            });
    try (AgentConnection connection = open()) {
      EngineException e =
          assertThrows(EngineException.class, () -> connection.stats(Duration.ofMillis(50)));
      assertEquals(Kind.TIMEOUT, e.kind());
      assertEquals(3, connection.stats(LONG).processCount());
      finish(script);
    }
  }
}
