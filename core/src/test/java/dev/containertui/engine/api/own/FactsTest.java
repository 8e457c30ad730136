package dev.containertui.engine.api.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written for another process is what that process reads. */
class FactsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode sent(JsonNode json) throws IOException {
    return MAPPER.readTree(MAPPER.writeValueAsBytes(json));
  }

  @Test
  void aSampleKeepsAllItsFigures() throws IOException {
    ContainerStats stats =
        new ContainerStats(
            Instant.parse("2026-11-26T17:00:00.5Z"), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertEquals(stats, Facts.stats(sent(Facts.write(stats))));
  }

  @Test
  void aMachineKeepsAllThatIsKnownOfIt() throws IOException {
    MachineFacts machine =
        new MachineFacts(
            4711,
            "qemu",
            "tcg",
            "6.1.0",
            2,
            512L << 20,
            Optional.of("52:54:00:12:34:56"),
            List.of(new PublishedPort("127.0.0.1", 8080, ContainerPort.parse("80/udp"))));
    assertEquals(Optional.of(machine), OwnMachine.read(sent(OwnMachine.write(machine))));
  }

  @Test
  void anEngineThatTellsOfNoMachineHasNone() throws IOException {
    assertEquals(Optional.empty(), OwnMachine.read(sent(OwnFields.object()).path("machine")));
  }
}
