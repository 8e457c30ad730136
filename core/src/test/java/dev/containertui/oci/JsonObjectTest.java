package dev.containertui.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void whatIsForPeopleHoldsNothingThatDrivesATerminal() {
    String foreign = "\u009b31m \u001b[31m \u007f \u0085 Zoë 漢 \uD83D\uDE00";
    String text = JsonObject.pretty(JsonObject.create().put("label", foreign).put(foreign, 1));
    assertTrue(
        text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r'), text);
    assertTrue(text.contains("Zoë 漢 \uD83D\uDE00"), text);
    assertEquals(foreign, JsonObject.parse(text.getBytes(UTF_8), "text").string("label"));
  }
}
