package dev.containertui.repl.slash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("/help", "/history", "/exit", "/edit", "/env");

  @Test
  void slipOfTheFingerIsUnderstood() {
    assertEquals(Optional.of("/help"), Nearest.to("/hlep", NAMES));
    assertEquals(Optional.of("/exit"), Nearest.to("/exti", NAMES));
    assertEquals(Optional.of("/history"), Nearest.to("/HISTORI", NAMES));
  }

  @Test
  void somethingElseIsNot() {
    assertEquals(Optional.empty(), Nearest.to("/quit", List.of("/help", "/env")));
    assertEquals(Optional.empty(), Nearest.to("", NAMES));
  }

  @Test
  void swapCountsOnce() {
    assertEquals(1, Nearest.distance("ab", "ba"));
    assertEquals(3, Nearest.distance("", "abc"));
    assertEquals(0, Nearest.distance("abc", "abc"));
  }
}
