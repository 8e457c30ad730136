package dev.containertui.agent;

import static dev.containertui.agent.ScriptedGuest.ERROR;
import static dev.containertui.agent.ScriptedGuest.OK;
import static dev.containertui.agent.ScriptedGuest.field;
import static dev.containertui.agent.ScriptedGuest.fields;
import static dev.containertui.agent.ScriptedGuest.finish;
import static dev.containertui.agent.ScriptedGuest.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be changed of a container while it runs. */
@Timeout(60)
class ContainerChangeTest {
  private static final int FREEZE = 24;
  private static final int LIMITS = 25;
  private static final int FREEZE_DISK = 26;
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void asksForStandstillAndLimits() throws Exception {
    try (ScriptedGuest guest = new ScriptedGuest(directory)) {
      CompletableFuture<Void> script =
          guest.play(
              g -> {
                g.greet();
                for (int type : new int[] {FREEZE, FREEZE_DISK}) {
                  for (int frozen = 1; frozen >= 0; frozen--) {
                    ScriptedGuest.Message message = g.receive(type);
                    assertEquals(frozen, message.field(22).getInt());
                    g.send(OK, message.id(), new byte[0]);
                  }
                }
                ScriptedGuest.Message some = g.receive(LIMITS);
                assertEquals(12, some.payload().remaining());
                assertEquals(1500, some.field(43).getInt());
                g.send(OK, some.id(), new byte[0]);
                ScriptedGuest.Message both = g.receive(LIMITS);
                assertEquals(0, both.field(43).getInt());
                assertEquals(1L << 33, both.field(44).getLong());
                g.send(OK, both.id(), new byte[0]);
              });
      try (AgentConnection connection =
          AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
        connection.freeze(true, LONG);
        connection.freeze(false, LONG);
        connection.freezeDisk(true, LONG);
        connection.freezeDisk(false, LONG);
        connection.limits(OptionalInt.of(1500), OptionalLong.empty(), LONG);
        connection.limits(OptionalInt.of(0), OptionalLong.of(1L << 33), LONG);
        finish(script);
      }
    }
  }

  @Test
  void saysWhyItCannotBe() throws Exception {
    Map<Integer, Kind> kinds =
        Map.of(16, Kind.CONFLICT, 114, Kind.CONFLICT, 19, Kind.INVALID, 110, Kind.TIMEOUT);
    for (Map.Entry<Integer, Kind> expected : kinds.entrySet()) {
      try (ScriptedGuest guest = new ScriptedGuest(directory)) {
        guest.play(
            g -> {
              g.greet();
              g.send(
                  ERROR,
                  g.receive(FREEZE_DISK).id(),
                  fields(u32(9, expected.getKey()), field(10, "no".getBytes())));
            });
        try (AgentConnection connection =
            AgentConnection.open(guest.hostEnd(), Duration.ZERO, LONG)) {
          EngineException e =
              assertThrows(EngineException.class, () -> connection.freezeDisk(true, LONG));
          assertEquals(expected.getValue(), e.kind());
        }
      }
    }
  }
}
