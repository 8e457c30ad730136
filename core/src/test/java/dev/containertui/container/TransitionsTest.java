package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final Instant NOW = Instant.EPOCH;

  private static final List<ContainerState> STATES =
      List.of(
          new ContainerState.Created(NOW),
          new ContainerState.Starting(NOW),
          new ContainerState.Running(NOW, 1),
          new ContainerState.Paused(NOW, 1),
          new ContainerState.Stopping(NOW),
          new ContainerState.Exited(NOW, 0),
          new ContainerState.Failed(NOW, "why"),
          new ContainerState.Restarting(NOW, 1));

  /** From the state of the row to that of the column, in the order above. */
  private static final String TABLE =
      """
      created    .S......
      starting   c.R..EFr
      running    ...PTEFr
      paused     ..R.TEFr
      stopping   ..R..EFr
      exited     .S......
      failed     .S......
      restarting .S...EF.
      """;

  @Test
  void theWholeTableIsAsDrawn() {
    List<String> rows = TABLE.lines().toList();
    for (int from = 0; from < STATES.size(); from++) {
      String row = rows.get(from);
      assertEquals(STATES.get(from).word(), row.split(" ")[0]);
      String cells = row.substring(row.lastIndexOf(' ') + 1);
      assertEquals(STATES.size(), cells.length());
      for (int to = 0; to < STATES.size(); to++) {
        assertEquals(
            cells.charAt(to) != '.',
            Transitions.allowed(STATES.get(from), STATES.get(to)),
            STATES.get(from).word() + " to " + STATES.get(to).word());
      }
    }
  }

  @Test
  void everyKindOfStateIsInTheTable() {
    assertEquals(
        ContainerState.class.getPermittedSubclasses().length,
        STATES.stream().map(Object::getClass).distinct().count());
  }

  @Test
  void whatIsNotAllowedIsRefused() {
    Transitions.require(STATES.get(0), STATES.get(1));
    assertThrows(
        IllegalStateException.class, () -> Transitions.require(STATES.get(0), STATES.get(2)));
  }
}
