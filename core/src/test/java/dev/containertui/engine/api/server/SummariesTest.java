package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.container.ContainerState;
import dev.containertui.engine.ContainerSummary;
import dev.containertui.engine.api.client.RemoteEngine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list of containers as another process gets it. */
class SummariesTest {
  /** So many that reading them takes longer than what was read counts as fresh. */
  private static final int MANY = 2000;

  @Test
  void whatThereIsToKnowOfAllComesWithTheList() throws Exception {
    try (ServerFixture fixture = new ServerFixture();
        RemoteEngine remote = RemoteEngine.at(fixture.socket)) {
      for (int i = 0; i < MANY; i++) {
        fixture.engine.add("container-" + i).state =
            new ContainerState.Running(Instant.parse("2026-01-01T00:00:01Z"), i);
      }
      List<ContainerSummary> summaries = remote.containers().summaries(true);
      List<ContainerSummary> told = fixture.engine.containers().summaries(true);
      assertEquals(0, fixture.engine.found.get(), "containers that were asked for one by one");
      assertEquals(MANY, summaries.size());
      assertEquals(
          told.stream().map(ContainerSummary::name).toList(),
          summaries.stream().map(ContainerSummary::name).toList());
      assertEquals(
          told.stream().map(ContainerSummary::state).toList(),
          summaries.stream().map(ContainerSummary::state).toList());
    }
  }
}
