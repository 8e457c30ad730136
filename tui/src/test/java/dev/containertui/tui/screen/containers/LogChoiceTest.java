package dev.containertui.tui.screen.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import org.junit.jupiter.api.Test;

class LogChoiceTest {
  @Test
  void logsReachAsFarBackAsIsSaid() {
    LogChoice all = LogChoice.LAST_THOUSAND;
    assertEquals("last 5m", all.from("5m").words());
    assertEquals("last 2h", all.from(" 120m ").words());
    assertEquals("last 200 lines", all.from("200").words());
    assertEquals("all lines", all.from("ALL").words());
    assertThrows(EngineException.class, () -> all.from("yesterday"));
    assertEquals("stderr only", all.nextOutputs().nextOutputs().outputs());
  }
}
