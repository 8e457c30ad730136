package dev.containertui.agent;

import static dev.containertui.agent.ScriptedGuest.CREDIT;
import static dev.containertui.agent.ScriptedGuest.DATA_ERR;
import static dev.containertui.agent.ScriptedGuest.DATA_OUT;
import static dev.containertui.agent.ScriptedGuest.ERROR;
import static dev.containertui.agent.ScriptedGuest.RELEASE;
import static dev.containertui.agent.ScriptedGuest.fields;
import static dev.containertui.agent.ScriptedGuest.finish;
import static dev.containertui.agent.ScriptedGuest.listed;
import static dev.containertui.agent.ScriptedGuest.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.GuestProcessHandle.Channel;
import dev.containertui.agent.GuestProcessHandle.Exit;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Going on with a guest, and with what runs there, after another connection to it. */
@Timeout(60)
class ReconnectionTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ProcessStart TRUE = AgentConnectionTest.start(Optional.empty());

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

  private AgentConnection reopen(int firstHandle) {
    return AgentConnection.reopen(guest.hostEnd(), Duration.ZERO, LONG, firstHandle);
  }

  @Test
  void aLaterClientHearsWhatRunsAndWhatHasEnded() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              byte[] nonce = g.awaitLaterHello();
              g.sendRaw(ScriptedGuest.frame(DATA_OUT, 1, new byte[70]));
              g.sendRaw(ScriptedGuest.MAGIC);
              g.send(
                  ScriptedGuest.HELLO_OK,
                  0,
                  fields(
                      ScriptedGuest.helloFields(nonce),
                      u32(22, 1),
                      listed(1, 55, 1),
                      listed(9, 60, 0)));
            });
    try (AgentConnection connection = reopen(1)) {
      assertEquals(
          List.of(new GuestHello.Listed(1, 55, true), new GuestHello.Listed(9, 60, false)),
          connection.hello().processes());
      assertTrue(connection.hello().frozen());
    }
    finish(script);
  }

  @Test
  void handlesAreNeverUsedAgain() throws Exception {
    for (Map.Entry<Integer, Integer> expected : Map.of(1, 10, 500, 500).entrySet()) {
      try (ScriptedGuest other = new ScriptedGuest(directory)) {
        CompletableFuture<Void> script =
            other.play(
                g -> {
                  g.greetAgain(listed(9, 60, 0), listed(2, 61, 1));
                  assertEquals(expected.getValue(), g.acceptSpawn());
                  assertEquals(expected.getValue() + 1, g.acceptSpawn());
                });
        try (AgentConnection connection =
            AgentConnection.reopen(other.hostEnd(), Duration.ZERO, LONG, expected.getKey())) {
          assertEquals(expected.getValue(), connection.spawn(TRUE, LONG).process().handle());
          connection.spawn(TRUE, LONG);
          finish(script);
        }
      }
    }
  }

  @Test
  void aListOfProcessesThatCannotBeEndsTheConnection() throws Exception {
    for (byte[] lie :
        List.of(
            listed(0, 5, 1),
            listed(-1, 5, 1),
            listed(1, 0, 1),
            listed(1, 5, 2),
            ScriptedGuest.field(8, new byte[8]),
            fields(listed(1, 5, 1), listed(1, 6, 1)))) {
      try (ScriptedGuest liar = new ScriptedGuest(directory)) {
        liar.play(g -> g.greetAgain(lie));
        EngineException e =
            assertThrows(
                EngineException.class,
                () -> AgentConnection.reopen(liar.hostEnd(), Duration.ZERO, LONG, 1));
        assertEquals(Kind.INTERNAL, e.kind());
      }
    }
  }

  @Test
  void retainedOutputIsGrantedWhenItIsAcknowledgedAndNotBefore() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greet();
              ScriptedGuest.Message spawn = g.receive(ScriptedGuest.SPAWN);
              assertEquals(1, spawn.field(74).getInt());
              int handle = spawn.field(12).getInt();
              g.send(ScriptedGuest.OK, spawn.id(), fields(u32(11, 77), u32(17, 65_536)));
              g.send(DATA_OUT, handle, new byte[60_000]);
              g.send(DATA_ERR, handle, new byte[50_000]);
              ScriptedGuest.Message grant = g.receive(CREDIT);
              assertEquals(2, grant.payload().getInt());
              assertEquals(40_000, grant.payload().getInt());
              grant = g.receive(CREDIT);
              assertEquals(1, grant.payload().getInt());
              assertEquals(50_000, grant.payload().getInt());
              g.exit(handle, 3);
              assertEquals(handle, g.receive(RELEASE).id());
            });
    try (AgentConnection connection = AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
      GuestProcessHandle process = connection.spawn(TRUE.retained(), LONG).process();
      assertTrue(process.retained());
      assertEquals(60_000, process.stdout().readNBytes(60_000).length);
      assertEquals(50_000, process.stderr().readNBytes(50_000).length);
      assertThrows(IllegalArgumentException.class, () -> process.acknowledge(Channel.OUT, 60_001));
      assertThrows(IllegalStateException.class, process::release);
      process.acknowledge(Channel.ERR, 40_000);
      // Too little to be worth a message, and then enough.
      process.acknowledge(Channel.OUT, 1_000);
      process.acknowledge(Channel.OUT, 49_000);
      assertEquals(new Exit(3), process.awaitExit());
      process.release();
      finish(script);
    }
  }

  @Test
  void goesOnWithTheFirstByteThatItHasNot() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greetAgain(listed(4, 90, 1));
              ScriptedGuest.Message attach = g.receive(ScriptedGuest.ATTACH);
              assertEquals(4, attach.field(12).getInt());
              assertEquals(5_000_000_000L, attach.field(20).getLong());
              assertEquals(7, attach.field(21).getLong());
              g.send(
                  ScriptedGuest.OK,
                  attach.id(),
                  fields(
                      u32(17, 10),
                      ScriptedGuest.u64(20, 5_000_000_000L),
                      ScriptedGuest.u64(21, 7)));
              g.send(DATA_OUT, 4, "rest".getBytes());
              assertEquals(10, g.receive(ScriptedGuest.DATA_IN).bytes().length);
              g.exit(4, 12);
              assertEquals(4, g.receive(RELEASE).id());
            });
    try (AgentConnection connection = reopen(100)) {
      GuestProcessHandle process = connection.attach(4, false, 5_000_000_000L, 7, LONG);
      assertEquals(90, process.pid());
      process.stdin().write(new byte[10]);
      assertEquals("rest", new String(process.stdout().readAllBytes()));
      assertEquals(new Exit(12), process.awaitExit());
      assertEquals(
          Kind.CONFLICT,
          assertThrows(EngineException.class, () -> connection.attach(4, false, 0, 0, LONG))
              .kind());
      process.release();
      finish(script);
    }
  }

  @Test
  void saysWhyAProcessCannotBeGoneOnWith() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greetAgain();
              for (int errno : new int[] {3, 22}) {
                g.send(
                    ERROR,
                    g.receive(ScriptedGuest.ATTACH).id(),
                    fields(u32(9, errno), ScriptedGuest.field(10, "no".getBytes())));
              }
              g.acceptAttach(5, 1, 1);
            });
    try (AgentConnection connection = reopen(1)) {
      for (Kind kind : List.of(Kind.NOT_FOUND, Kind.INVALID)) {
        EngineException e =
            assertThrows(EngineException.class, () -> connection.attach(5, false, 0, 0, LONG));
        assertEquals(kind, e.kind());
      }
      EngineException lie =
          assertThrows(EngineException.class, () -> connection.attach(5, false, 0, 1, LONG));
      assertTrue(lie.getMessage().contains("other output"), lie.getMessage());
      finish(script);
    }
  }

  @Test
  void whatAKilledEngineLeftBehindRunsOnWithoutAReader() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greetAgain(listed(2, 61, 1), listed(3, 62, 1));
              g.acceptAttach(2, 100, 0);
              int credit = OutputChannel.CAPACITY_BYTES;
              for (int i = 0; i < 50; i++) {
                while (credit < 65_536) {
                  credit += g.receive(CREDIT).payload().getInt(4);
                }
                g.send(DATA_OUT, 2, new byte[65_536]);
                credit -= 65_536;
              }
              g.exit(2, 0);
              ScriptedGuest.Message message;
              do {
                message = g.receive();
              } while (message.type() == CREDIT);
              assertEquals(RELEASE, message.type());
            });
    try (AgentConnection connection = reopen(1)) {
      GuestProcessHandle process = connection.attach(2, false, LONG);
      assertFalse(process.retained());
      process.discardOutput();
      assertEquals(new Exit(0), process.awaitExit());
      assertThrows(IllegalStateException.class, () -> process.acknowledge(Channel.OUT, 1));
      finish(script);
    }
  }

  @Test
  void retainedOutputThatNobodyWantsIsAcknowledged() throws Exception {
    CompletableFuture<Void> script =
        guest.play(
            g -> {
              g.greetAgain(listed(2, 61, 1));
              g.acceptAttach(2, 0, 0);
              g.send(DATA_OUT, 2, new byte[20_000]);
              g.send(DATA_OUT, 2, new byte[20_000]);
              assertEquals(40_000, g.receive(CREDIT).payload().getInt(4));
              g.exit(2, 0);
              assertEquals(2, g.receive(RELEASE).id());
            });
    try (AgentConnection connection = reopen(1)) {
      GuestProcessHandle process = connection.attach(2, false, 0, 0, LONG);
      assertEquals(20_000, process.stdout().readNBytes(20_000).length);
      process.discardOutput();
      process.acknowledge(Channel.OUT, 20_000);
      assertEquals(new Exit(0), process.awaitExit());
      process.release();
      finish(script);
    }
  }

  @Test
  void aProcessThatEndsTwiceEndsTheConnection() throws Exception {
    guest.play(
        g -> {
          g.greetAgain(listed(2, 61, 1));
          g.acceptAttach(2, 0, 0);
          g.exit(2, 0);
          g.send(ScriptedGuest.EXITED, 2, fields(u32(16, 1)));
          assertEquals(-1, g.receive().id());
        });
    try (AgentConnection connection = reopen(1)) {
      GuestProcessHandle process = connection.attach(2, false, 0, 0, LONG);
      assertEquals(new Exit(0), process.awaitExit());
      assertThrows(EngineException.class, () -> connection.stats(LONG));
    }
  }
}
