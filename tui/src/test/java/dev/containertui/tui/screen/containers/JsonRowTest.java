package dev.containertui.tui.screen.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRowTest {
  @Test
  void jsonFoldsToTheLineThatClosesIt() {
    List<JsonRow> rows = JsonRow.of("{\"a\": {\"b\": [1, 2], \"c\": \"\\u001b\"}, \"d\": {}}");
    assertEquals(10, rows.size());
    assertEquals("\"a\": {", rows.get(1).text());
    assertEquals("}", rows.get(rows.get(1).last()).value());
    InspectState folded = InspectState.SLOT.initial().toggle(rows.get(1));
    assertEquals(List.of(0, 1, 8, 9), folded.visible(rows));
    assertTrue(folded.reveal(rows.get(3)).folded().isEmpty());
    assertThrows(EngineException.class, () -> JsonRow.of("{"));
  }

  @Test
  void whatIsTooDeepOrTooLongIsCut() {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertTrue(JsonRow.of(deep).size() < 300);
    assertTrue(JsonRow.of("[" + "1,".repeat(200_000) + "1]").size() <= JsonRow.MAX_ROWS + 1);
  }
}
