package dev.containertui.repl.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallSiteTest {
  private static CallSite at(String source) {
    return CallSite.atEndOf(source).orElseThrow();
  }

  @Test
  void innermostOpenCallIsMeant() {
    CallSite call = at("print(c.exec(\"cat\", f(1, 2), ");
    assertEquals("exec", call.method());
    assertEquals(2, call.argument());
    assertTrue(call.blank());
    assertEquals(List.of("c"), call.receiver());
    assertEquals(List.of("cat"), call.strings());
  }

  @Test
  void begunArgumentIsNotBlank() {
    assertFalse(at("run(\"alp").blank());
    assertEquals(0, at("run(\"alp").argument());
  }

  @Test
  void receiverOfAChainBeginsWithItsFirstName() {
    CallSite call = at("container(\"web\").files().read(");
    assertEquals(List.of("container", "files"), call.receiver());
    assertEquals(List.of("web"), call.strings());
  }

  @Test
  void closedCallsAndBlocksAreNone() {
    assertEquals(Optional.empty(), CallSite.atEndOf("run(\"alpine\")"));
    assertEquals(Optional.empty(), CallSite.atEndOf("if (true) { "));
    assertEquals(Optional.empty(), CallSite.atEndOf("int[] a = {1, "));
    assertEquals(Optional.empty(), CallSite.atEndOf(")]}"));
    assertEquals(Optional.empty(), CallSite.atEndOf(""));
  }
}
