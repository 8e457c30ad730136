package dev.containertui.agent;

import static dev.containertui.agent.ScriptedGuest.CREDIT;
import static dev.containertui.agent.ScriptedGuest.DATA_IN;
import static dev.containertui.agent.ScriptedGuest.DATA_OUT;
import static dev.containertui.agent.ScriptedGuest.EOF_OUT;
import static dev.containertui.agent.ScriptedGuest.EXITED;
import static dev.containertui.agent.ScriptedGuest.OK;
import static dev.containertui.agent.ScriptedGuest.SPAWN;
import static dev.containertui.agent.ScriptedGuest.credit;
import static dev.containertui.agent.ScriptedGuest.field;
import static dev.containertui.agent.ScriptedGuest.fields;
import static dev.containertui.agent.ScriptedGuest.u32;
import static dev.containertui.agent.ScriptedGuest.u64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest that lies ends its own connection: everybody who waits hears why, and nothing hangs. */
@Timeout(120)
class HostileGuestTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ProcessStart TRUE = AgentConnectionTest.start(Optional.empty());

  @TempDir Path directory;

  /** What it does once a process runs, and a word of the error that must come of it. */
  private static Arguments lie(String name, String error, Lie lie) {
    return Arguments.of(name, error, lie);
  }

  /** What a guest sends. */
  interface Lie {
    void tell(ScriptedGuest guest, int handle) throws IOException;
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie(
            "oversize frame",
            "more than a frame holds",
            (g, h) -> g.sendRaw(header(65_537, 14, h))),
        lie("4 GiB frame", "more than a frame holds", (g, h) -> g.sendRaw(header(-1, 14, h))),
        lie("type 0", "unknown type", (g, h) -> g.send(0, h, new byte[0])),
        lie("type 28", "unknown type", (g, h) -> g.send(28, h, new byte[0])),
        lie("an ATTACH", "only hosts", (g, h) -> g.send(22, h, new byte[0])),
        lie("type 255", "unknown type", (g, h) -> g.send(255, h, new byte[0])),
        lie("reserved bytes", "reserved", (g, h) -> g.send(DATA_OUT | 0x100, h, new byte[1])),
        lie("negative number", "out of range", (g, h) -> g.send(DATA_OUT, -1, new byte[1])),
        lie("unknown process", "does not exist", (g, h) -> g.send(DATA_OUT, h + 1, new byte[1])),
        lie("a host's message", "only hosts", (g, h) -> g.send(DATA_IN, h, new byte[1])),
        lie("second HELLO_OK", "only hosts", (g, h) -> g.send(2, 0, new byte[0])),
        lie("empty data", "empty output", (g, h) -> g.send(DATA_OUT, h, new byte[0])),
        lie("unasked answer", "not asked", (g, h) -> g.send(OK, 99, new byte[0])),
        lie(
            "data beyond credit",
            "more output than was granted",
            (g, h) -> {
              for (int i = 0; i < 5; i++) {
                g.send(DATA_OUT, h, new byte[65_536]);
              }
            }),
        lie(
            "data after its end",
            "output after its end",
            (g, h) -> {
              g.send(EOF_OUT, h, new byte[0]);
              g.send(DATA_OUT, h, new byte[1]);
            }),
        lie(
            "two ends",
            "second end",
            (g, h) -> {
              g.send(EOF_OUT, h, new byte[0]);
              g.send(EOF_OUT, h, new byte[0]);
            }),
        lie(
            "credit overflow",
            "credit out of range",
            (g, h) -> {
              g.send(CREDIT, h, credit(0, 1 << 30));
              g.send(CREDIT, h, credit(0, 1 << 30));
            }),
        lie("no credit", "credit out of range", (g, h) -> g.send(CREDIT, h, credit(0, 0))),
        lie("credit for output", "not the guest's", (g, h) -> g.send(CREDIT, h, credit(1, 5))),
        lie("short credit", "not the guest's", (g, h) -> g.send(CREDIT, h, new byte[7])),
        lie("exit without code", "no field 16", (g, h) -> g.send(EXITED, h, new byte[0])),
        lie("exit code 256", "out of range", (g, h) -> g.send(EXITED, h, fields(u32(16, 256)))),
        lie(
            "exit code twice",
            "twice",
            (g, h) -> g.send(EXITED, h, fields(u32(16, 1), u32(16, 1)))),
        lie("exit code of 3 bytes", "3 bytes", (g, h) -> g.send(EXITED, h, field(16, new byte[3]))),
        lie(
            "cut field",
            "cut off",
            (g, h) -> g.send(EXITED, h, fields(u32(16, 1), new byte[] {1, 2, 3}))),
        lie(
            "field beyond message",
            "reaches beyond",
            (g, h) -> g.send(EXITED, h, new byte[] {16, 0, 0, 0, 5, 0, 0, 0, 1, 1, 1, 1})),
        lie("an earlier client's magic", "message", (g, h) -> g.sendRaw(ScriptedGuest.MAGIC)),
        lie("closing", "lost", (g, h) -> g.close()));
  }

  private static byte[] header(int length, int type, int id) {
    byte[] frame = ScriptedGuest.frame(type, id, new byte[0]);
    for (int i = 0; i < 4; i++) {
      frame[i] = (byte) (length >> 8 * i);
    }
    return frame;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieEndsTheConnectionForEverybody(String name, String error, Lie lie) throws Exception {
    try (ScriptedGuest guest = new ScriptedGuest(directory)) {
      CompletableFuture<Void> ready = new CompletableFuture<>();
      CompletableFuture<Void> script =
          guest.play(
              g -> {
                int handle = g.greetAndSpawn();
                ready.get(30, TimeUnit.SECONDS);
                lie.tell(g, handle);
              });
      try (AgentConnection connection =
          AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
        GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
        CompletableFuture<Throwable> reader = failure(() -> process.stderr().read());
        CompletableFuture<Throwable> writer =
            failure(() -> process.stdin().write(new byte[1 << 20]));
        CompletableFuture<Throwable> waiter = failure(process::awaitExit);
        CompletableFuture<Throwable> request = failure(() -> connection.stats(LONG));
        ready.complete(null);
        EngineException heard = (EngineException) waiter.get(30, TimeUnit.SECONDS);
        assertTrue(
            heard.getMessage().contains(error) || name.equals("closing"), heard.getMessage());
        assertEquals(name.equals("closing") ? Kind.UNAVAILABLE : Kind.INTERNAL, heard.kind());
        assertEquals(heard.getMessage(), reader.get(30, TimeUnit.SECONDS).getMessage());
        assertEquals(heard.getMessage(), writer.get(30, TimeUnit.SECONDS).getMessage());
        assertEquals(heard.getMessage(), request.get(30, TimeUnit.SECONDS).getMessage());
        assertThrows(EngineException.class, () -> connection.spawn(TRUE, LONG));
        assertFalse(guest.hostEnd().isOpen());
      }
      ScriptedGuest.finish(script.exceptionally(_ -> null));
    }
  }

  @Test
  void aGuestThatNeverReadsFailsInputAfterItsCreditAndNeverTheCaller() throws Exception {
    try (ScriptedGuest guest = new ScriptedGuest(directory)) {
      guest.play(ScriptedGuest::greetAndSpawn);
      AgentConnection connection = AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG);
      GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
      CompletableFuture<Throwable> writer = failure(() -> process.stdin().write(new byte[1 << 20]));
      assertThrows(EngineException.class, () -> connection.stats(Duration.ofMillis(100)));
      connection.close();
      assertEquals(
          "the connection to the guest is closed", writer.get(30, TimeUnit.SECONDS).getMessage());
    }
  }

  @Test
  void aGuestThatProvokesAnswersWithoutReadingThemIsCutOff() throws Exception {
    try (ScriptedGuest guest = new ScriptedGuest(directory)) {
      CompletableFuture<Void> ready = new CompletableFuture<>();
      CompletableFuture<Void> script =
          guest.play(
              g -> {
                int handle = g.greetAndSpawn();
                ready.get(30, TimeUnit.SECONDS);
                while (true) {
                  g.send(DATA_OUT, handle, new byte[65_536]);
                }
              });
      try (AgentConnection connection =
          AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
        GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
        process.stdout().close();
        ready.complete(null);
        EngineException e = assertThrows(EngineException.class, process::awaitExit);
        assertEquals("the guest has stopped reading", e.getMessage());
        assertThrows(Exception.class, () -> ScriptedGuest.finish(script));
      }
    }
  }

  @Test
  void brokenAnswersToRequestsEndTheConnection() throws Exception {
    List<byte[]> answers =
        List.of(
            new byte[] {1},
            fields(u32(100, 1)),
            fields(u64(100, -1)),
            fields(u64(100, 1), u64(100, 1)),
            new byte[] {100, 0, 1, 0, 0, 0, 0, 0});
    for (byte[] answer : answers) {
      try (ScriptedGuest guest = new ScriptedGuest(directory)) {
        guest.play(
            g -> {
              g.greet();
              g.send(OK, g.receive().id(), answer);
            });
        try (AgentConnection connection =
            AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
          EngineException e = assertThrows(EngineException.class, () -> connection.stats(LONG));
          assertEquals(Kind.INTERNAL, e.kind());
        }
      }
    }
  }

  @Test
  void brokenProcessListsEndTheConnection() throws Exception {
    for (byte[] entry : List.of(new byte[31], new byte[32], new byte[32 + 4097])) {
      try (ScriptedGuest guest = new ScriptedGuest(directory)) {
        guest.play(
            g -> {
              g.greet();
              g.send(OK, g.receive().id(), field(112, entry));
            });
        try (AgentConnection connection =
            AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
          EngineException e = assertThrows(EngineException.class, () -> connection.processes(LONG));
          assertEquals(Kind.INTERNAL, e.kind());
        }
      }
    }
  }

  @Test
  void randomBytesNeverHangOrCrashTheHost() throws Exception {
    Random random = new Random(20261124);
    for (int round = 0; round < 150; round++) {
      byte[] noise = new byte[random.nextInt(2000)];
      random.nextBytes(noise);
      if (round % 3 == 0 && noise.length > 12) {
        // A plausible header, so that the payload's decoders are reached.
        System.arraycopy(
            header(random.nextInt(noise.length - 11), 3 + random.nextInt(18), 1), 0, noise, 0, 12);
      }
      try (ScriptedGuest guest = new ScriptedGuest(directory)) {
        CompletableFuture<Void> script =
            guest.play(
                g -> {
                  g.greet();
                  g.receive(SPAWN);
                  g.sendRaw(noise);
                  g.close();
                });
        try (AgentConnection connection =
            AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
          EngineException e =
              assertThrows(
                  EngineException.class,
                  () -> {
                    GuestProcessHandle process = connection.spawn(TRUE, LONG).process();
                    process.awaitExit();
                  });
          assertTrue(
              List.of(Kind.INTERNAL, Kind.UNAVAILABLE, Kind.COMMAND_NOT_FOUND).contains(e.kind()),
              e::toString);
        }
        ScriptedGuest.finish(script.exceptionally(_ -> null));
      }
    }
  }

  /** What can go wrong. */
  interface Action {
    void run() throws Exception;
  }

  private static CompletableFuture<Throwable> failure(Action action) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                action.run();
                failure.completeExceptionally(new AssertionError("it worked"));
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    return failure;
  }
}
